//! Memberships, with each member's role and read mark.

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
                table(manager, "room_members")
                    .col(big_integer("room_id"))
                    .col(big_integer("user_id"))
                    .col(string_len("role", 16))
                    .col(big_integer("read_seq"))
                    .col(big_integer("joined_at"))
                    .primary_key(Index::create().col("room_id").col("user_id"))
                    .foreign_key(&mut belongs_to(
                        "room_members_room",
                        ("room_members", "room_id"),
                        ("rooms", "id"),
                    ))
                    .foreign_key(&mut belongs_to(
                        "room_members_user",
                        ("room_members", "user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        index(
            manager,
            "room_members_user_room",
            "room_members",
            &["user_id", "room_id"],
        )
        .await?;
        index(
            manager,
            "room_members_role",
            "room_members",
            &["room_id", "role", "user_id"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "room_members").await
    }
}
