//! The connection: which database, and how it is opened.

mod mysql;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::PortError;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use crate::error::RepositoryError;
use crate::room_cache::RoomCache;
use crate::search;

/// How long a query waits for a free connection, and a writer for a locked SQLite file.
const PATIENCE: Duration = Duration::from_secs(8);
/// Searches that the database works on at once; more wait, and everything else goes on.
const SEARCHES: u32 = 2;

/// An open database; clones share its connections.
///
/// A SQLite file has one connection that writes, so that writers queue up in here rather than on
/// the file's lock, and several that only read, which SQLite itself enforces. MySQL, and SQLite
/// in memory, have one pool for both. Searches have connections of their own: one may have to look
/// at very much, whoever asks for it.
#[derive(Debug, Clone)]
pub struct Database {
    write: DatabaseConnection,
    read: DatabaseConnection,
    search: DatabaseConnection,
    room_cache: Arc<RoomCache>,
}

/// A database whose write transactions leave rooms, members and messages' ids as they are, so
/// that what is known of them stays true.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BesideRooms<'a>(&'a Database);

impl BesideRooms<'_> {
    /// Begins a write transaction, like [`Database::begin`].
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, RepositoryError> {
        self.0.begin_quietly().await
    }
}

impl Database {
    /// Opens the database under that address: `sqlite://path/to/file.db`, `sqlite::memory:` or
    /// `mysql://user:password@host/database`. A SQLite file and its folder are made if missing.
    ///
    /// # Errors
    /// [`RepositoryError`] when it cannot be opened.
    pub async fn connect(dsn: &str, max_connections: u32) -> Result<Self, RepositoryError> {
        let max_connections = max_connections.max(1);
        if dsn.starts_with("mysql:") {
            return Self::mysql(dsn, max_connections).await;
        }
        let Some(path) = dsn.strip_prefix("sqlite:") else {
            return Err(RepositoryError::UnknownDatabase);
        };
        if path.starts_with(":memory:") || path.contains("mode=memory") {
            let only = sea_orm::Database::connect(sqlite(dsn, 1, false)).await?;
            return Ok(Self::over(only.clone(), only.clone(), only));
        }
        make_folder(path)?;
        let room_cache = Arc::<RoomCache>::default();
        let write = sea_orm::Database::connect(writer(dsn, &room_cache)).await?;
        let read = sea_orm::Database::connect(sqlite(dsn, max_connections, true)).await?;
        let mut searching = sqlite(dsn, SEARCHES, true);
        searching.min_connections(0).connect_lazy(true);
        let search = sea_orm::Database::connect(searching).await?;
        Ok(Self {
            room_cache,
            ..Self::over(write, read, search)
        })
    }

    fn over(write: DatabaseConnection, read: DatabaseConnection, search: DatabaseConnection) -> Self {
        let room_cache = Arc::default();
        Self {
            write,
            read,
            search,
            room_cache,
        }
    }

    async fn mysql(dsn: &str, max_connections: u32) -> Result<Self, RepositoryError> {
        // Migrating takes two: one holds the lock.
        let both = sea_orm::Database::connect(mysql::options(dsn, max_connections.max(2))).await?;
        let search = sea_orm::Database::connect(mysql::searching(dsn, SEARCHES)).await?;
        Ok(Self::over(both.clone(), both, search))
    }

    /// Which database it is.
    pub(crate) fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// For statements that change something, outside a transaction.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// For queries. What was committed before a query begins is seen by it.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For queries that may have to look at very much. On MySQL and MariaDB they end in any case.
    pub(crate) fn searcher(&self) -> &DatabaseConnection {
        &self.search
    }

    /// Begins a write transaction; use [`transaction`](crate::transaction::transaction).
    ///
    /// On SQLite it takes the write lock at once: one that read first and wanted to write later
    /// could find that another had written in between.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, RepositoryError> {
        let transaction = self.begin_quietly().await?;
        // Not before: the one who holds the write lock may be about to put back what it knows.
        self.room_cache.invalidate();
        Ok(transaction)
    }

    /// For write transactions after which all that is known of rooms is as true as before.
    pub(crate) fn beside_rooms(&self) -> BesideRooms<'_> {
        BesideRooms(self)
    }

    /// What is known of rooms, for the one whose transaction it is.
    pub(crate) fn room_cache(&self) -> &RoomCache {
        &self.room_cache
    }

    async fn begin_quietly(&self) -> Result<DatabaseTransaction, RepositoryError> {
        let options = match self.backend() {
            DbBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// The same database, with an ear on all its statements.
    #[cfg(test)]
    pub(crate) fn observed(&self, hear: impl Fn(&sea_orm::Statement) + Clone + Send + Sync + 'static) -> Self {
        let mut observed = self.clone();
        for connection in [&mut observed.write, &mut observed.read, &mut observed.search] {
            let hear = hear.clone();
            connection.set_metric_callback(move |info| hear(info.statement));
        }
        observed
    }

    /// Makes the search entries of at most `limit` messages that still wait for theirs, and says
    /// how many it made. Large batches leave them behind; a search makes them all before it looks,
    /// so calling this from time to time only keeps the first search after a flood quick.
    ///
    /// # Errors
    /// [`PortError`] when the database fails; what was made before stays.
    pub async fn index_pending(&self, limit: u32) -> Result<u64, PortError> {
        Ok(search::drain(self, limit).await?)
    }
}

fn common(options: &mut ConnectOptions) {
    options
        .sqlx_logging(false)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE);
}

fn sqlite(dsn: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(dsn);
    common(&mut options);
    options
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |options| {
            options
                .create_if_missing(!read_only)
                .journal_mode(SqliteJournalMode::Wal)
                // Acknowledged means durable, also when the power goes.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .statement_cache_capacity(256)
                .pragma("temp_store", "MEMORY")
                // In pages. The usual thousand is what two large batches write, and pages that they
                // share would go into the file each time.
                .pragma("wal_autocheckpoint", "4000")
                // In KiB. Each connection has its own, and there are several readers; behind them
                // stands the system's cache of the file.
                .pragma("cache_size", if read_only { "-2048" } else { "-16384" })
                // What is taken back is overwritten in the file too.
                .pragma("secure_delete", "ON")
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    options
}

/// The one connection that writes. When another one takes its place, nothing is known any more:
/// the versions of data that connections tell cannot be compared.
fn writer(dsn: &str, room_cache: &Arc<RoomCache>) -> ConnectOptions {
    let mut options = sqlite(dsn, 1, false);
    let room_cache = Arc::clone(room_cache);
    options.map_sqlx_sqlite_pool_opts(move |pool| {
        let room_cache = Arc::clone(&room_cache);
        pool.before_acquire(|connection, _| Box::pin(is_between(connection)))
            .after_connect(move |_, _| {
                room_cache.invalidate();
                Box::pin(std::future::ready(Ok(())))
            })
    });
    options
}

/// False for a connection that must not be used again: its last transaction has not ended.
///
/// SQLite may end a transaction by itself, as when the disk is full. The driver's own ROLLBACK
/// fails then, and it goes on to count that transaction: what comes next would become a part of
/// it, be acknowledged, and never be stored.
async fn is_between(connection: &mut SqliteConnection) -> Result<bool, sea_orm::sqlx::Error> {
    let is_between = !connection.is_in_transaction();
    if !is_between {
        tracing::warn!("a transaction has not ended as it should: its connection is replaced");
    }
    Ok(is_between)
}

/// Makes the folder of a SQLite file: `path` is the address behind `sqlite:`.
fn make_folder(path: &str) -> Result<(), RepositoryError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(|source| RepositoryError::Folder {
                folder: folder.display().to_string(),
                source: Arc::new(source),
            })
        }
        _ => Ok(()),
    }
}
