//! How many people and rooms have an upload as their picture: one that nobody has any more, or
//! that nobody ever had, can be removed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};

use crate::helpers::{add_column, drop_column, drop_index, index, is_mysql};

/// Rooms that are looked at at once.
const CHUNK: i64 = 1000;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let count = big_integer("use_count").default(0).take();
        add_column(manager, "uploads", "use_count", count).await?;
        count_people(manager).await?;
        count_rooms(manager.get_connection()).await?;
        let columns = ["message_id", "use_count", "created_at"];
        index(manager, "uploads_unused", "uploads", &columns).await?;
        drop_index(manager, "uploads_message", "uploads").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "uploads_message", "uploads", &["message_id", "created_at"]).await?;
        drop_index(manager, "uploads_unused", "uploads").await?;
        drop_column(manager, "uploads", "use_count").await
    }
}

/// A picture of a person is named by its owner alone.
async fn count_people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let address = |key: &str| match is_mysql(manager) {
        true => format!("CONCAT('/uploads/', uploads.{key})"),
        false => format!("'/uploads/' || uploads.{key}"),
    };
    let (file, preview) = (address("file_key"), address("thumbnail_key"));
    let count = format!(
        "UPDATE uploads SET use_count = (SELECT COUNT(*) FROM users WHERE users.id = uploads.owner_id \
         AND users.image IN ({file}, {preview})) WHERE scene = 'avatar'"
    );
    manager.get_connection().execute_unprepared(&count).await?;
    Ok(())
}

/// From room to picture, since no index leads the other way.
async fn count_rooms(connection: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    // In case that this step was interrupted before.
    let restart = "UPDATE uploads SET use_count = 0 WHERE scene = 'room'";
    connection.execute_unprepared(restart).await?;
    let mut last = 0_i64;
    loop {
        let select = "SELECT id, image FROM rooms WHERE id > ? AND image <> '' ORDER BY id LIMIT ?";
        let select = Statement::from_sql_and_values(backend, select, [last.into(), CHUNK.into()]);
        let rows = connection.query_all_raw(select).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            last = row.try_get_by_index(0)?;
            let image: String = row.try_get_by_index(1)?;
            let Some(key) = image.strip_prefix("/uploads/") else {
                continue;
            };
            for column in ["file_key", "thumbnail_key"] {
                let update =
                    format!("UPDATE uploads SET use_count = use_count + 1 WHERE {column} = ? AND scene = 'room'");
                let update = Statement::from_sql_and_values(backend, update, [key.into()]);
                connection.execute_raw(update).await?;
            }
        }
    }
}
