//! `ws`: the WebSocket listener and what a connection may cost.

use serde::{Deserialize, Serialize};

use super::check::{Faults, host};
use super::units::{Size, Span};

/// The WebSocket listener.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ws {
    /// Address or name to listen at.
    pub host: String,
    /// Port; 0 lets the system choose a free one.
    pub port: u16,
    /// How often a sign of life is due.
    pub heartbeat: Span,
    /// Largest frame that is taken from a client.
    pub max_frame: Size,
    /// Most pushes that wait for one connection.
    pub queue: usize,
    /// Most bytes that wait for one connection.
    pub queue_bytes: Size,
    /// How long a connection may stay anonymous.
    pub auth_timeout: Span,
    /// Most connections at once; 0: no limit but the system's.
    pub max_connections: usize,
    /// Most connections of one person.
    pub connections_per_user: usize,
}

impl Default for Ws {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8001,
            heartbeat: Span::seconds(15),
            max_frame: Size::kib(64),
            queue: 1024,
            queue_bytes: Size::mib(1),
            auth_timeout: Span::seconds(10),
            max_connections: 0,
            connections_per_user: 20,
        }
    }
}

impl Ws {
    pub(super) fn check(&self, faults: &mut Faults) {
        host(faults, "ws.host", &self.host);
        faults.between("ws.heartbeat", self.heartbeat, Span::seconds(1), Span::minutes(60));
        faults.between("ws.max_frame", self.max_frame, Size::kib(8), Size::mib(16));
        faults.between("ws.queue", self.queue, 16, 1_000_000);
        faults.between("ws.queue_bytes", self.queue_bytes, Size::kib(64), Size::gib(1));
        faults.between("ws.connections_per_user", self.connections_per_user, 1, 100_000);
        faults.between(
            "ws.auth_timeout",
            self.auth_timeout,
            Span::seconds(1),
            Span::minutes(10),
        );
    }
}
