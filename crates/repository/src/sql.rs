//! Small helpers for statements that are written by hand.

use sea_orm::{DbBackend, Statement, Value};

/// A statement with its values; `?` marks each value on both databases.
pub(crate) fn statement(backend: DbBackend, sql: impl Into<String>, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql, values)
}

/// `?, ?, ?` for that many values.
pub(crate) fn marks(count: usize) -> String {
    let mut marks = "?, ".repeat(count);
    marks.truncate(marks.len().saturating_sub(2));
    marks
}

/// A derived table of that many rows with the columns `a`, `b` and so on, `columns` of them, to
/// be joined with. A list of `OR`s would do the same, but SQLite limits its depth.
pub(crate) fn rows(backend: DbBackend, columns: usize, count: usize) -> String {
    let names = || ('a'..='z').take(columns);
    let more = count.saturating_sub(1);
    match backend {
        // SQLite limits the parts of a UNION, but not the rows of VALUES.
        DbBackend::Sqlite => {
            let head: Vec<String> = names()
                .zip(1..)
                .map(|(name, number)| format!("column{number} AS {name}"))
                .collect();
            let row = format!("({})", marks(columns));
            let rest = format!(", {row}").repeat(more);
            format!("SELECT {} FROM (VALUES {row}{rest})", head.join(", "))
        }
        _ => {
            let first: Vec<String> = names().map(|name| format!("? AS {name}")).collect();
            let rest = format!(" UNION ALL SELECT {}", marks(columns)).repeat(more);
            format!("SELECT {}{rest}", first.join(", "))
        }
    }
}

/// An update of that many rows of a table, each to values of its own: for every row its id comes
/// first, then a value for each column.
pub(crate) fn update_by_id(backend: DbBackend, table: &str, columns: &[&str], count: usize) -> String {
    let new = rows(backend, columns.len() + 1, count);
    let set = |prefix: &str| {
        let pairs = columns.iter().zip('b'..='z');
        let set: Vec<String> = pairs
            .map(|(column, value)| format!("{prefix}{column} = w.{value}"))
            .collect();
        set.join(", ")
    };
    match backend {
        DbBackend::Sqlite => {
            let set = set("");
            format!("UPDATE {table} SET {set} FROM ({new}) w WHERE {table}.id = w.a")
        }
        _ => {
            let set = set(&format!("{table}."));
            format!("UPDATE {table} JOIN ({new}) w ON {table}.id = w.a SET {set}")
        }
    }
}

/// Values of ids.
pub(crate) fn ids(ids: impl IntoIterator<Item = i64>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}
