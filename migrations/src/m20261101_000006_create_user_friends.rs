//! Friendships, a row for each direction.

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
                table(manager, "user_friends")
                    .col(big_integer("user_id"))
                    .col(big_integer("friend_id"))
                    .col(big_integer("created_at"))
                    .primary_key(Index::create().col("user_id").col("friend_id"))
                    .foreign_key(&mut belongs_to(
                        "user_friends_user",
                        ("user_friends", "user_id"),
                        ("users", "id"),
                    ))
                    .foreign_key(&mut belongs_to(
                        "user_friends_friend",
                        ("user_friends", "friend_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        index(manager, "user_friends_friend", "user_friends", &["friend_id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "user_friends").await
    }
}
