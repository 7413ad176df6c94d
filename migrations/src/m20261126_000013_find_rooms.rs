//! Open rooms can be found: `name_key` is the name in the form in which it is searched, and an
//! index tells them from the private ones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement};
use unicode_normalization::UnicodeNormalization;

use crate::helpers::{add_column, drop_column, drop_index, index};

/// Rooms that get their key at once.
const CHUNK: i64 = 1000;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut name_key = ColumnDef::new("name_key");
        name_key.string_len(2048).not_null().default("");
        add_column(manager, "rooms", "name_key", name_key).await?;
        fill(manager.get_connection()).await?;
        index(manager, "rooms_open", "rooms", &["channel_type", "join_policy", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "rooms_open", "rooms").await?;
        drop_column(manager, "rooms", "name_key").await
    }
}

async fn fill(connection: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    let mut last = 0_i64;
    loop {
        let select = "SELECT id, name FROM rooms WHERE id > ? AND name <> '' ORDER BY id LIMIT ?";
        let select = Statement::from_sql_and_values(backend, select, [last.into(), CHUNK.into()]);
        let rows = connection.query_all_raw(select).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            last = row.try_get_by_index(0)?;
            let name: String = row.try_get_by_index(1)?;
            let update = "UPDATE rooms SET name_key = ? WHERE id = ?";
            let update = Statement::from_sql_and_values(backend, update, [key(&name).into(), last.into()]);
            connection.execute_raw(update).await?;
        }
    }
}

/// The form in which names were searched when this step was written.
fn key(name: &str) -> String {
    name.nfkd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}
