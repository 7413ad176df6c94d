//! Where moments stand among the ids of messages, which rise with time.

use domain::Timestamp;
use sea_orm::{ConnectionTrait, Statement};

use crate::Database;
use crate::error::RepositoryError;
use crate::sql::statement;

/// The first id of a message that was stored at that moment or later; the one behind all others
/// when none was. Halves the row of ids, since no index knows the times. Where the clocks of
/// several servers differ, so may the answer, by as much.
pub(super) async fn first_id_at(db: &Database, at: Timestamp) -> Result<i64, RepositoryError> {
    let newest = Statement::from_string(db.backend(), "SELECT MAX(id) FROM messages");
    let newest: Option<i64> = match db.reader().query_one_raw(newest).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => None,
    };
    let (mut low, mut high) = (1, newest.unwrap_or_default() + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match first_from(db, middle).await? {
            Some((id, stored_at)) if stored_at < at => low = id + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// The first message of that id or a higher one, and when it was stored.
async fn first_from(db: &Database, id: i64) -> Result<Option<(i64, Timestamp)>, RepositoryError> {
    let sql = "SELECT id, created_at FROM messages WHERE id >= ? ORDER BY id LIMIT 1";
    let row = db
        .reader()
        .query_one_raw(statement(db.backend(), sql, vec![id.into()]))
        .await?;
    row.map(|row| Ok((row.try_get_by_index(0)?, Timestamp(row.try_get_by_index(1)?))))
        .transpose()
}
