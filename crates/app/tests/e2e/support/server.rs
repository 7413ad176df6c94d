//! A server of its own for a test: the real binary on free ports, with a folder to itself.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;
use tokio::time::timeout;

use super::disk::SmallDisk;
use super::schema::Schema;
use super::{PASSWORD, signal, unique};

/// How long a server may take to start; debug builds on a busy machine are slow.
const START: Duration = Duration::from_secs(60);

/// What is limited for people.
const LIMITS: [&str; 7] = ["MESSAGE", "CHANGE", "LOOKUP", "SEARCH", "CREATE", "UPLOAD", "REGISTER"];
/// How every token begins.
const TOKEN: &str = "eyJ";

/// How long a connection may be idle and still be used again.
const IDLE: Duration = Duration::from_secs(2);

/// Which database a server stores into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    MariaDb,
}

/// A running server.
pub(crate) struct Server {
    pub(crate) client: reqwest::Client,
    pub(crate) http: String,
    pub(crate) ws: String,
    process: Mutex<Child>,
    settings: Vec<(String, String)>,
    /// What stands before the program's name.
    entrance: Vec<String>,
    pub(crate) folder: Arc<TempDir>,
    schema: OnceCell<Schema>,
}

/// Runs a test on a new server with each database that is at hand.
pub(crate) async fn on_each_backend<F: Future<Output = ()>>(test: impl Fn(Arc<Server>) -> F) {
    on_each_backend_with(&[], test).await;
}

/// The same with these settings.
pub(crate) async fn on_each_backend_with<F: Future<Output = ()>>(
    settings: &[(&str, &str)],
    test: impl Fn(Arc<Server>) -> F,
) {
    test(Server::start(Backend::Sqlite, settings).await).await;
    match std::env::var("BANTER_TEST_MYSQL_DSN") {
        Ok(_) => test(Server::start(Backend::MariaDb, settings).await).await,
        Err(_) if std::env::var_os("CI").is_some() => panic!("BANTER_TEST_MYSQL_DSN must name a MariaDB server"),
        Err(_) => println!("skipped on MariaDB: BANTER_TEST_MYSQL_DSN is not set"),
    }
}

impl Server {
    /// Starts a server with these settings (environment variables without `BANTER_`) on top of
    /// those of all tests.
    pub(crate) async fn start(backend: Backend, settings: &[(&str, &str)]) -> Arc<Self> {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let dsn = dsn(backend, &folder).await;
        let all = all_settings(folder.path(), dsn, settings);
        Self::run(all, Vec::new(), folder).await
    }

    /// Starts a server that has everything of its own on that disk.
    pub(crate) async fn start_on(disk: &SmallDisk, settings: &[(&str, &str)]) -> Arc<Self> {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let dsn = format!("sqlite://{}", disk.path().join("banter.db").display());
        let all = all_settings(&disk.path(), dsn, settings);
        Self::run(all, disk.entrance(), folder).await
    }

    async fn run(settings: Vec<(String, String)>, entrance: Vec<String>, folder: Arc<TempDir>) -> Arc<Self> {
        let mut words = entrance
            .iter()
            .map(String::as_str)
            .chain([env!("CARGO_BIN_EXE_banter"), "serve"]);
        let mut command = Command::new(words.next().expect("a program"));
        command
            .args(words)
            .current_dir(folder.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.env("BANTER_HTTP__PORT", "0").env("BANTER_WS__PORT", "0");
        command.envs(settings.iter().map(|(key, value)| (format!("BANTER_{key}"), value)));
        let errors = std::fs::File::create(folder.path().join("stderr.log")).expect("a file");
        let mut process = command
            .stderr(errors)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let (mut http, mut ws) = (None, None);
        while http.is_none() || ws.is_none() {
            let line = timeout(START, lines.next_line())
                .await
                .expect("a server within the time")
                .expect("text");
            let line = line.expect("the server ended before it was ready");
            http = http.or_else(|| address(&line, "http://"));
            ws = ws.or_else(|| address(&line, "ws://"));
        }
        // What else it prints must be read, or the pipe fills up and the server stands still.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        // Only the first server of a process finds none installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // The server closes idle connections; on a busy machine one may be closed just as it is used.
        let client = reqwest::Client::builder().no_proxy().pool_idle_timeout(IDLE);
        let client = client.build().expect("a client");
        let (http, ws) = (http.unwrap_or_default(), ws.unwrap_or_default());
        let server = Self {
            client,
            http,
            ws,
            process: Mutex::new(process),
            settings,
            entrance,
            folder,
            schema: OnceCell::new(),
        };
        Arc::new(server)
    }

    /// Kills the server at once, as a power cut would, and starts another one on the same data.
    pub(crate) async fn killed_and_restarted(&self) -> Arc<Self> {
        self.kill().await;
        self.restarted().await
    }

    /// Starts another one on the same data.
    pub(crate) async fn restarted(&self) -> Arc<Self> {
        Self::run(self.settings.clone(), self.entrance.clone(), self.folder.clone()).await
    }

    /// Kills the server at once.
    pub(crate) async fn kill(&self) {
        let mut process = self.take_process();
        process.kill().await.expect("a running server");
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) async fn stop(&self) {
        let mut process = self.take_process();
        signal(&process, "TERM").await;
        let ended = timeout(START, process.wait()).await.expect("an end within the time");
        assert!(ended.expect("an end").success());
    }

    /// The process moves out, so that nobody waits while holding the lock.
    fn take_process(&self) -> Child {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *process, Command::new("true").spawn().expect("a process"))
    }

    /// Bytes of memory that the server's process holds.
    pub(crate) fn resident_bytes(&self) -> u64 {
        self.memory("VmRSS:")
    }

    /// The most bytes of memory that the server's process has held so far.
    pub(crate) fn peak_bytes(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// A size in what Linux tells of the server's process.
    fn memory(&self, of: &str) -> u64 {
        let id = self.process.lock().unwrap_or_else(PoisonError::into_inner).id();
        let status = std::fs::read_to_string(format!("/proc/{}/status", id.expect("a running server")));
        let status = status.expect("Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(of));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")).expect("a size");
        kib.trim().parse::<u64>().expect("a number") * 1024
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.http)
    }

    pub(crate) fn ws_url(&self) -> String {
        format!("{}/ws", self.ws)
    }

    /// The document that this server gives of itself.
    pub(crate) async fn schema(&self) -> &Schema {
        let load = || async {
            let answer = self
                .client
                .get(self.url("/openapi.json"))
                .send()
                .await
                .expect("the document");
            let text = answer.text().await.expect("the document");
            Schema::new(serde_json::from_str(&text).expect("JSON"))
        };
        self.schema.get_or_init(load).await
    }

    /// A connection to this server's database.
    pub(crate) async fn database(&self) -> DatabaseConnection {
        let dsn = self.settings.iter().rfind(|(key, _)| key == "DATA__DB__DSN");
        let (_, dsn) = dsn.expect("a database");
        Database::connect(dsn).await.expect("a database")
    }

    /// The id of its process.
    pub(crate) fn process_id(&self) -> u32 {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        process.id().expect("a running server")
    }

    /// Runs a command of the operator on this server's data, with a line on its standard input.
    pub(crate) async fn operate(&self, arguments: &[&str], line: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banter"));
        command.args(arguments).env_clear().current_dir(self.folder.path());
        command.envs(
            self.settings
                .iter()
                .map(|(key, value)| (format!("BANTER_{key}"), value)),
        );
        let streams = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut process = streams.spawn().expect("the binary");
        let mut input = process.stdin.take().expect("piped");
        input.write_all(format!("{line}\n").as_bytes()).await.expect("a reader");
        drop(input);
        assert!(process.wait().await.expect("an end").success());
    }

    /// Sends these bytes to the HTTP listener and reads until it closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let address = self.http.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        // A server that has heard enough may close before the last byte.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = timeout(START, stream.read_to_end(&mut answer))
            .await
            .expect("an end within the time");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Everything that the server has logged so far.
    pub(crate) fn logs(&self) -> String {
        let folder: PathBuf = self.folder.path().join("logs");
        let files = std::fs::read_dir(folder)
            .map(|files| files.flatten().collect::<Vec<_>>())
            .unwrap_or_default();
        files
            .iter()
            .filter_map(|file| std::fs::read_to_string(file.path()).ok())
            .collect()
    }
}

impl Drop for Server {
    /// Whatever a test does, no token and no password of people gets into a log.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let errors = std::fs::read_to_string(self.folder.path().join("stderr.log")).unwrap_or_default();
        let logs = self.logs() + &errors;
        for secret in [TOKEN, PASSWORD] {
            let line = logs.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "the log holds {secret}: {line:?}");
        }
    }
}

fn all_settings(folder: &Path, dsn: String, settings: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all = vec![
        ("DATA__DIR".to_owned(), folder.display().to_string()),
        ("LOG__DIR".to_owned(), folder.join("logs").display().to_string()),
        ("DATA__DB__DSN".to_owned(), dsn),
        ("SECURITY__BCRYPT_COST".to_owned(), "4".to_owned()),
        // On a busy machine a test may come back late to a socket that it has opened; those that are
        // about this time set it again.
        ("WS__AUTH_TIMEOUT".to_owned(), "5m".to_owned()),
    ];
    // Tests are quicker than people; those of the limits set them again.
    all.extend(LIMITS.map(|limit| (format!("SECURITY__RATE_LIMIT__{limit}"), "off".to_owned())));
    let settings = settings.iter();
    all.extend(settings.map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    all
}

/// The address that begins with `scheme` in a line, up to the port.
fn address(line: &str, scheme: &str) -> Option<String> {
    let from = line.find(scheme)?;
    let rest = &line[from + scheme.len()..];
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ':')))
        .unwrap_or(rest.len());
    Some(format!("{scheme}{}", &rest[..end]))
}

/// A new MariaDB database.
pub(crate) async fn new_dsn() -> String {
    let server = std::env::var("BANTER_TEST_MYSQL_DSN").expect("a MariaDB server");
    let server = server.trim_end_matches('/');
    let name = format!("e2e_{}_{}", std::process::id(), unique("db"));
    let admin = Database::connect(format!("{server}/mysql"))
        .await
        .expect("a MariaDB server");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a database");
    format!("{server}/{name}")
}

/// A new database.
pub(super) async fn dsn(backend: Backend, folder: &TempDir) -> String {
    match backend {
        Backend::Sqlite => format!("sqlite://{}", folder.path().join("banter.db").display()),
        Backend::MariaDb => new_dsn().await,
    }
}
