//! Who came into which room and who left, kept for a day: from it a node that heard nothing for a
//! while learns what it missed. Rows outlive the rooms and people that they name.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{drop_table, index, table};

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
                table(manager, "membership_changes")
                    .col(big_pk_auto("id"))
                    .col(big_integer("room_id"))
                    .col(big_integer_null("user_id"))
                    .col(string_len("kind", 16))
                    .col(big_integer("changed_at"))
                    .take(),
            )
            .await?;
        index(manager, "membership_changes_age", "membership_changes", &["changed_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "membership_changes").await
    }
}
