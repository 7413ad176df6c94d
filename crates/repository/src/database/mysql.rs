//! Connections to MySQL and MariaDB, and what holds for each of them.

use std::fmt::Display;
use std::time::Duration;

use sea_orm::ConnectOptions;
use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::{MySqlConnection, MySqlDatabaseError};
use sea_orm::sqlx::{AssertSqlSafe, Error, Executor};

use super::common;

/// How long a statement waits for a lock before its transaction is done again.
const LOCK_WAIT: Duration = Duration::from_secs(3);
/// How long MariaDB waits for the next statement of a transaction before it undoes it: a machine
/// that stands still gives its locks back. MySQL has nothing like it.
const STANDSTILL: Duration = Duration::from_secs(5);
/// How long a search may take.
const SEARCH: Duration = Duration::from_secs(5);

/// How that many connections are opened.
pub(super) fn options(dsn: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(dsn);
    common(&mut options);
    options
        .max_connections(connections)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .map_sqlx_mysql_opts(|options| options.charset("utf8mb4").statement_cache_capacity(256))
        .map_sqlx_mysql_pool_opts(|pool| pool.after_connect(|connection, _| Box::pin(set_up(connection))));
    options
}

/// How that many connections for searches are opened, once somebody looks for something.
pub(super) fn searching(dsn: &str, connections: u32) -> ConnectOptions {
    let mut options = options(dsn, connections);
    options.connect_lazy(true).map_sqlx_mysql_pool_opts(|pool| {
        pool.after_connect(|connection, _| {
            Box::pin(async move {
                set_up(connection).await?;
                bound(connection).await
            })
        })
    });
    options
}

async fn set_up(connection: &mut MySqlConnection) -> Result<(), Error> {
    // A value that does not fit is an error, never cut; what a transaction reads after it got a
    // lock is what was there when it got it.
    let modes = "STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE";
    let lock_wait = LOCK_WAIT.as_secs();
    let set = format!("SET SESSION sql_mode = '{modes}', innodb_lock_wait_timeout = {lock_wait}");
    connection.execute(AssertSqlSafe(set)).await?;
    connection
        .execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        .await?;
    set_if_known(connection, "idle_transaction_timeout", STANDSTILL.as_secs()).await?;
    Ok(())
}

/// Ends every query after a while.
async fn bound(connection: &mut MySqlConnection) -> Result<(), Error> {
    if !set_if_known(connection, "max_statement_time", SEARCH.as_secs()).await? {
        set_if_known(connection, "max_execution_time", SEARCH.as_millis()).await?;
    }
    Ok(())
}

/// Sets a variable of the session; false when this server does not know it.
async fn set_if_known(connection: &mut MySqlConnection, name: &str, value: impl Display) -> Result<bool, Error> {
    let set = format!("SET SESSION {name} = {value}");
    match connection.execute(AssertSqlSafe(set)).await {
        Err(Error::Database(error)) if is_unknown_variable(error.as_ref()) => Ok(false),
        other => other.map(|_| true),
    }
}

fn is_unknown_variable(error: &dyn DatabaseError) -> bool {
    let error = error.try_downcast_ref::<MySqlDatabaseError>();
    error.is_some_and(|error| error.number() == 1193)
}
