//! Where a file stands in the store, if not under the key in its URL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "uploads", "object_key", string_len_null("object_key", 255)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, "uploads", "object_key").await
    }
}
