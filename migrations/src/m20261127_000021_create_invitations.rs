//! Invitations into rooms.

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
                table(manager, "invitations")
                    .col(string_len("code", 22))
                    .col(big_integer("room_id"))
                    .col(big_integer("creator_id"))
                    .col(big_integer("max_uses"))
                    .col(big_integer("uses"))
                    .col(big_integer_null("expires_at"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("code"))
                    .foreign_key(&mut belongs_to(
                        "invitations_room",
                        ("invitations", "room_id"),
                        ("rooms", "id"),
                    ))
                    .foreign_key(&mut belongs_to(
                        "invitations_creator",
                        ("invitations", "creator_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        index(
            manager,
            "invitations_of_room",
            "invitations",
            &["room_id", "created_at"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "invitations").await
    }
}
