//! A binary in a folder of its own, with nothing around it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// The binary, the folder in which it runs, and its environment.
pub(crate) struct Banter {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// A run that has ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    /// Fails the test unless the run ended with that code.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert_eq!(
            self.status.code(),
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Fails the test unless the run told these words on standard error.
    #[track_caller]
    pub(crate) fn expect_words(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{:?} is not in:\n{}", words, self.stderr);
        self
    }
}

impl Banter {
    /// In an empty folder, with an empty environment.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// With one more variable.
    pub(crate) fn env(mut self, name: &str, text: &str) -> Self {
        self.variables.push((name.to_owned(), text.to_owned()));
        self
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_banter"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.variables.iter().map(|(name, text)| (name, text)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[], "")
    }

    /// Runs it to its end with more variables and that standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
        let mut child = self.command(arguments).envs(variables.iter().copied()).spawn().unwrap();
        // It may end without reading what it is given.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ended {
            status: output.status,
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts the server on free ports and waits until it greets.
    pub(crate) fn serve(&self) -> Serving {
        let ports = [("BANTER_HTTP__PORT", "0"), ("BANTER_WS__PORT", "0")];
        let mut child = self.command(&["serve"]).envs(ports).spawn().unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut greeting)
            .unwrap();
        if greeting.is_empty() {
            let output = child.wait_with_output().unwrap();
            panic!(
                "no greeting: {}\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Serving {
            child: Some(child),
            greeting,
        }
    }
}

/// A server that runs; it is killed when a test fails.
pub(crate) struct Serving {
    child: Option<Child>,
    pub(crate) greeting: String,
}

impl Serving {
    /// Where HTTP is answered, as `host:port`.
    pub(crate) fn http(&self) -> &str {
        self.greeting
            .split_once("http://")
            .unwrap()
            .1
            .split([' ', ';', '/'])
            .next()
            .unwrap()
    }

    /// An open connection on which nothing was said yet.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.http()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.http()
        ))
    }

    /// The answer to an attempt to sign in.
    pub(crate) fn login(&self, email: &str, password: &str) -> String {
        let body = serde_json::json!({"email": email, "password": password}).to_string();
        self.ask(&format!(
            "POST /api/login HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.http(),
            body.len()
        ))
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until a line of its log says that. What is read is not there for [`Serving::stop`].
    pub(crate) fn says(&mut self, words: &str) {
        // One byte at a time, so that nothing of the next line is taken away.
        let log = BufReader::with_capacity(1, self.child.as_mut().unwrap().stderr.as_mut().unwrap());
        assert!(
            log.lines().any(|line| line.unwrap().contains(words)),
            "never says {words:?}"
        );
    }

    /// Sends a signal and waits for the end.
    pub(crate) fn stop(mut self, signal: &str) -> Ended {
        self.signal(signal);
        let child = self.child.take().unwrap();
        let output = child.wait_with_output().unwrap();
        Ended {
            status: output.status,
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Who may do what with a file.
pub(crate) fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
