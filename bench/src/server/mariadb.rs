//! MariaDB, thrown away afterwards.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// Says where the server listens, and ends once nobody holds its input any more. The script then
/// stops the server, even if this process was killed.
const HOLD: &str = "echo \"address=${BANTER_TEST_MYSQL_DSN:-}\"; exec cat";

/// A MariaDB server with nothing in it.
pub(crate) struct MariaDb {
    child: Child,
    /// Of the server, without a database's name.
    pub(crate) address: String,
}

impl MariaDb {
    /// Starts it on a core; there is none where MariaDB is not installed.
    pub(crate) fn start(script: &Path, core: usize) -> Result<Option<Self>> {
        let mut child = Command::new("taskset")
            .args(["-c", &core.to_string()])
            .arg(script)
            .args(["sh", "-c", HOLD])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", script.display()))?;
        let output = child.stdout.take().context("it has an output")?;
        for line in BufReader::new(output).lines() {
            if let Some(address) = line?.strip_prefix("address=") {
                let server = Self {
                    child,
                    address: address.to_owned(),
                };
                return Ok((!server.address.is_empty()).then_some(server));
            }
        }
        bail!("MariaDB did not start: {}", child.wait()?)
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It may have ended by itself.
        let _ = self.child.wait();
    }
}
