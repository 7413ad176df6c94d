//! Rows of `rooms`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rooms")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) image: String,
    pub(crate) channel_type: String,
    pub(crate) join_policy: String,
    pub(crate) is_lobby: Option<bool>,
    pub(crate) is_read_only: bool,
    pub(crate) pair_low: Option<i64>,
    pub(crate) pair_high: Option<i64>,
    pub(crate) last_seq: i64,
    pub(crate) last_rev: i64,
    pub(crate) member_count: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
