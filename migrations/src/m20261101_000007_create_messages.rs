//! Messages.
//!
//! - `channel_id` is the room's id once more, for those who read the table by that name.
//! - `client_msg_id` is bytes, since MySQL overlooks trailing spaces when it compares texts.
//! - `unread_author` is the author of what counts as unread (texts and media) and 0 for what does
//!   not (notices, recalled messages). As `seq` has no holes, the unread of a member are all
//!   messages behind the read mark less two short ranges of the index `messages_unread`.
//! - `reply_id` has no foreign key: messages only go together with their room, and an index on
//!   it would be written with every message and read by nobody.

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
                table(manager, "messages")
                    .col(big_pk_auto("id"))
                    .col(big_integer("room_id"))
                    .col(
                        ColumnDef::new("channel_id")
                            .big_integer()
                            .generated(Expr::col("room_id"), false),
                    )
                    .col(big_integer("seq"))
                    .col(big_integer("rev"))
                    .col(big_integer_null("user_id"))
                    .col(big_integer("unread_author"))
                    .col(string_len("content_type", 16))
                    .col(json_null("text_message"))
                    .col(json_null("media_message"))
                    .col(json_null("read_message"))
                    .col(json_null("recall_message"))
                    .col(json_null("system_message"))
                    .col(big_integer_null("reply_id"))
                    .col(var_binary_null("client_msg_id", 256))
                    .col(boolean("is_edited"))
                    .col(big_integer("reaction_count"))
                    .col(big_integer("created_at"))
                    .col(big_integer("updated_at"))
                    .foreign_key(&mut reference(
                        "messages_room",
                        ("messages", "room_id"),
                        ("rooms", "id"),
                    ))
                    .foreign_key(&mut reference(
                        "messages_user",
                        ("messages", "user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        unique(manager, "messages_room_seq", "messages", &["room_id", "seq"]).await?;
        unique(manager, "messages_room_rev", "messages", &["room_id", "rev"]).await?;
        unique(
            manager,
            "messages_client_msg_id",
            "messages",
            &["user_id", "client_msg_id"],
        )
        .await?;
        index(
            manager,
            "messages_unread",
            "messages",
            &["room_id", "unread_author", "seq"],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "messages").await
    }
}
