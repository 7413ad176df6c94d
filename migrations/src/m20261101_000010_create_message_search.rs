//! The search index: for each message the pairs of neighbouring characters of its folded text,
//! as words of eight ASCII letters (see `repository::search::tokens`). Neither tokenizer, stop
//! words nor collations of a database matter then, and two characters are enough to look for.

use sea_orm_migration::prelude::*;

use crate::helpers::{drop_table, is_mysql};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "message_search").await
    }
}

/// Makes the empty index.
pub(crate) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if is_mysql(manager) {
        connection
            .execute_unprepared(
                "CREATE TABLE IF NOT EXISTS message_search ( \
                       message_id BIGINT NOT NULL PRIMARY KEY, \
                       tokens MEDIUMTEXT NOT NULL, \
                       FULLTEXT KEY message_search_tokens (tokens), \
                       CONSTRAINT message_search_message FOREIGN KEY (message_id) \
                         REFERENCES messages (id) ON DELETE CASCADE \
                     ) ENGINE=InnoDB DEFAULT CHARACTER SET ascii COLLATE ascii_bin",
            )
            .await?;
    } else {
        connection
            .execute_unprepared("CREATE VIRTUAL TABLE message_search USING fts5(tokens, tokenize = 'ascii')")
            .await?;
        // What is deleted leaves the index at once, not with some later merge.
        connection
            .execute_unprepared("INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1)")
            .await?;
    }
    Ok(())
}
