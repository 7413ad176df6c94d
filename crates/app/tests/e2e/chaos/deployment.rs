//! What the rounds run against: one node with a file, or two nodes with MariaDB and Redis. It
//! lives through many rounds, and so through many faults.

use std::sync::Arc;

use crate::support::{KEY, MariaDb, Person, Redis, Relay, Server, SmallDisk, hear_each_other, mysql_dsn, redis_url};

/// Room on the small disk: enough for the rounds that one deployment lives through.
const MEGABYTES: u32 = 48;

/// A server, and how it reaches the others.
pub(super) struct Node {
    pub(super) server: Arc<Server>,
    pub(super) is_up: bool,
    pub(super) to_database: Option<Relay>,
    pub(super) to_redis: Option<Relay>,
}

/// What two nodes share.
pub(super) struct Shared {
    pub(super) database: MariaDb,
    pub(super) redis: Redis,
}

/// Servers that are one chat.
pub(super) struct Deployment {
    pub(super) nodes: Vec<Node>,
    pub(super) disk: Option<SmallDisk>,
    pub(super) shared: Option<Shared>,
    /// A room of an earlier round, its creator, and where it ended.
    pub(super) earlier: Vec<(Person, i64, i64)>,
}

impl Deployment {
    /// One node on a small disk; `None` where none can be mounted.
    pub(super) async fn one() -> Option<Self> {
        let disk = SmallDisk::mount(MEGABYTES).await?;
        let node = Node {
            server: Server::start_on(&disk, &[]).await,
            is_up: true,
            to_database: None,
            to_redis: None,
        };
        Some(Self {
            nodes: vec![node],
            disk: Some(disk),
            shared: None,
            earlier: Vec::new(),
        })
    }

    /// Two nodes, each with wires of its own; `None` where MariaDB is not installed.
    pub(super) async fn two() -> Option<Self> {
        let (database, redis) = tokio::join!(MariaDb::start(), Redis::start());
        let database = database?;
        let mut nodes = Vec::new();
        for _ in 0..2 {
            let (to_database, to_redis) = (Relay::to(database.port()).await, Relay::to(redis.port()).await);
            let settings = [
                ("DATA__DB__DSN", &*mysql_dsn(to_database.port())),
                ("DATA__REDIS__URL", &*redis_url(to_redis.port())),
                ("SECURITY__JWT__KEY", KEY),
            ];
            nodes.push(Node {
                server: Server::start(crate::support::Backend::Sqlite, &settings).await,
                is_up: true,
                to_database: Some(to_database),
                to_redis: Some(to_redis),
            });
        }
        hear_each_other(&nodes[0].server, &nodes[1].server).await;
        Some(Self {
            nodes,
            disk: None,
            shared: Some(Shared { database, redis }),
            earlier: Vec::new(),
        })
    }

    /// Where each node is reached, if it is up.
    pub(super) fn addresses(&self) -> Vec<Option<(String, String)>> {
        let address = |node: &Node| node.is_up.then(|| (node.server.http.clone(), node.server.ws.clone()));
        self.nodes.iter().map(address).collect()
    }

    /// The last warnings and errors of each node.
    pub(super) fn complaints(&self) -> String {
        let of_node = |node: &Node| {
            let log = std::fs::read_to_string(node.server.folder.path().join("stderr.log")).unwrap_or_default();
            let lines: Vec<_> = log
                .lines()
                .filter(|line| line.contains("WARN") || line.contains("ERROR"))
                .collect();
            lines[lines.len().saturating_sub(20)..].join("\n")
        };
        self.nodes.iter().map(of_node).collect::<Vec<_>>().join("\n--\n")
    }
}
