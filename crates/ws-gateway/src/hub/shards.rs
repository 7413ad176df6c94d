//! The way from the hub to its shards.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::shard::{Command, Shard, ShardId, Telling};
use crate::stats::Counters;

thread_local! {
    /// This thread's shard of each hub.
    static HERE: RefCell<HashMap<u64, Weak<Shard>>> = RefCell::default();
}

/// All shards of a hub.
pub(super) struct Shards {
    /// Unique in this process.
    hub: u64,
    senders: RwLock<Vec<UnboundedSender<Command>>>,
    /// Packets that wait for one connection at most.
    queue: usize,
    counters: Arc<Counters>,
}

impl Shards {
    pub(super) fn new(queue: usize, counters: Arc<Counters>) -> Self {
        static HUBS: AtomicU64 = AtomicU64::new(0);
        Self {
            hub: HUBS.fetch_add(1, Ordering::Relaxed),
            senders: RwLock::default(),
            queue,
            counters,
        }
    }

    /// The shard of the calling thread, which must be one of actix's workers; it begins to work
    /// when it is asked for first.
    pub(super) fn here(&self) -> Rc<Shard> {
        HERE.with_borrow_mut(|here| {
            if let Some(shard) = here.get(&self.hub).and_then(Weak::upgrade) {
                return shard;
            }
            let (shard, commands) = self.add();
            actix_web::rt::spawn(Rc::clone(&shard).run(commands));
            here.retain(|_, shard| shard.strong_count() > 0);
            here.insert(self.hub, Rc::downgrade(&shard));
            shard
        })
    }

    /// A new shard, and what it is told.
    pub(super) fn add(&self) -> (Rc<Shard>, UnboundedReceiver<Command>) {
        let (sender, commands) = unbounded_channel();
        let mut senders = self.senders.write().unwrap_or_else(PoisonError::into_inner);
        let id = ShardId(senders.len());
        senders.push(sender);
        (
            Rc::new(Shard::new(id, self.queue, Arc::clone(&self.counters))),
            commands,
        )
    }

    pub(super) fn send(&self, shard: ShardId, command: Command) {
        let senders = self.senders.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = senders.get(shard.0) {
            // A thread that has ended has no connections, either.
            let _ = sender.send(command);
        }
    }

    pub(super) fn send_to_all(&self, command: impl Fn() -> Command) {
        for sender in self.senders.read().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = sender.send(command());
        }
    }

    pub(super) fn send_all(&self, telling: &Telling) {
        self.send_to_all(|| Command::Tell(telling.clone()));
    }
}
