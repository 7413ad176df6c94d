//! Bringing the schema up to date, and back.

use migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use sea_orm_migration::{MigrationStatus, MigratorTrait};

use crate::Database;
use crate::error::RepositoryError;
use crate::transaction::Attempts;

/// A step of the schema and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationState {
    /// Its name.
    pub step: String,
    /// True when the database has it.
    pub is_applied: bool,
}

impl Database {
    /// Brings the schema up to date; does nothing when it is. Safe to be called by several
    /// servers at once.
    ///
    /// # Errors
    /// [`RepositoryError::NewerSchema`] when a newer server migrated it; others when a step fails.
    pub async fn migrate(&self) -> Result<(), RepositoryError> {
        let mut attempts = Attempts::default();
        loop {
            match self.migrate_once().await {
                // MySQL goes on with the last statement of a server that was killed: its step may come
                // to be noted as done while it is being done again.
                Err(error) if attempts.again(&error).await => {}
                result => return result,
            }
        }
    }

    async fn migrate_once(&self) -> Result<(), RepositoryError> {
        let turn = Turn::take(self).await?;
        let result = match check_known(&turn.holder).await {
            Ok(()) if turn.is_sqlite() => Migrator::up(&turn.holder, None).await.map_err(Into::into),
            Ok(()) => Migrator::up(self.writer(), None).await.map_err(Into::into),
            Err(error) => Err(error),
        };
        turn.end(result).await
    }

    /// Takes back the last `steps` steps of the schema, all for `None`. Their data is lost.
    ///
    /// # Errors
    /// As [`migrate`](Self::migrate).
    pub async fn down(&self, steps: Option<u32>) -> Result<(), RepositoryError> {
        let turn = Turn::take(self).await?;
        let result = match check_known(&turn.holder).await {
            Ok(()) if turn.is_sqlite() => Migrator::down(&turn.holder, steps).await.map_err(Into::into),
            Ok(()) => Migrator::down(self.writer(), steps).await.map_err(Into::into),
            Err(error) => Err(error),
        };
        turn.end(result).await
    }

    /// All steps of the schema in their order. Changes nothing.
    ///
    /// # Errors
    /// As [`migrate`](Self::migrate).
    pub async fn status(&self) -> Result<Vec<MigrationState>, RepositoryError> {
        check_known(self.reader()).await?;
        let steps = Migrator::get_migration_with_status_read_only(self.reader()).await?;
        Ok(steps
            .iter()
            .map(|step| MigrationState {
                step: step.name().to_owned(),
                is_applied: step.status() == MigrationStatus::Applied,
            })
            .collect())
    }
}

/// Refuses a schema with steps that only a newer server has.
async fn check_known<C: ConnectionTrait>(connection: &C) -> Result<(), RepositoryError> {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'",
        _ => {
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = DATABASE() AND table_name = 'seaql_migrations'"
        }
    };
    let table = connection.query_one_raw(Statement::from_string(backend, sql)).await?;
    if table.is_none() {
        return Ok(());
    }
    let applied = Statement::from_string(backend, "SELECT version FROM seaql_migrations ORDER BY version");
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    for row in connection.query_all_raw(applied).await? {
        let step: String = row.try_get("", "version")?;
        if !known.contains(&step) {
            return Err(RepositoryError::NewerSchema { step });
        }
    }
    Ok(())
}

/// Keeps two servers from migrating at the same time.
///
/// On SQLite it is a transaction that holds the write lock, in which the steps are done: all of
/// them or none. On MySQL, where every step commits by itself, it holds a named lock.
struct Turn {
    holder: DatabaseTransaction,
}

impl Turn {
    async fn take(db: &Database) -> Result<Self, RepositoryError> {
        let turn = Self {
            holder: db.begin().await?,
        };
        if turn.is_sqlite() {
            return Ok(turn);
        }
        let ask = "SELECT CAST(GET_LOCK(CONCAT('banter ', DATABASE()), 60) AS SIGNED) AS got";
        let ask = Statement::from_string(DbBackend::MySql, ask);
        let got = match turn.holder.query_one_raw(ask).await? {
            Some(row) => row.try_get::<Option<i64>>("", "got")?,
            None => None,
        };
        if got == Some(1) {
            // The connection holds the lock. A transaction would be undone for standing idle.
            turn.holder.execute_unprepared("COMMIT").await?;
            Ok(turn)
        } else {
            Err(RepositoryError::Migrating)
        }
    }

    fn is_sqlite(&self) -> bool {
        self.holder.get_database_backend() == DbBackend::Sqlite
    }

    /// Lets the next one in and hands the result on.
    async fn end(self, result: Result<(), RepositoryError>) -> Result<(), RepositoryError> {
        if self.is_sqlite() && result.is_err() {
            self.holder.rollback().await?;
            return result;
        }
        if !self.is_sqlite() {
            let release = "DO RELEASE_LOCK(CONCAT('banter ', DATABASE()))";
            self.holder.execute_unprepared(release).await?;
        }
        self.holder.commit().await?;
        result
    }
}
