//! What several steps share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A new table, unless it is there already; on MySQL with the character set that compares like SQLite does.
pub(crate) fn table(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name).if_not_exists();
    if is_mysql(manager) {
        table.engine("InnoDB").character_set("utf8mb4").collate("utf8mb4_bin");
    }
    table
}

/// True on MySQL and MariaDB.
pub(crate) fn is_mysql(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == DbBackend::MySql
}

/// A reference that goes away with the row it names.
pub(crate) fn belongs_to(
    name: &'static str,
    column: (&'static str, &'static str),
    target: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    let mut key = reference(name, column, target);
    key.on_delete(ForeignKeyAction::Cascade);
    key
}

/// A reference that keeps the row it names from being deleted.
pub(crate) fn reference(
    name: &'static str,
    (table, column): (&'static str, &'static str),
    (target, target_column): (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(name).from(table, column).to(target, target_column);
    key
}

/// Makes an index over the columns, unless it is there already.
pub(crate) async fn index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    create_index(manager, name, table, index).await
}

/// Makes a unique key over the columns, unless it is there already.
pub(crate) async fn unique(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    create_index(manager, name, table, index).await
}

async fn create_index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    index: IndexCreateStatement,
) -> Result<(), DbErr> {
    if manager.has_index(table, name).await? {
        return Ok(());
    }
    manager.create_index(index).await
}

/// Adds a column, unless it is there already.
pub(crate) async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    column: impl IntoColumnDef,
) -> Result<(), DbErr> {
    if manager.has_column(table, name).await? {
        return Ok(());
    }
    manager
        .alter_table(Table::alter().table(table).add_column(column).take())
        .await
}

/// Drops a column, if it is there.
pub(crate) async fn drop_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
) -> Result<(), DbErr> {
    if !manager.has_column(table, name).await? {
        return Ok(());
    }
    manager
        .alter_table(Table::alter().table(table).drop_column(name).take())
        .await
}

/// Drops an index, if it is there.
pub(crate) async fn drop_index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
) -> Result<(), DbErr> {
    if !manager.has_index(table, name).await? {
        return Ok(());
    }
    manager
        .drop_index(Index::drop().name(name).table(table).to_owned())
        .await
}

/// Drops a table, if it is there.
pub(crate) async fn drop_table(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager
        .drop_table(Table::drop().table(name).if_exists().to_owned())
        .await
}
