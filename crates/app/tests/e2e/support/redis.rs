//! A Redis of its own for a test.

use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

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
            if let Some(process) = run(port, &folder).await {
                return Self { process, port, folder };
            }
        }
        panic!("redis-server does not start: is it installed?");
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.expect("a running Redis");
    }

    pub(crate) async fn restart(&mut self) {
        self.process = run(self.port, &self.folder).await.expect("its port is still free");
    }

    /// Lets it stand still: connections stay, and nothing is answered.
    pub(crate) async fn freeze(&self) {
        self.signal("-STOP").await;
    }

    pub(crate) async fn thaw(&self) {
        self.signal("-CONT").await;
    }

    async fn signal(&self, signal: &str) {
        let id = self.process.id().expect("a running Redis").to_string();
        let status = Command::new("kill").args([signal, &id]).status().await;
        assert!(status.expect("kill").success());
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// `None` when the port is taken.
async fn run(port: u16, folder: &TempDir) -> Option<Child> {
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
