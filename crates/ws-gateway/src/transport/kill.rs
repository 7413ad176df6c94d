//! The kill switch: the one way to get rid of a peer that reads nothing.
//!
//! A write to such a peer stays pending for ever, and nothing above the socket can end it.

use std::any::Any;
use std::net::Shutdown;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};

/// The kernel's send buffer of a WebSocket: what a peer that reads nothing costs at most.
const SEND_BUFFER_BYTES: usize = 128 * 1024;
/// How long sent bytes may stay unacknowledged before the kernel gives up.
const USER_TIMEOUT: Duration = Duration::from_secs(30);

/// A second handle to a connection's socket.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionKill(Arc<Socket>);

impl ConnectionKill {
    /// Tunes the socket; see [`tune`].
    pub(crate) fn tune(&self) {
        tune(SockRef::from(&*self.0));
    }

    /// Ends the connection at once, whatever waits to be written.
    pub(crate) fn pull(&self) {
        // The peer may have been quicker.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// Tunes a socket for many small messages to peers that may vanish.
pub(super) fn tune(socket: SockRef<'_>) {
    let tuned = socket
        .set_tcp_nodelay(true)
        .and_then(|()| socket.set_send_buffer_size(SEND_BUFFER_BYTES))
        .and_then(|()| socket.set_tcp_user_timeout(Some(USER_TIMEOUT)));
    if let Err(error) = tuned {
        tracing::debug!(%error, "could not tune a socket");
    }
}

/// Prepares a new connection; for `HttpServer::on_connect` of every listener that serves the
/// gateway. Turns Nagle's algorithm off and keeps what the gateway needs to get rid of peers
/// that read nothing.
pub fn on_connect(io: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = io.downcast_ref::<TcpStream>() else {
        return;
    };
    let socket = SockRef::from(stream);
    if let Err(error) = socket.set_tcp_nodelay(true) {
        tracing::debug!(%error, "could not tune a socket");
    }
    match socket.try_clone() {
        Ok(socket) => {
            extensions.insert(ConnectionKill(Arc::new(socket)));
        }
        Err(error) => tracing::warn!(%error, "a connection goes without its kill switch"),
    }
}
