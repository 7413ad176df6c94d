//! What a node counts of its talk with the others.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// A node's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClusterStats {
    /// Whether Redis answers.
    pub is_connected: bool,
    /// Other nodes that are alive.
    pub others: usize,
    /// Sayings that were sent.
    pub published: u64,
    /// Sayings of other nodes.
    pub received: u64,
    /// Sayings that could not be sent.
    pub dropped: u64,
    /// Sayings that could not be read.
    pub unreadable: u64,
    /// Changes that were told from the database, since their event did not come.
    pub healed: u64,
    /// How long the last sign of life took through Redis and back.
    pub lag: Duration,
}

#[derive(Default)]
pub(super) struct Counters {
    is_connected: AtomicBool,
    published: AtomicU64,
    received: AtomicU64,
    dropped: AtomicU64,
    unreadable: AtomicU64,
    healed: AtomicU64,
    lag_millis: AtomicU64,
}

impl Counters {
    pub(super) fn is_connected(&self) -> bool {
        self.is_connected.load(Relaxed)
    }

    pub(super) fn set_connected(&self, is_connected: bool) {
        self.is_connected.store(is_connected, Relaxed);
    }

    pub(super) fn published(&self, count: usize) {
        self.published.fetch_add(count as u64, Relaxed);
    }

    pub(super) fn received(&self) {
        self.received.fetch_add(1, Relaxed);
    }

    pub(super) fn dropped(&self, count: usize) {
        self.dropped.fetch_add(count as u64, Relaxed);
    }

    pub(super) fn unreadable(&self) {
        self.unreadable.fetch_add(1, Relaxed);
    }

    pub(super) fn healed(&self, count: usize) {
        self.healed.fetch_add(count as u64, Relaxed);
    }

    pub(super) fn lag(&self, lag: Duration) {
        let millis = u64::try_from(lag.as_millis()).unwrap_or(u64::MAX);
        self.lag_millis.store(millis, Relaxed);
    }

    pub(super) fn snapshot(&self, others: usize) -> ClusterStats {
        ClusterStats {
            is_connected: self.is_connected(),
            others,
            published: self.published.load(Relaxed),
            received: self.received.load(Relaxed),
            dropped: self.dropped.load(Relaxed),
            unreadable: self.unreadable.load(Relaxed),
            healed: self.healed.load(Relaxed),
            lag: Duration::from_millis(self.lag_millis.load(Relaxed)),
        }
    }
}
