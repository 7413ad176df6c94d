//! What one person's files take is summed up in an index.

use sea_orm_migration::prelude::*;

use crate::helpers::{drop_index, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Not by the owner first: MySQL would take it for the foreign key's, and keep it for good.
        index(
            manager,
            "uploads_owner_sum",
            "uploads",
            &["deleted_at", "owner_id", "size"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "uploads_owner_sum", "uploads").await
    }
}
