//! What a node counts of its talk with the others.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use domain::Timestamp;

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
    /// Events of other nodes that were not told when they came: connections were told too slowly,
    /// or the events were too old.
    pub postponed: u64,
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
    postponed: AtomicU64,
    healed: AtomicU64,
    lag_millis: AtomicU64,
    /// When this node said what it heard last of itself.
    heard_itself: AtomicI64,
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

    pub(super) fn postponed(&self) {
        self.postponed.fetch_add(1, Relaxed);
    }

    /// A sign of life of this node came back.
    pub(super) fn heard_itself(&self, said: Timestamp, now: Timestamp) {
        let millis = u64::try_from(now.since(said).as_millis()).unwrap_or(u64::MAX);
        self.lag_millis.store(millis, Relaxed);
        self.heard_itself.store(said.0, Relaxed);
    }

    /// How old what is heard now may be: all of it comes after that sign of life, which others
    /// follow every second.
    pub(super) fn silence(&self, now: Timestamp) -> Duration {
        now.since(Timestamp(self.heard_itself.load(Relaxed)))
    }

    pub(super) fn snapshot(&self, others: usize) -> ClusterStats {
        ClusterStats {
            is_connected: self.is_connected(),
            others,
            published: self.published.load(Relaxed),
            received: self.received.load(Relaxed),
            dropped: self.dropped.load(Relaxed),
            unreadable: self.unreadable.load(Relaxed),
            postponed: self.postponed.load(Relaxed),
            healed: self.healed.load(Relaxed),
            lag: Duration::from_millis(self.lag_millis.load(Relaxed)),
        }
    }
}
