//! Rows of `uploads`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) file_key: String,
    /// Where the file stands in the store, if not under its key.
    pub(crate) object_key: Option<String>,
    pub(crate) thumbnail_key: Option<String>,
    pub(crate) mime: String,
    pub(crate) extension: String,
    pub(crate) kind: String,
    pub(crate) size: i64,
    pub(crate) width: Option<i64>,
    pub(crate) height: Option<i64>,
    pub(crate) name: String,
    pub(crate) owner_id: i64,
    pub(crate) scene: String,
    pub(crate) message_id: Option<i64>,
    pub(crate) is_pending: bool,
    /// People and rooms that have it as their picture.
    pub(crate) use_count: i64,
    pub(crate) created_at: i64,
    pub(crate) deleted_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
