//! Messages that wait for their search entry. Large batches leave the work to whoever comes
//! next, the indexer or a search (see `repository::search`).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{belongs_to, drop_table, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table(manager, "search_backlog")
                    .col(big_integer("message_id").primary_key())
                    .foreign_key(&mut belongs_to(
                        "search_backlog_message",
                        ("search_backlog", "message_id"),
                        ("messages", "id"),
                    ))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "search_backlog").await
    }
}
