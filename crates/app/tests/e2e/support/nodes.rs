//! Two servers that are to work as one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::redis::Redis;
use super::server::dsn;
use super::{Backend, Person, Server};

pub(crate) const KEY: &str = "a key that both nodes of a test share";
/// How long a node may take to hear of the other.
const PATIENCE: Duration = Duration::from_secs(30);

/// Two nodes over one database and one Redis.
pub(crate) struct Nodes {
    pub(crate) a: Arc<Server>,
    pub(crate) b: Arc<Server>,
    pub(crate) redis: Redis,
}

impl Nodes {
    /// Starts them, where there is a MariaDB; elsewhere the test is skipped, but not in CI.
    pub(crate) async fn start() -> Option<Self> {
        Self::start_with(&[]).await
    }

    /// Starts them with these settings.
    pub(crate) async fn start_with(settings: &[(&str, &str)]) -> Option<Self> {
        if !has_database() {
            return None;
        }
        let redis = Redis::start().await;
        let (a, b) = servers(&redis.url(), settings).await;
        let nodes = Self { a, b, redis };
        nodes.hear_each_other().await;
        Some(nodes)
    }

    /// Waits until each of them knows that the other is there.
    pub(crate) async fn hear_each_other(&self) {
        hear_each_other(&self.a, &self.b).await;
    }

    /// Waits until each of them knows that Redis does not answer.
    pub(crate) async fn miss_redis(&self) {
        for node in [&self.a, &self.b] {
            until(node, "/readyz", "\"redis\":\"down\"").await;
        }
    }
}

/// Two servers over one new database and that Redis.
pub(crate) async fn servers(redis: &str, settings: &[(&str, &str)]) -> (Arc<Server>, Arc<Server>) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let dsn = dsn(Backend::MariaDb, &folder).await;
    let mut all = vec![
        ("DATA__DB__DSN", dsn.as_str()),
        ("DATA__REDIS__URL", redis),
        ("SECURITY__JWT__KEY", KEY),
    ];
    all.extend(settings);
    let settings = all;
    let a = Server::start(Backend::Sqlite, &settings).await;
    let b = Server::start(Backend::Sqlite, &settings).await;
    (a, b)
}

/// Whether there is a MariaDB; there must be one in CI.
pub(crate) fn has_database() -> bool {
    let has_database = std::env::var_os("BANTER_TEST_MYSQL_DSN").is_some();
    if !has_database {
        assert!(
            std::env::var_os("CI").is_none(),
            "BANTER_TEST_MYSQL_DSN must name a MariaDB server"
        );
        println!("skipped: BANTER_TEST_MYSQL_DSN is not set");
    }
    has_database
}

/// Waits until each of the two knows that the other is there.
pub(crate) async fn hear_each_other(a: &Server, b: &Server) {
    for node in [a, b] {
        until(node, "/metrics", "banter_cluster_other_nodes 1").await;
    }
}

/// The same person on another node.
pub(crate) fn on(node: &Arc<Server>, person: &Person) -> Person {
    Person {
        server: node.clone(),
        ..person.clone()
    }
}

/// Asks a node until its answer holds those words.
async fn until(node: &Server, path: &str, words: &str) {
    let start = Instant::now();
    loop {
        let answer = node.client.get(node.url(path)).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let text = answer.text().await.expect("text");
        if text.contains(words) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{path} never said {words}: {text}");
        tokio::task::yield_now().await;
    }
}
