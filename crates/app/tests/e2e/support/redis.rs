//! A Redis of its own for a test.

use std::process::Stdio;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::{free_port, signal};

/// How long it may take to start on a busy machine.
const START: Duration = Duration::from_secs(30);

/// A running Redis, on a port that stays the same when it comes back.
pub(crate) struct Redis {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Redis {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        // Another program may take the port between choosing and using it.
        for _ in 0..5 {
            let port = free_port();
            if let Some(process) = run(port, &folder, &[]).await {
                return Self { process, port, folder };
            }
        }
        panic!("redis-server does not start: is it installed?");
    }

    pub(crate) fn url(&self) -> String {
        redis_url(self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.expect("a running Redis");
    }

    pub(crate) async fn restart(&mut self) {
        self.process = run(self.port, &self.folder, &[]).await.expect("its port is still free");
    }

    /// Lets it stand still: connections stay, and nothing is answered.
    pub(crate) async fn freeze(&self) {
        signal(&self.process, "STOP").await;
    }

    pub(crate) async fn thaw(&self) {
        signal(&self.process, "CONT").await;
    }

    async fn ask(&self, words: &[&str]) -> String {
        let mut command = Command::new("redis-cli");
        command.args(["-p", &self.port.to_string()]).args(words);
        let output = command.output().await.expect("redis-cli is installed");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// The Redis on a port of this machine.
pub(crate) fn redis_url(port: u16) -> String {
    format!("redis://127.0.0.1:{port}")
}

/// A Redis Cluster: three servers that share the slots.
pub(crate) struct RedisCluster {
    servers: Vec<Redis>,
}

impl RedisCluster {
    pub(crate) async fn start() -> Self {
        let mut servers = Vec::new();
        let mut meetings = Vec::new();
        for slots in [["0", "5460"], ["5461", "10922"], ["10923", "16383"]] {
            let (server, bus) = Self::server().await;
            server.ask(&[&["CLUSTER", "ADDSLOTSRANGE"][..], &slots].concat()).await;
            meetings.push((server.port.to_string(), bus.to_string()));
            servers.push(server);
        }
        for (port, bus) in &meetings[1..] {
            servers[0].ask(&["CLUSTER", "MEET", "127.0.0.1", port, bus]).await;
        }
        for server in &servers {
            let start = Instant::now();
            loop {
                let info = server.ask(&["CLUSTER", "INFO"]).await;
                if info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3") {
                    break;
                }
                assert!(start.elapsed() < START, "no cluster came about: {info}");
            }
        }
        Self { servers }
    }

    async fn server() -> (Redis, u16) {
        for _ in 0..5 {
            let folder = TempDir::new().expect("a folder");
            let (port, bus) = (free_port(), free_port());
            let settings = ["--cluster-enabled", "yes", "--cluster-port", &bus.to_string()];
            if let Some(process) = run(port, &folder, &settings).await {
                return (Redis { process, port, folder }, bus);
            }
        }
        panic!("redis-server does not start: is it installed?");
    }

    /// The address of one of them.
    pub(crate) fn url(&self) -> String {
        self.servers[0].url()
    }
}

/// `None` when the port is taken.
async fn run(port: u16, folder: &TempDir, more: &[&str]) -> Option<Child> {
    let mut process = Command::new("redis-server")
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ])
        .args(more)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("redis-server is installed");
    let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
    while let Some(line) = timeout(START, lines.next_line())
        .await
        .expect("Redis within the time")
        .expect("text")
    {
        if line.contains("Ready to accept connections") {
            // What else it prints must be read, or it stands still.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some(process);
        }
    }
    None
}
