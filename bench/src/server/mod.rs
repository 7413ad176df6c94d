//! The servers as processes: started on a core of their own, and ended by their id.

mod banter;
mod mariadb;
mod socket_io;

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

pub(crate) use banter::Banter;
pub(crate) use mariadb::MariaDb;
pub(crate) use socket_io::start_socket_io;

const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(1);

/// A running process. It is killed when this is dropped.
pub(crate) struct Process {
    child: Child,
}

impl Process {
    /// Starts a program whose output goes to a file, so that nobody has to keep reading it.
    fn start(mut command: Command, output: &Path) -> Result<Self> {
        let file = File::create(output)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot start {:?}", command.get_program()))?;
        Ok(Self { child })
    }

    /// Reads the address behind `scheme` from what the program prints once it listens.
    fn address(&mut self, output: &Path, scheme: &str) -> Result<SocketAddr> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let printed = fs::read_to_string(output)?;
            if let Some(address) = address_in(&printed, scheme) {
                return Ok(address);
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("a server ended with {status}:\n{printed}");
            }
            if Instant::now() > deadline {
                bail!("a server does not say where it listens:\n{printed}");
            }
            thread::sleep(LOOK);
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) -> Result<()> {
        run(Command::new("kill").args(["-s", name, &self.pid().to_string()]))
    }

    /// Waits for the end of a process that was asked to end.
    fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.child.wait()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command that runs on one core alone, if one is named, and ends with this process even when
/// that is killed.
fn command(program: &Path, core: Option<usize>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    if let Some(core) = core {
        command.args(["taskset", "-c", &core.to_string()]);
    }
    command.arg(program);
    command
}

/// Keeps this process on one core: its main thread, and the threads that this one will start.
/// Others that are just about to end would make `taskset -a` fail.
pub(crate) fn pin_this_process(core: usize) -> Result<()> {
    let pid = std::process::id().to_string();
    run(Command::new("taskset").args(["-cp", &core.to_string(), &pid]))
}

/// Runs a command to its end, unseen.
fn run(command: &mut Command) -> Result<()> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {:?}", command.get_program()))?;
    if !output.status.success() {
        bail!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// The first whole address behind `scheme`.
fn address_in(text: &str, scheme: &str) -> Option<SocketAddr> {
    let (_, rest) = text.split_once(scheme)?;
    let end = rest.find(|char: char| !char.is_ascii_digit() && !".:".contains(char))?;
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_once_it_is_whole() {
        let printed = "web http://127.0.0.1:4100/\nsocket ws://127.0.0.1:4101/ws\n";
        assert_eq!(address_in(printed, "http://"), "127.0.0.1:4100".parse().ok());
        assert_eq!(address_in(printed, "ws://"), "127.0.0.1:4101".parse().ok());
        assert_eq!(address_in("web http://127.0.0.1:41", "http://"), None);
        assert_eq!(address_in("nothing", "http://"), None);
    }
}
