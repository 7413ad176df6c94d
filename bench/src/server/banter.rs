//! Banter's own process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{Process, command};

/// All that differs from Banter's defaults, and why, stands in docs/performance.md.
const SETTINGS: [(&str, &str); 5] = [
    ("BANTER_HTTP__PORT", "0"),
    ("BANTER_WS__PORT", "0"),
    ("BANTER_SECURITY__BCRYPT_COST", "4"),
    ("BANTER_SECURITY__RATE_LIMIT__ENABLED", "false"),
    ("BANTER_SECURITY__JWT__ACCESS_TTL", "1d"),
];

/// A running Banter.
pub(crate) struct Banter {
    /// The process.
    pub(crate) process: Process,
    /// Where the API listens.
    pub(crate) http: SocketAddr,
    /// Where the gateway listens.
    pub(crate) ws: SocketAddr,
    /// From the start of the process until both listened.
    pub(crate) started_in: Duration,
}

impl Banter {
    /// Starts it on the data in `folder`; on any core if none is named, and with the database there
    /// if the address of no other is given.
    pub(crate) fn start(binary: &Path, folder: &Path, core: Option<usize>, database: Option<&str>) -> Result<Self> {
        ensure!(
            binary.exists(),
            "no server at {}: build it with `just release`",
            binary.display()
        );
        let binary: PathBuf = binary.canonicalize()?;
        let mut command = command(&binary, core);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BANTER_") {
                command.env_remove(name);
            }
        }
        // In its own folder, so that no configuration file of the checkout is found.
        command
            .arg("serve")
            .current_dir(folder)
            .env("BANTER_DATA__DIR", folder.join("storage"))
            .envs(SETTINGS)
            .envs(database.map(|address| ("BANTER_DATA__DB__DSN", address)));
        let output = folder.join("output");
        let began = Instant::now();
        let mut process = Process::start(command, &output)?;
        let http = process.address(&output, "http://")?;
        let ws = process.address(&output, "ws://")?;
        Ok(Self {
            process,
            http,
            ws,
            started_in: began.elapsed(),
        })
    }

    /// Ends it in good order, so that everything is in its files.
    pub(crate) fn stop(mut self) -> Result<()> {
        self.process.signal("TERM")?;
        let status = self.process.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}
