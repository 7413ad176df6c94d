//! What storing costs without Banter: a transaction for each message, on the same disk.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use super::{Outcome, Workload};
use crate::options::Pace;
use crate::statistics::percentile;

const TEXT: usize = 200;
const MICROS: f64 = 1000.0;
/// Lets the log grow to its usual size: syncing a file that still grows takes ten times as long.
const GROW: &str = "WITH RECURSIVE number (it) AS (SELECT 1 UNION ALL SELECT it + 1 FROM number WHERE it < 30000) \
    INSERT INTO message (room, seq, text) SELECT 0, it, hex(zeroblob(100)) FROM number";

/// Stores messages one by one, as durable as Banter does, and measures each commit.
pub(crate) fn single_commits(workload: Workload, folder: &Path, pace: Pace) -> Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let database = open(folder).await?;
        store(&database, pace.warm_up).await?;
        let began = Instant::now();
        let mut took = store(&database, pace.window).await?;
        let rate = f64::from(u32::try_from(took.len())?) / began.elapsed().as_secs_f64();
        database.close().await?;
        let mut values = vec![rate, f64::NAN, f64::NAN, f64::NAN];
        if workload == Workload::Acknowledge {
            values[1] = percentile(&mut took, 50) / MICROS;
            values[2] = percentile(&mut took, 99) / MICROS;
        }
        Ok(Outcome { values, own_load: 0.0 })
    })
}

async fn open(folder: &Path) -> Result<DatabaseConnection> {
    let file = folder.join("single.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.max_connections(1).sqlx_logging(false);
    let database = Database::connect(options).await?;
    for statement in [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "CREATE TABLE message (id INTEGER PRIMARY KEY, room INTEGER NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL)",
        "CREATE UNIQUE INDEX place ON message (room, seq)",
        GROW,
    ] {
        database.execute_unprepared(statement).await?;
    }
    Ok(database)
}

async fn store(database: &DatabaseConnection, time: std::time::Duration) -> Result<Vec<u32>> {
    let text = "x".repeat(TEXT);
    let insert =
        "INSERT INTO message (room, seq, text) SELECT 1, COALESCE(MAX(seq), 0) + 1, ? FROM message WHERE room = 1";
    let backend = database.get_database_backend();
    let end = Instant::now() + time;
    let mut took = Vec::new();
    while Instant::now() < end {
        let began = Instant::now();
        let statement = Statement::from_sql_and_values(backend, insert, [text.clone().into()]);
        database.execute_raw(statement).await?;
        took.push(u32::try_from(began.elapsed().as_micros())?);
    }
    Ok(took)
}
