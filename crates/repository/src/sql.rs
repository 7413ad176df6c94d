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

/// A derived table of pairs with the columns `a` and `b`, to be joined with. A list of `OR`s
/// would do the same, but SQLite limits its depth.
pub(crate) fn pairs(backend: DbBackend, count: usize) -> String {
    let first = "SELECT ? AS a, ? AS b";
    let mut sql = String::with_capacity(32 + 24 * count);
    match backend {
        // SQLite limits the parts of a UNION, but not the rows of VALUES.
        DbBackend::Sqlite => {
            sql.push_str("SELECT column1 AS a, column2 AS b FROM (VALUES (?, ?)");
            sql.push_str(&", (?, ?)".repeat(count.saturating_sub(1)));
            sql.push(')');
        }
        _ => {
            sql.push_str(first);
            sql.push_str(&" UNION ALL SELECT ?, ?".repeat(count.saturating_sub(1)));
        }
    }
    sql
}

/// Values of ids.
pub(crate) fn ids(ids: impl IntoIterator<Item = i64>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}
