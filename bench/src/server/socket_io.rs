//! The Socket.IO server of bench/peers.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Result, ensure};

use super::{Process, command};

/// Starts it on a core of its own.
pub(crate) fn start_socket_io(peers: &Path, folder: &Path, core: usize) -> Result<(Process, SocketAddr)> {
    ensure!(
        peers.join("node_modules").exists(),
        "Socket.IO is not installed: run `npm ci` in {}",
        peers.display()
    );
    let mut command = command(Path::new("node"), Some(core));
    command
        .args(["--expose-gc", "socket-io.mjs"])
        .env("NODE_ENV", "production")
        .current_dir(peers);
    let output = folder.join("socket-io-output");
    let mut process = Process::start(command, &output)?;
    let address = process.address(&output, "http://")?;
    Ok((process, address))
}
