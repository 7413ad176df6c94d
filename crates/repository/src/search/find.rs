//! Looking for messages.

use domain::UserId;
use domain::search::SearchPage;
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::index::drain_all;
use super::tokens::Needle;
use crate::Database;
use crate::error::RepositoryError;
use crate::sql::statement;

/// Ids of the messages that a page of a search holds, newest first.
pub(crate) async fn find(db: &Database, user_id: UserId, page: &SearchPage) -> Result<Vec<i64>, RepositoryError> {
    drain_all(db).await?;
    let needle = Needle::of(page.query.folded());
    let mut values: Vec<Value> = Vec::new();
    let mut sql = match db.backend() {
        DbBackend::Sqlite => {
            values.push(user_id.0.into());
            values.push(needle.fts5().into());
            // CROSS JOIN keeps the order of the tables: the index gives the newest hits first.
            String::from(
                "SELECT m.id FROM message_search s CROSS JOIN messages m ON m.id = s.rowid \
                 CROSS JOIN room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
                 WHERE s.message_search MATCH ?",
            )
        }
        _ => {
            values.extend([user_id.0.into(), needle.boolean().into(), needle.like().into()]);
            String::from(
                "SELECT m.id FROM message_search s JOIN messages m ON m.id = s.message_id \
                 JOIN room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
                 WHERE MATCH (s.tokens) AGAINST (? IN BOOLEAN MODE) AND s.tokens LIKE ?",
            )
        }
    };
    let id = match db.backend() {
        DbBackend::Sqlite => "s.rowid",
        _ => "s.message_id",
    };
    if let Some(room_id) = page.room_id {
        sql.push_str(" AND m.room_id = ?");
        values.push(room_id.0.into());
    }
    if let Some(before) = page.before {
        sql.push_str(&format!(" AND {id} < ?"));
        values.push(before.0.into());
    }
    sql.push_str(&format!(" ORDER BY {id} DESC LIMIT ?"));
    values.push(i64::from(page.limit).into());
    let rows = db.reader().query_all_raw(statement(db.backend(), sql, values)).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?)
}
