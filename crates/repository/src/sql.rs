//! Small helpers for statements that are written by hand.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Select, Statement, Value};

/// A statement with its values; `?` marks each value on both databases.
pub(crate) fn statement(backend: DbBackend, sql: impl Into<String>, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql, values)
}

/// The row under a unique key. Sea-ORM's own `one` binds a limit, and SQLite, which plans by it,
/// parses such a statement anew each time that it is run.
pub(crate) async fn only<E: EntityTrait, C: ConnectionTrait>(
    query: Select<E>,
    connection: &C,
) -> Result<Option<E::Model>, DbErr> {
    Ok(query.all(connection).await?.pop())
}

/// `?, ?, ?` for that many values.
pub(crate) fn marks(count: usize) -> String {
    let mut marks = "?, ".repeat(count);
    marks.truncate(marks.len().saturating_sub(2));
    marks
}

/// How many rows a statement for `count` of them has: a few shapes for all counts, since a database
/// parses each shape anew, and keeps a limited number of them.
fn shape(count: usize) -> usize {
    let step = match count {
        0..=8 => 1,
        9..=64 => 8,
        65..=256 => 32,
        _ => 128,
    };
    count.next_multiple_of(step)
}

/// The values, with the last one repeated until a statement of few shapes is full. For lists in
/// which a value that stands twice changes nothing.
pub(crate) fn padded<T: Clone>(mut values: Vec<T>) -> Vec<T> {
    if let Some(last) = values.last().cloned() {
        values.resize(shape(values.len()), last);
    }
    values
}

/// The rows in pieces of few shapes, the largest first, each of at most `max` rows. For
/// statements in which no row may stand twice.
pub(crate) fn pieces<T>(mut rows: &[T], max: usize) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let count = rows.len().min(max);
        if count == 0 {
            return None;
        }
        // The greatest shape that is not greater.
        let size = (1..=count).rev().find(|size| shape(*size) == *size).unwrap_or(count);
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some(piece)
    })
}

/// A derived table of these rows with the columns `a`, `b` and so on, to be joined with, and its
/// values. A list of `OR`s would do the same, but SQLite limits its depth. Rows may stand in it
/// twice, see [`padded`].
pub(crate) fn padded_rows<const N: usize>(backend: DbBackend, rows: &[[Value; N]]) -> (String, Vec<Value>) {
    let rows = padded(rows.to_vec());
    let names = || ('a'..='z').take(N);
    let more = rows.len().saturating_sub(1);
    let sql = match backend {
        // SQLite limits the parts of a UNION, but not the rows of VALUES.
        DbBackend::Sqlite => {
            let head: Vec<String> = names()
                .zip(1..)
                .map(|(name, number)| format!("column{number} AS {name}"))
                .collect();
            let row = format!("({})", marks(N));
            let rest = format!(", {row}").repeat(more);
            format!("SELECT {} FROM (VALUES {row}{rest})", head.join(", "))
        }
        _ => {
            let first: Vec<String> = names().map(|name| format!("? AS {name}")).collect();
            let rest = format!(" UNION ALL SELECT {}", marks(N)).repeat(more);
            format!("SELECT {}{rest}", first.join(", "))
        }
    };
    (sql, rows.into_iter().flatten().collect())
}

/// An update of these rows of a table, each to values of its own: its id comes first, then a value
/// for each column.
pub(crate) fn update_by_id<const N: usize>(
    backend: DbBackend,
    table: &str,
    columns: &[&str],
    rows: &[[Value; N]],
) -> (String, Vec<Value>) {
    let (new, values) = padded_rows(backend, rows);
    let set = |prefix: &str| {
        let pairs = columns.iter().zip('b'..='z');
        let set: Vec<String> = pairs
            .map(|(column, value)| format!("{prefix}{column} = w.{value}"))
            .collect();
        set.join(", ")
    };
    let sql = match backend {
        DbBackend::Sqlite => {
            let set = set("");
            format!("UPDATE {table} SET {set} FROM ({new}) w WHERE {table}.id = w.a")
        }
        _ => {
            let set = set(&format!("{table}."));
            format!("UPDATE {table} JOIN ({new}) w ON {table}.id = w.a SET {set}")
        }
    };
    (sql, values)
}

/// Values of ids.
pub(crate) fn ids(ids: impl IntoIterator<Item = i64>) -> Vec<Value> {
    ids.into_iter().map(Value::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_comes_in_few_shapes() {
        let shapes: std::collections::BTreeSet<usize> = (1..=1024).map(shape).collect();
        assert!(shapes.len() <= 30, "{}", shapes.len());
        assert!((1..=1024).all(|count| shape(count) >= count && shape(shape(count)) == shape(count)));
        assert_eq!(padded(vec![1, 2, 3, 4, 5, 6, 7, 8, 9]).len(), 16);
        assert!(padded(Vec::<i64>::new()).is_empty());
    }

    #[test]
    fn pieces_are_all_rows_in_their_order() {
        for count in 0..1100 {
            let rows: Vec<usize> = (0..count).collect();
            let pieces: Vec<&[usize]> = pieces(&rows, 1000).collect();
            assert!(
                pieces
                    .iter()
                    .all(|piece| shape(piece.len()) == piece.len() && piece.len() <= 1000)
            );
            assert!(pieces.len() <= 5, "{count}: {}", pieces.len());
            assert_eq!(pieces.concat(), rows);
        }
    }
}
