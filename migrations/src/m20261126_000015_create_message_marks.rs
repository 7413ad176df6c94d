//! What messages hold beside their words, so that it is found without reading them: `file`,
//! `image`, `video`, `voice`, `link`, and `@` with the id of somebody who is mentioned.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{belongs_to, drop_table, index, is_mysql, table};

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
                table(manager, "message_marks")
                    .col(big_integer("message_id"))
                    .col(string_len("mark", 24))
                    .col(big_integer("room_id"))
                    .col(big_integer("seq"))
                    .primary_key(Index::create().col("message_id").col("mark"))
                    .foreign_key(&mut belongs_to(
                        "message_marks_message",
                        ("message_marks", "message_id"),
                        ("messages", "id"),
                    ))
                    .take(),
            )
            .await?;
        index(
            manager,
            "message_marks_room",
            "message_marks",
            &["room_id", "mark", "seq", "message_id"],
        )
        .await?;
        let (media, words, mentions) = if is_mysql(manager) {
            (
                "JSON_UNQUOTE(JSON_EXTRACT(media_message, '$.kind'))",
                "LOWER(JSON_UNQUOTE(COALESCE(JSON_EXTRACT(text_message, '$.text'), \
                 JSON_EXTRACT(media_message, '$.text'), '')))",
                "SELECT DISTINCT m.id, CONCAT('@', j.value), m.room_id, m.seq FROM messages m, \
                 JSON_TABLE(m.text_message, '$.mention[*]' COLUMNS (value BIGINT PATH '$')) j",
            )
        } else {
            (
                "json_extract(media_message, '$.kind')",
                "LOWER(COALESCE(json_extract(text_message, '$.text'), json_extract(media_message, '$.text'), ''))",
                "SELECT DISTINCT m.id, '@' || j.value, m.room_id, m.seq FROM messages m, \
                 json_each(m.text_message, '$.mention') j",
            )
        };
        let kinds = format!(
            "SELECT id, CASE {media} WHEN 'gif' THEN 'image' WHEN 'audio' THEN 'voice' ELSE {media} END, \
             room_id, seq FROM messages WHERE content_type = 'MEDIA_MESSAGE'"
        );
        let links = format!(
            "SELECT id, 'link', room_id, seq FROM messages \
             WHERE {words} LIKE '%http://_%' OR {words} LIKE '%https://_%'"
        );
        let mentions = format!("{mentions} WHERE m.content_type = 'TEXT_MESSAGE' AND j.value <> m.user_id");
        // An earlier try may have ended between two of them.
        manager
            .get_connection()
            .execute_unprepared("DELETE FROM message_marks")
            .await?;
        for select in [kinds, links, mentions] {
            let insert = format!("INSERT INTO message_marks (message_id, mark, room_id, seq) {select}");
            manager.get_connection().execute_unprepared(&insert).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "message_marks").await
    }
}
