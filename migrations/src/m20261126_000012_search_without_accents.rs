//! A search index whose words hold no accents any more. Its entries are made anew by whoever
//! searches first, or by the indexer.

use sea_orm_migration::prelude::*;

use crate::helpers::is_mysql;
use crate::m20261101_000010_create_message_search;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        start_over(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        start_over(manager).await
    }
}

async fn start_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let empty = if is_mysql(manager) {
        "TRUNCATE TABLE message_search"
    } else {
        "DROP TABLE message_search"
    };
    connection.execute_unprepared(empty).await?;
    if !is_mysql(manager) {
        m20261101_000010_create_message_search::create(manager).await?;
    }
    connection.execute_unprepared("DELETE FROM search_backlog").await?;
    connection
        .execute_unprepared(
            "INSERT INTO search_backlog (message_id) \
             SELECT id FROM messages WHERE content_type IN ('TEXT_MESSAGE', 'MEDIA_MESSAGE')",
        )
        .await?;
    Ok(())
}
