//! Reactions. The order of their ids is the order in which people reacted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{belongs_to, drop_table, table, unique};

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
                table(manager, "reactions")
                    .col(big_pk_auto("id"))
                    .col(big_integer("message_id"))
                    .col(string_len("emoji", 32))
                    .col(big_integer("user_id"))
                    .foreign_key(&mut belongs_to(
                        "reactions_message",
                        ("reactions", "message_id"),
                        ("messages", "id"),
                    ))
                    .foreign_key(&mut belongs_to(
                        "reactions_user",
                        ("reactions", "user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        unique(
            manager,
            "reactions_once",
            "reactions",
            &["message_id", "emoji", "user_id"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "reactions").await
    }
}
