//! What the operator decides about the gateway.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::HeaderMap;

type Addressing = dyn Fn(Option<SocketAddr>, &HeaderMap) -> Option<IpAddr> + Send + Sync;

/// Tells a client's address from that of its peer, which may be a proxy, and from the headers.
#[derive(Clone)]
pub struct AddressOf(Arc<Addressing>);

impl AddressOf {
    /// Asks that function.
    pub fn new(addressing: impl Fn(Option<SocketAddr>, &HeaderMap) -> Option<IpAddr> + Send + Sync + 'static) -> Self {
        Self(Arc::new(addressing))
    }

    pub(crate) fn ask(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        (self.0)(peer, headers)
    }
}

impl Default for AddressOf {
    /// Nobody stands between: the peer is the client.
    fn default() -> Self {
        Self::new(|peer, _| peer.map(|peer| peer.ip()))
    }
}

impl fmt::Debug for AddressOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressOf")
    }
}

/// The operator's choices.
#[derive(Debug, Clone)]
pub struct GatewayOptions {
    /// Time between two heartbeats. Clients are told whole seconds, at least one.
    pub heartbeat: Duration,
    /// Largest WebSocket message from a client, in bytes, after joining its fragments. Compressed
    /// bodies do not inflate beyond it either.
    pub max_frame: usize,
    /// Most packets that wait for one connection.
    pub queue: usize,
    /// Most bytes that wait for one connection.
    pub queue_bytes: usize,
    /// How long after its handshake a connection may stay anonymous.
    pub auth_timeout: Duration,
    /// How long after its start a connection may take for the handshake and its ack.
    pub handshake_timeout: Duration,
    /// How long a client whose connection is ended may take to read what it is still owed, and as
    /// long again to close its side.
    pub flush_timeout: Duration,
    /// How long somebody whose last connection has ended still counts as here: a page that is
    /// loaded anew, or a network that fails for a moment, is no coming and going to tell of.
    pub linger: Duration,
    /// How long the use cases may take for a call.
    pub patience: Duration,
    /// Most connections of this node; 0 for any number.
    pub max_connections: usize,
    /// Most connections of one person.
    pub connections_per_user: usize,
    /// Most connections of one address that are not signed in; 0 for any number.
    pub anonymous_per_address: usize,
    /// Tells a client's address.
    pub address_of: AddressOf,
    /// Most calls of one connection that are in work; more are not read.
    pub inflight: usize,
    /// Origins (`https://chat.example`) whose pages may connect, besides the own host.
    pub allowed_origins: Vec<String>,
    /// The server's public URL; its origin may connect. Empty when it has none.
    pub base_url: String,
}

impl Default for GatewayOptions {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(15),
            max_frame: 64 * 1024,
            queue: 1024,
            queue_bytes: 1024 * 1024,
            auth_timeout: Duration::from_secs(10),
            handshake_timeout: Duration::from_secs(5),
            flush_timeout: Duration::from_secs(2),
            linger: Duration::from_secs(3),
            patience: Duration::from_secs(25),
            max_connections: 0,
            connections_per_user: 20,
            anonymous_per_address: 250,
            address_of: AddressOf::default(),
            inflight: 32,
            allowed_origins: Vec::new(),
            base_url: String::new(),
        }
    }
}
