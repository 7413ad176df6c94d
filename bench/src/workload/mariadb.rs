//! Messages into one room, stored in MariaDB: Banter's, and the usual way without it, which is a
//! transaction for each message that locks the room's row.

use std::collections::VecDeque;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value,
};

use super::Outcome;
use crate::dialect;
use crate::fleet::Fleet;
use crate::meter::Meter;
use crate::options::{Options, Pace};
use crate::people::{DataFolder, Scale, ask};
use crate::server::{Banter, MariaDb};
use crate::statistics::percentile;

/// Who speaks: members of the room here, connections to the database there.
const SPEAKERS: usize = 16;
/// Messages that each member has in flight, 256 together. Members are few, so that storing is
/// measured and not fan-out.
const WINDOW: usize = 16;
/// How much longer than others this runs: a new server's files grow, and disks have moods.
const PATIENCE: u32 = 3;
const TURN: Duration = Duration::from_millis(100);
const TEXT: usize = 200;
const MICROS: f64 = 1000.0;

/// Lets Banter store.
pub(crate) fn banter(database: &MariaDb, options: &Options, folder: &Path) -> Result<Outcome> {
    let pace = options.pace();
    let name = run_on(fresh_database(database))?;
    let folder = DataFolder::empty(folder)?;
    let address = format!("{}/{name}", database.address);
    let server = Banter::start(
        &options.banter,
        folder.path(),
        Some(options.server_core),
        Some(&address),
    )?;
    let room = Scale {
        crowd: SPEAKERS,
        small_rooms: 0,
    };
    let (seats, _) = ask(server.http, async |api| api.fill(room).await)?;
    let mut fleet = Fleet::new(server.ws, Box::new(dialect::Banter::new(true)))?;
    fleet.connect(&seats)?;
    let mut said = vec![VecDeque::new(); fleet.len()];
    for _ in 0..WINDOW {
        for (index, said) in said.iter_mut().enumerate() {
            say(&mut fleet, index, said)?;
        }
    }
    advance(&mut fleet, &mut said, pace.warm_up * PATIENCE)?;
    let meter = Meter::start(server.process.pid())?;
    let ages = advance(&mut fleet, &mut said, pace.window * PATIENCE)?;
    let spent = meter.read()?;
    Ok(Outcome {
        values: values(ages, spent.wall)?,
        own_load: spent.own_load,
    })
}

fn say(fleet: &mut Fleet, index: usize, said: &mut VecDeque<Instant>) -> Result<()> {
    let now = Instant::now();
    said.push_back(now);
    fleet.say(index, now)
}

/// Sends a message for each that was answered, for a time, and returns how long each answer took,
/// in microseconds.
fn advance(fleet: &mut Fleet, said: &mut [VecDeque<Instant>], time: Duration) -> Result<Vec<u32>> {
    let end = Instant::now() + time;
    let mut ages = Vec::new();
    while Instant::now() < end {
        for (index, heard) in fleet.turn(TURN)? {
            for _ in 0..heard.answers {
                let moment = said[index].pop_front().context("an answer to nothing")?;
                ages.push(u32::try_from(moment.elapsed().as_micros())?);
                say(fleet, index, &mut said[index])?;
            }
        }
    }
    Ok(ages)
}

/// Stores without Banter.
pub(crate) fn row_locks(database: &MariaDb, pace: Pace) -> Result<Outcome> {
    run_on(async {
        let name = fresh_database(database).await?;
        let connection = connect(database, &name, SPEAKERS).await?;
        for statement in [
            "CREATE TABLE room (id BIGINT PRIMARY KEY, last_seq BIGINT NOT NULL) ENGINE=InnoDB",
            "CREATE TABLE message (id BIGINT AUTO_INCREMENT PRIMARY KEY, room BIGINT NOT NULL, seq BIGINT NOT NULL, \
             text TEXT NOT NULL, UNIQUE KEY place (room, seq)) ENGINE=InnoDB",
            "INSERT INTO room VALUES (1, 0)",
        ] {
            connection.execute_unprepared(statement).await?;
        }
        store_for(&connection, pace.warm_up * PATIENCE).await?;
        let began = Instant::now();
        let ages = store_for(&connection, pace.window * PATIENCE).await?;
        let wall = began.elapsed().as_secs_f64();
        connection.close().await?;
        Ok(Outcome {
            values: values(ages, wall)?,
            own_load: 0.0,
        })
    })
}

/// Lets all speakers store for a time, and returns how long each message took.
async fn store_for(database: &DatabaseConnection, time: Duration) -> Result<Vec<u32>> {
    let end = Instant::now() + time;
    let speakers = (0..SPEAKERS).map(async |_| {
        let mut ages = Vec::new();
        while Instant::now() < end {
            let began = Instant::now();
            store(database).await?;
            ages.push(u32::try_from(began.elapsed().as_micros())?);
        }
        anyhow::Ok(ages)
    });
    Ok(try_join_all(speakers).await?.concat())
}

async fn store(database: &DatabaseConnection) -> Result<()> {
    let transaction = database.begin().await?;
    let lock = "SELECT last_seq FROM room WHERE id = ? FOR UPDATE";
    let room = transaction.query_one_raw(statement(lock, [1.into()])).await?;
    let seq = room.context("no room")?.try_get::<i64>("", "last_seq")? + 1;
    let insert = "INSERT INTO message (room, seq, text) VALUES (?, ?, ?)";
    let message = [1.into(), seq.into(), "x".repeat(TEXT).into()];
    transaction.execute_raw(statement(insert, message)).await?;
    let count = "UPDATE room SET last_seq = ? WHERE id = ?";
    transaction
        .execute_raw(statement(count, [seq.into(), 1.into()]))
        .await?;
    transaction.commit().await?;
    Ok(())
}

fn statement<const COUNT: usize>(text: &str, values: [Value; COUNT]) -> Statement {
    Statement::from_sql_and_values(DbBackend::MySql, text, values)
}

/// An empty database on a server that keeps what it has confirmed, and its name.
async fn fresh_database(database: &MariaDb) -> Result<String> {
    let admin = connect(database, "mysql", 1).await?;
    let name = "banter_bench";
    for statement in [
        "SET GLOBAL innodb_flush_log_at_trx_commit = 1".to_owned(),
        format!("DROP DATABASE IF EXISTS {name}"),
        format!("CREATE DATABASE {name}"),
    ] {
        admin.execute_unprepared(&statement).await?;
    }
    admin.close().await?;
    Ok(name.to_owned())
}

async fn connect(database: &MariaDb, name: &str, connections: usize) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("{}/{name}", database.address));
    options.max_connections(u32::try_from(connections)?).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

fn run_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(work)
}

fn values(mut ages: Vec<u32>, seconds: f64) -> Result<Vec<f64>> {
    let messages = f64::from(u32::try_from(ages.len())?);
    Ok(vec![
        messages / seconds,
        percentile(&mut ages, 50) / MICROS,
        percentile(&mut ages, 99) / MICROS,
    ])
}
