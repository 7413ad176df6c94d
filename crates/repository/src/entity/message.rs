//! Rows of `messages`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) room_id: i64,
    pub(crate) seq: i64,
    pub(crate) rev: i64,
    pub(crate) user_id: Option<i64>,
    pub(crate) unread_author: i64,
    pub(crate) content_type: String,
    pub(crate) text_message: Option<Json>,
    pub(crate) media_message: Option<Json>,
    pub(crate) recall_message: Option<Json>,
    pub(crate) system_message: Option<Json>,
    pub(crate) reply_id: Option<i64>,
    pub(crate) client_msg_id: Option<Vec<u8>>,
    pub(crate) is_edited: bool,
    pub(crate) reaction_count: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
