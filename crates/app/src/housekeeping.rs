//! What has to be done now and then.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::Timestamp;
use domain::port::{Audience, Broker, Clock as _, NewsRepository, SessionRepository};
use repository::Database;
use service::healing::Patrol;
use service::limits::Limits;
use service::media::MediaService;
use shaku::HasComponent as _;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval};
use ws_gateway::Gateway;

use crate::clock::SystemClock;
use crate::config::Config;
use crate::metrics::Metrics;
use crate::telemetry;
use crate::wiring::Server;

/// How often sessions are looked for that the operator's commands have ended, or another node of
/// which nothing is heard.
const SESSIONS_EVERY: Duration = Duration::from_secs(1);
/// How often those are forgotten who have not come near a limit for long.
const LIMITS_EVERY: Duration = Duration::from_secs(60);
/// How often bytes that nobody can see any more are removed.
const MEDIA_EVERY: Duration = Duration::from_secs(10 * 60);
/// How often that is forgotten of which everybody has heard.
const FORGET_EVERY: Duration = Duration::from_secs(60 * 60);
/// How long it is kept: no node hears nothing for longer and goes on, and every device of a session
/// that ended has asked by then.
const KEPT_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// How often outdated log files are looked for.
const LOGS_EVERY: Duration = Duration::from_secs(60 * 60);
/// How often messages that wait for their search entries get them.
const SEARCH_EVERY: Duration = Duration::from_secs(30);
/// Messages that get their search entries at once.
const SEARCH_BATCH: u32 = 500;
/// How often the database's log is emptied of what was overwritten since.
const DATABASE_LOG_EVERY: Duration = Duration::from_secs(5 * 60);
/// How often metrics are put together.
const METRICS_EVERY: Duration = Duration::from_secs(2);

/// The chores of a running server.
pub(crate) struct Housekeeping {
    chores: JoinSet<()>,
}

impl Housekeeping {
    /// Does each chore at once and then again and again.
    pub(crate) fn start(server: &Server, gateway: &Gateway, db: Database, metrics: Metrics, config: &Config) -> Self {
        let mut chores = JoinSet::new();
        let patrol = Patrol::new(server.resolve());
        chores.spawn(find_ended_sessions(patrol, gateway.audience(), server.resolve()));
        chores.spawn(tidy_limits(server.resolve()));
        chores.spawn(forget_old(server.resolve(), server.resolve()));
        chores.spawn(tidy_media(server.resolve()));
        chores.spawn(delete_logs(config.log.dir.clone(), config.log.max_age.duration()));
        chores.spawn(empty_database_log(db.clone()));
        chores.spawn(index_messages(db));
        chores.spawn(tidy_metrics(metrics));
        Self { chores }
    }

    /// Ends all chores.
    pub(crate) async fn stop(mut self) {
        self.chores.shutdown().await;
    }
}

async fn find_ended_sessions(mut patrol: Patrol, audience: Arc<dyn Audience>, broker: Arc<dyn Broker>) {
    let mut turn = every(SESSIONS_EVERY);
    loop {
        turn.tick().await;
        match patrol.next(audience.sessions()).await {
            Ok(events) => events.into_iter().for_each(|event| broker.publish(event)),
            Err(error) => tracing::warn!(%error, "could not look for ended sessions; trying again soon"),
        }
    }
}

async fn tidy_limits(limits: Arc<dyn Limits>) {
    let mut turn = every(LIMITS_EVERY);
    loop {
        turn.tick().await;
        limits.tidy();
    }
}

async fn forget_old(news: Arc<dyn NewsRepository>, sessions: Arc<dyn SessionRepository>) {
    let mut turn = every(FORGET_EVERY);
    loop {
        turn.tick().await;
        let before = Timestamp(SystemClock.now().0 - KEPT_MILLIS);
        if let Err(error) = news.forget_memberships(before).await {
            tracing::warn!(%error, "could not forget old membership changes; trying again later");
        }
        if let Err(error) = sessions.forget_ended(before).await {
            tracing::warn!(%error, "could not forget ended sessions; trying again later");
        }
    }
}

async fn tidy_media(media: Arc<dyn MediaService>) {
    let mut turn = every(MEDIA_EVERY);
    loop {
        turn.tick().await;
        if let Err(error) = media.tidy().await {
            tracing::warn!(%error, "could not remove unused media; trying again later");
        }
    }
}

async fn delete_logs(dir: PathBuf, max_age: Duration) {
    let mut turn = every(LOGS_EVERY);
    loop {
        turn.tick().await;
        let dir = dir.clone();
        let deleted = spawn_blocking(move || telemetry::delete_outdated(&dir, max_age)).await;
        if let Ok(Err(error)) = deleted {
            tracing::warn!(%error, "could not delete outdated log files");
        }
    }
}

async fn empty_database_log(db: Database) {
    let mut turn = every(DATABASE_LOG_EVERY);
    loop {
        turn.tick().await;
        if let Err(error) = db.empty_log().await {
            tracing::warn!(%error, "could not empty the database's log; trying again later");
        }
    }
}

async fn index_messages(db: Database) {
    let mut turn = every(SEARCH_EVERY);
    loop {
        turn.tick().await;
        index_all(&db).await;
    }
}

/// Makes all search entries that are missing, without standing in the way of those who write.
async fn index_all(db: &Database) {
    loop {
        match db.index_pending(SEARCH_BATCH).await {
            Ok(made) if made < u64::from(SEARCH_BATCH) => return,
            Ok(_) => tokio::task::yield_now().await,
            Err(error) => {
                tracing::warn!(%error, "could not make search entries; trying again later");
                return;
            }
        }
    }
}

async fn tidy_metrics(metrics: Metrics) {
    let mut turn = every(METRICS_EVERY);
    loop {
        turn.tick().await;
        metrics.tidy();
    }
}

/// The first turn is at once. A machine that slept does not make up for what it missed.
fn every(period: Duration) -> tokio::time::Interval {
    let mut turn = interval(period);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    turn
}
