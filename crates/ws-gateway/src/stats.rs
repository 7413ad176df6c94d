//! Numbers about the gateway, for metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// The gateway's numbers at one moment. Unless it is said of them, they only rise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Open connections. Rises and falls.
    pub connections: u64,
    /// Those of them that are signed in. Rises and falls.
    pub signed_in: u64,
    /// Upgrades that were accepted.
    pub accepted: u64,
    /// Upgrades that were refused because of their origin or because the node is full.
    pub refused: u64,
    /// Calls from clients.
    pub calls: u64,
    /// Pushes handed to connections.
    pub pushes: u64,
    /// Typing and presence pushes that were left out under pressure.
    pub dropped: u64,
    /// What waits to be told to connections, where most waits. Rises and falls.
    pub waiting: u64,
    /// Connections that were ended because they read too slowly.
    pub slow: u64,
    /// Connections that the server ended for any other reason.
    pub ended: u64,
    /// Handlers that panicked.
    pub panics: u64,
}

/// The counters behind [`Stats`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connections: Counter,
    pub(crate) signed_in: Counter,
    pub(crate) accepted: Counter,
    pub(crate) refused: Counter,
    pub(crate) calls: Counter,
    pub(crate) pushes: Counter,
    pub(crate) dropped: Counter,
    pub(crate) slow: Counter,
    pub(crate) ended: Counter,
    pub(crate) panics: Counter,
}

/// A number that any thread may change.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub(crate) fn subtract(&self, count: u64) {
        self.0.fetch_sub(count, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Counters {
    /// All that is counted; what waits is asked of the hub.
    pub(crate) fn snapshot(&self) -> Stats {
        Stats {
            connections: self.connections.get(),
            signed_in: self.signed_in.get(),
            accepted: self.accepted.get(),
            refused: self.refused.get(),
            calls: self.calls.get(),
            pushes: self.pushes.get(),
            dropped: self.dropped.get(),
            waiting: 0,
            slow: self.slow.get(),
            ended: self.ended.get(),
            panics: self.panics.get(),
        }
    }
}
