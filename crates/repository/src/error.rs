//! What can go wrong between the ports and the database.

use std::sync::Arc;

use domain::PortError;
use sea_orm::sqlx::Error as DriverError;
use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why the database did not do its work.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RepositoryError {
    /// The database refused or could not be reached.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A unique value is taken already.
    #[error("{field} is in use already")]
    Taken {
        /// Which one.
        field: &'static str,
    },
    /// Somebody must stay admin: there is no other one.
    #[error("there is no other admin")]
    LastAdmin,
    /// A picture that was uploaded is gone, or never was.
    #[error("there is no such picture")]
    NoSuchPicture,
    /// An invitation is unknown or has ended.
    #[error("there is no such invitation")]
    NoSuchInvitation,
    /// A row holds what no row should.
    #[error("table {table}, column {column}, row {id}: {problem}")]
    Row {
        /// Where.
        table: &'static str,
        /// In which column.
        column: &'static str,
        /// Which row.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The DSN names no database that this server can use.
    #[error("the database's address must begin with sqlite: or mysql://")]
    UnknownDatabase,
    /// The folder of the database file could not be made.
    #[error("cannot make the database's folder {folder}: {source}")]
    Folder {
        /// Which folder.
        folder: String,
        /// Why not.
        source: Arc<std::io::Error>,
    },
    /// The database was migrated by a newer server.
    #[error(
        "the database holds the newer schema step {step}, which this version does not know: \
         run the newer version, or go back with its help first"
    )]
    NewerSchema {
        /// The first step that is unknown here.
        step: String,
    },
    /// Another server migrates the database and takes too long.
    #[error("another server is migrating the database")]
    Migrating,
    /// Something that cannot happen did.
    #[error("{0}")]
    Broken(&'static str),
}

impl RepositoryError {
    /// True when the same work may succeed when it is done again at once: it lost a race against
    /// another transaction.
    pub(crate) fn is_lost_race(&self) -> bool {
        let Self::Database(error) = self else { return false };
        if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return true;
        }
        match driver(error) {
            Some(DriverError::Database(error)) => {
                if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
                    // Lock wait timeout, deadlock, "record has changed since last read" (MariaDB).
                    matches!(error.number(), 1205 | 1213 | 1020)
                } else {
                    is_sqlite(error.as_ref(), &[BUSY, LOCKED])
                }
            }
            _ => false,
        }
    }

    /// True when there is no room left on the database's disk.
    pub(crate) fn is_full(&self) -> bool {
        let Self::Database(error) = self else { return false };
        let Some(DriverError::Database(error)) = driver(error) else {
            return false;
        };
        match error.try_downcast_ref::<MySqlDatabaseError>() {
            // Disk full, table full.
            Some(error) => matches!(error.number(), 1021 | 1114),
            None => is_sqlite(error.as_ref(), &[FULL]),
        }
    }

    /// True when the database cannot be reached, is overloaded or can store nothing, whatever it
    /// is asked.
    pub(crate) fn is_unavailable(&self) -> bool {
        let Self::Database(error) = self else {
            return matches!(self, Self::Migrating);
        };
        match driver(error) {
            Some(DriverError::Database(error)) => {
                is_sqlite(error.as_ref(), &[BUSY, LOCKED, IO_ERROR, FULL]) || is_unfit(error.as_ref())
            }
            Some(
                DriverError::Io(_)
                | DriverError::Tls(_)
                | DriverError::Protocol(_)
                | DriverError::PoolTimedOut
                | DriverError::PoolClosed
                | DriverError::WorkerCrashed,
            ) => true,
            _ => matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)),
        }
    }

    /// Says which of the unique keys clashed, if one of them did.
    pub(crate) fn or_taken(error: DbErr, keys: &[(&str, &'static str)]) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(text)) = error.sql_err() {
            // MySQL's text also quotes the clashing value, which its sender chose: look behind it.
            let key = text.rsplit("for key").next().unwrap_or_default();
            if let Some((_, field)) = keys.iter().find(|(name, _)| key.contains(name)) {
                return Self::Taken { field };
            }
        }
        Self::Database(error)
    }
}

impl From<RepositoryError> for PortError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Taken { field } => Self::Taken { field },
            RepositoryError::LastAdmin => Self::LastAdmin,
            RepositoryError::NoSuchPicture => Self::NoSuchPicture,
            RepositoryError::NoSuchInvitation => Self::NoSuchInvitation,
            error if error.is_full() => Self::full(error),
            error if error.is_unavailable() => Self::unavailable(error),
            error => Self::failed(error),
        }
    }
}

/// Wraps a database error for a port.
pub(crate) fn port(error: DbErr) -> PortError {
    RepositoryError::from(error).into()
}

fn driver(error: &DbErr) -> Option<&DriverError> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

// SQLite's result codes.
const BUSY: i32 = 5;
const LOCKED: i32 = 6;
const IO_ERROR: i32 = 10;
const FULL: i32 = 13;

/// True for these codes of SQLite with all their extended ones, the low byte of which they share.
fn is_sqlite(error: &dyn sea_orm::sqlx::error::DatabaseError, codes: &[i32]) -> bool {
    error.try_downcast_ref::<SqliteError>().is_some()
        && error
            .code()
            .and_then(|code| code.parse::<i32>().ok())
            .is_some_and(|code| codes.contains(&(code & 0xff)))
}

/// MySQL's "too many connections", "shutdown in progress", "disk full", "read-only", "the query took
/// too long" and their kin.
fn is_unfit(error: &dyn sea_orm::sqlx::error::DatabaseError) -> bool {
    error.try_downcast_ref::<MySqlDatabaseError>().is_some_and(|error| {
        matches!(
            error.number(),
            1021 | 1040 | 1053 | 1114 | 1152 | 1203 | 1226 | 1290 | 1792 | 1836 | 1927 | 1969 | 3024
        )
    })
}
