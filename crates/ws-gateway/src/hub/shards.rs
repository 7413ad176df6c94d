//! The way from the hub to its shards.

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use domain::{RoomId, UserId};
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::link::Handle;
use super::shard::{Command, Shard, ShardId, Telling};
use crate::stats::Counters;
use crate::transport::QueueLimits;

thread_local! {
    /// This thread's shard of each hub.
    static HERE: RefCell<HashMap<u64, Weak<Shard>>> = RefCell::default();
}

/// So many commands may wait for one shard; then publishers wait, see
/// [`caught_up`](Shards::caught_up).
pub(super) const BACKLOG: usize = 1024;

/// How much waits for one shard.
#[derive(Default)]
pub(super) struct Backlog {
    commands: AtomicUsize,
    /// Somebody waits until it is less.
    news: Arc<Notify>,
}

impl Backlog {
    fn add(&self) {
        self.commands.fetch_add(1, Ordering::Relaxed);
    }

    fn get(&self) -> usize {
        self.commands.load(Ordering::Relaxed)
    }

    /// So many commands were done.
    pub(super) fn done(&self, count: usize) {
        let before = self.commands.fetch_sub(count, Ordering::Relaxed);
        if before >= BACKLOG && before.saturating_sub(count) < BACKLOG {
            self.news.notify_waiters();
        }
    }

    /// The shard is gone, and nothing waits for it.
    pub(super) fn clear(&self) {
        self.commands.store(0, Ordering::Relaxed);
        self.news.notify_waiters();
    }
}

struct Line {
    sender: UnboundedSender<Command>,
    backlog: Arc<Backlog>,
    /// Somebody's connections: without any there is nobody to tell, nor to wait for.
    bound: AtomicUsize,
}

impl Line {
    fn is_heard(&self) -> bool {
        self.bound.load(Ordering::Relaxed) > 0
    }

    fn is_behind(&self) -> bool {
        self.is_heard() && self.backlog.get() >= BACKLOG
    }

    fn send(&self, command: Command) {
        self.backlog.add();
        // A thread that has ended has no connections, either.
        if self.sender.send(command).is_err() {
            self.backlog.clear();
        }
    }
}

/// All shards of a hub.
pub(super) struct Shards {
    /// Unique in this process.
    hub: u64,
    lines: RwLock<Vec<Line>>,
    /// A backlog has become less.
    news: Arc<Notify>,
    /// What waits for one connection at most.
    outbox: QueueLimits,
    counters: Arc<Counters>,
}

impl Shards {
    pub(super) fn new(outbox: QueueLimits, counters: Arc<Counters>) -> Self {
        static HUBS: AtomicU64 = AtomicU64::new(0);
        Self {
            hub: HUBS.fetch_add(1, Ordering::Relaxed),
            lines: RwLock::default(),
            news: Arc::default(),
            outbox,
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
        let backlog = Arc::new(Backlog {
            commands: AtomicUsize::new(0),
            news: Arc::clone(&self.news),
        });
        let mut lines = self.lines.write().unwrap_or_else(PoisonError::into_inner);
        let id = ShardId(lines.len());
        let shard = Shard::new(id, self.outbox, Arc::clone(&backlog), Arc::clone(&self.counters));
        lines.push(Line {
            sender,
            backlog,
            bound: AtomicUsize::new(0),
        });
        (Rc::new(shard), commands)
    }

    pub(super) fn send(&self, shard: ShardId, command: Command) {
        if let Some(line) = self.lines().get(shard.0) {
            line.send(command);
        }
    }

    /// A connection of that shard is somebody's.
    pub(super) fn bind(&self, user: UserId, handle: &Handle, rooms: Vec<RoomId>) {
        if let Some(line) = self.lines().get(handle.shard.0) {
            line.bound.fetch_add(1, Ordering::Relaxed);
            line.send(Command::Bind(user, handle.id, rooms));
        }
    }

    /// A connection of that shard is nobody's any more.
    pub(super) fn unbind(&self, user: UserId, handle: &Handle) {
        if let Some(line) = self.lines().get(handle.shard.0) {
            line.send(Command::Unbind(user, handle.id));
            if line.bound.fetch_sub(1, Ordering::Relaxed) == 1 {
                self.news.notify_waiters();
            }
        }
    }

    pub(super) fn send_to_all(&self, command: impl Fn() -> Command) {
        for line in self.lines().iter() {
            line.send(command());
        }
    }

    /// Tells something, where there is anybody. What may be left out is left out where much waits
    /// already.
    pub(super) fn tell(&self, telling: &Telling) {
        for line in self.lines().iter().filter(|line| line.is_heard()) {
            if telling.push.is_droppable && line.backlog.get() > BACKLOG / 2 {
                self.counters.dropped.add(1);
            } else {
                line.send(Command::Tell(telling.clone()));
            }
        }
    }

    /// What waits for the shard for which most waits.
    pub(super) fn waiting(&self) -> usize {
        let waiting = |line: &Line| line.backlog.get();
        self.lines().iter().map(waiting).max().unwrap_or_default()
    }

    /// Whether as much as [`BACKLOG`] waits for a shard with somebody's connections.
    pub(super) fn is_behind(&self) -> bool {
        self.lines().iter().any(Line::is_behind)
    }

    /// Waits until less than [`BACKLOG`] waits for every shard with somebody's connections.
    pub(super) async fn caught_up(&self) {
        loop {
            let mut news = pin!(self.news.notified());
            // From here on no news is missed.
            news.as_mut().enable();
            if !self.is_behind() {
                return;
            }
            news.await;
        }
    }

    fn lines(&self) -> RwLockReadGuard<'_, Vec<Line>> {
        self.lines.read().unwrap_or_else(PoisonError::into_inner)
    }
}
