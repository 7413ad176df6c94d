//! Pictures of people and rooms: how many have an upload as theirs.
//!
//! Taken and left in the transaction that writes the address into the row of the person or room,
//! so that a picture in use is never removed, and one that nobody has any more always is.

use domain::Timestamp;
use domain::media::key_of;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};

use crate::error::RepositoryError;
use crate::sql::statement;

/// Takes the picture at the address `new` into use, in place of the one at `old`. An address that
/// is empty or elsewhere is no upload. False, with nothing changed, when the new one is gone.
pub(crate) async fn replace(
    tx: &DatabaseTransaction,
    old: &str,
    new: &str,
    at: Timestamp,
) -> Result<bool, RepositoryError> {
    let taken = match key_of(new) {
        Some(key) => update(tx, "use_count = use_count + 1", &[], key).await?,
        None => true,
    };
    if taken {
        leave(tx, old, at).await?;
    }
    Ok(taken)
}

/// Takes a picture out of use; the last one to leave it marks it as deleted.
pub(crate) async fn leave(tx: &DatabaseTransaction, old: &str, at: Timestamp) -> Result<(), RepositoryError> {
    if let Some(key) = key_of(old) {
        // In this order: MySQL reads what it has set further left.
        let set = "deleted_at = CASE WHEN use_count <= 1 THEN ? ELSE deleted_at END, use_count = use_count - 1";
        update(tx, set, &[at.0.into()], key).await?;
    }
    Ok(())
}

/// True if there is such a picture. Two statements, since one with OR could not use both indexes
/// everywhere.
async fn update(tx: &DatabaseTransaction, set: &str, values: &[Value], key: &str) -> Result<bool, RepositoryError> {
    for column in ["file_key", "thumbnail_key"] {
        let sql = format!("UPDATE uploads SET {set} WHERE {column} = ? AND scene <> 'message' AND deleted_at IS NULL");
        let values = values.iter().cloned().chain([key.into()]).collect();
        let updated = tx
            .execute_raw(statement(tx.get_database_backend(), sql, values))
            .await?;
        if updated.rows_affected() > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
