//! Where a file stands in the store, if not under the key in its URL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.has_column("uploads", "object_key").await? {
            return Ok(());
        }
        let key = string_len_null("object_key", 255);
        let table = Table::alter().table("uploads").add_column(key).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column("uploads", "object_key").await? {
            return Ok(());
        }
        let table = Table::alter().table("uploads").drop_column("object_key").take();
        manager.alter_table(table).await
    }
}
