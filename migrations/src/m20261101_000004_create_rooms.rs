//! Rooms. `is_lobby` is true or null, so that its unique key admits one lobby; `pair_low` and
//! `pair_high` are the two people of a private room, so that theirs admits one room for a pair.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{drop_table, reference, table, unique};

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
                table(manager, "rooms")
                    .col(big_pk_auto("id"))
                    .col(string_len("name", 255))
                    .col(string_len("image", 2048))
                    .col(string_len("channel_type", 16))
                    .col(string_len("join_policy", 16))
                    .col(boolean_null("is_lobby"))
                    .col(boolean("is_read_only"))
                    .col(big_integer_null("pair_low"))
                    .col(big_integer_null("pair_high"))
                    .col(big_integer("last_seq"))
                    .col(big_integer("last_rev"))
                    .col(big_integer("member_count"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .foreign_key(&mut reference("rooms_pair_low", ("rooms", "pair_low"), ("users", "id")))
                    .foreign_key(&mut reference(
                        "rooms_pair_high",
                        ("rooms", "pair_high"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        unique(manager, "rooms_lobby", "rooms", &["is_lobby"]).await?;
        unique(manager, "rooms_pair", "rooms", &["pair_low", "pair_high"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "rooms").await
    }
}
