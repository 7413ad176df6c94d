//! Uploads: which file belongs to whom and to what. `message_id` has no foreign key, since an
//! upload outlives its deleted message until its bytes are gone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{drop_table, index, reference, table, unique};

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
                table(manager, "uploads")
                    .col(big_pk_auto("id"))
                    .col(string_len("file_key", 255))
                    .col(string_len_null("thumbnail_key", 255))
                    .col(string_len("mime", 255))
                    .col(string_len("extension", 64))
                    .col(string_len("kind", 16))
                    .col(big_integer("size"))
                    .col(big_integer_null("width"))
                    .col(big_integer_null("height"))
                    .col(text("name"))
                    .col(big_integer("owner_id"))
                    .col(string_len("scene", 16))
                    .col(big_integer_null("message_id"))
                    .col(boolean("is_pending"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("deleted_at"))
                    .foreign_key(&mut reference(
                        "uploads_owner",
                        ("uploads", "owner_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        unique(manager, "uploads_file_key", "uploads", &["file_key"]).await?;
        unique(manager, "uploads_thumbnail_key", "uploads", &["thumbnail_key"]).await?;
        index(manager, "uploads_message", "uploads", &["message_id", "created_at"]).await?;
        index(manager, "uploads_deleted", "uploads", &["deleted_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "uploads").await
    }
}
