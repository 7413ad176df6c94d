//! Ports: listening at an address, or saying plainly why not.

use std::io;
use std::net::{SocketAddr, TcpListener};

use anyhow::{Context as _, Result, anyhow};
use tokio::net::{TcpSocket, lookup_host};

/// Connections that may wait to be taken.
const BACKLOG: u32 = 1024;

/// Listens at the first address of that host that can be had. `section` is the part of the
/// configuration that host and port stand in.
///
/// # Errors
/// When none can be had, in one line that names the keys to change.
pub(crate) async fn listen(section: &str, host: &str, port: u16) -> Result<TcpListener> {
    let addresses: Vec<SocketAddr> = lookup_host((host, port))
        .await
        .with_context(|| format!("cannot listen: {section}.host {host:?} is no name of this machine"))?
        .collect();
    let mut failure = anyhow!("cannot listen: {section}.host {host:?} has no address");
    for address in addresses {
        match open(address) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                failure = anyhow!(
                    "cannot listen at {address}: another program uses the port; set {section}.port to another one"
                );
            }
            Err(error) => failure = anyhow!("cannot listen at {address} ({section}.host, {section}.port): {error}"),
        }
    }
    Err(failure)
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // Without it a server that was just stopped blocks its successor for a minute.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)?.into_std()
}
