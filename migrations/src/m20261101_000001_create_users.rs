//! Accounts.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{drop_table, table, unique};

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
                table(manager, "users")
                    .col(big_pk_auto("id"))
                    .col(string_len("username", 64))
                    .col(string_len("username_key", 640))
                    .col(string_len("email", 255))
                    .col(string_len("email_key", 255))
                    .col(string_len("password", 255))
                    .col(text("bio"))
                    .col(string_len("qq", 255))
                    .col(string_len("wechat", 255))
                    .col(string_len("github", 255))
                    .col(string_len("permission", 16))
                    .col(string_len("image", 2048))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .col(big_integer_null("last_seen_at"))
                    .take(),
            )
            .await?;
        unique(manager, "users_username_key", "users", &["username_key"]).await?;
        unique(manager, "users_email_key", "users", &["email_key"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "users").await
    }
}
