//! Preferences of people. A removed one keeps its row, without a value, so that a write from
//! before its removal does not bring it back.

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
                table(manager, "preferences")
                    .col(big_integer("user_id"))
                    .col(string_len("name", 64))
                    .col(text_null("value"))
                    .col(big_integer("updated_at"))
                    .primary_key(Index::create().col("user_id").col("name"))
                    .foreign_key(&mut belongs_to(
                        "preferences_user",
                        ("preferences", "user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "preferences").await
    }
}
