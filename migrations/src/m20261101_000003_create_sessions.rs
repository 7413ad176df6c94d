//! Signed-in devices.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{belongs_to, drop_table, index, table};

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
                table(manager, "sessions")
                    .col(big_pk_auto("id"))
                    .col(big_integer("user_id"))
                    .col(string_len("user_agent", 255))
                    .col(string_len("address", 255))
                    .col(big_integer("generation"))
                    .col(big_integer("created_at"))
                    .col(big_integer("last_used_at"))
                    .col(big_integer("expires_at"))
                    .col(big_integer_null("revoked_at"))
                    .foreign_key(&mut belongs_to(
                        "sessions_user",
                        ("sessions", "user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        index(
            manager,
            "sessions_live",
            "sessions",
            &["user_id", "revoked_at", "expires_at"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "sessions").await
    }
}
