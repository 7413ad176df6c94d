//! A MariaDB of its own, for tests that stop it.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use super::{free_port, signal};

/// How long it may take to start, or to mend its files after it was killed.
const START: Duration = Duration::from_secs(60);

/// A running MariaDB, on a port that stays the same when it comes back.
pub(crate) struct MariaDb {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl MariaDb {
    /// `None` where it is not installed.
    pub(crate) async fn start() -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let data = format!("--datadir={}", folder.path().join("data").display());
        let mut install = command("mariadb-install-db", folder.path());
        install.args(["--auth-root-authentication-method=normal", "--skip-test-db", &data]);
        let made = install
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .await
            .ok()?;
        assert!(made.success(), "mariadb-install-db failed");
        // Another program may take the port between choosing and using it.
        for _ in 0..5 {
            let port = free_port();
            if let Some(process) = run(port, &folder).await {
                let server = Self { process, port, folder };
                server.make_database().await;
                return Some(server);
            }
        }
        panic!("mariadbd does not start");
    }

    async fn make_database(&self) {
        let admin = Database::connect(format!("mysql://root@127.0.0.1:{}/mysql", self.port));
        let made = admin
            .await
            .expect("MariaDB")
            .execute_unprepared("CREATE DATABASE banter")
            .await;
        made.expect("a database");
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.expect("a running MariaDB");
    }

    pub(crate) async fn restart(&mut self) {
        self.process = run(self.port, &self.folder).await.expect("its port is still free");
    }

    /// Lets it stand still: connections stay, and nothing is answered.
    pub(crate) async fn freeze(&self) {
        signal(&self.process, "STOP").await;
    }

    pub(crate) async fn thaw(&self) {
        signal(&self.process, "CONT").await;
    }
}

/// The database of that name on a port of this machine.
pub(crate) fn mysql_dsn(port: u16) -> String {
    format!("mysql://root@127.0.0.1:{port}/banter")
}

fn command(program: &str, folder: &Path) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command
        .env("PATH", format!("{path}:/usr/sbin:/sbin"))
        .args(["--no-defaults", &format!("--user={}", user())])
        .current_dir(folder);
    command
}

/// MariaDB refuses to run as root unless it is told to.
fn user() -> String {
    let asked = std::process::Command::new("id").arg("-un").output().expect("id");
    String::from_utf8_lossy(&asked.stdout).trim().to_owned()
}

/// `None` when it ends before it is ready, as it does when the port is taken.
async fn run(port: u16, folder: &TempDir) -> Option<Child> {
    let mut process = command("mariadbd", folder.path())
        .arg(format!("--datadir={}", folder.path().join("data").display()))
        .arg(format!("--socket={}", folder.path().join("s").display()))
        .arg(format!("--port={port}"))
        .args(["--bind-address=127.0.0.1", "--skip-log-bin", "--skip-name-resolve"])
        // The process dies in these tests, not the machine: what the system has taken is safe.
        .args(["--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=32M"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("mariadbd is installed");
    let mut lines = BufReader::new(process.stderr.take().expect("piped")).lines();
    let ready = async {
        while let Ok(Some(line)) = lines.next_line().await {
            if line.contains("ready for connections") {
                return true;
            }
        }
        false
    };
    let is_ready = timeout(START, ready).await.expect("MariaDB within the time");
    // What else it prints must be read, or it stands still.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    is_ready.then_some(process)
}
