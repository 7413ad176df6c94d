//! One worker thread's part of the hub: it owns the connections that this thread accepted.
//!
//! What happens comes to a shard as commands, once per thread whatever the number of its
//! connections. A turn takes what has come, puts it into the outboxes, and then writes to each
//! connection that has anything to say once: alone, a push leaves at once; under load, one write
//! carries many.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use domain::{RoomId, UserId};
use metrics::Histogram;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::yield_now;

use super::link::Link;
use super::local::Local;
use super::shards::Backlog;
use crate::encode::Push;
use crate::stats::Counters;
use crate::transport::{Pushed, QueueLimits};

/// Most commands that are taken at once, unless the outboxes are small.
const COMMANDS_AT_ONCE: usize = 128;
/// So many pushes, or more by those of one command, are put into outboxes before the thread's other
/// tasks have their turn. They are not written yet: what a connection gets in one write costs
/// little more than a single push.
const PUSHES_AT_ONCE: u64 = 16 * 1024;
/// So many connections are written to before the thread's other tasks have their turn.
const WRITES_AT_ONCE: usize = 256;

/// Names a shard of a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ShardId(pub(crate) usize);

/// What a shard is told, in the order of what happened.
pub(crate) enum Command {
    /// A connection is a person's, who is in these rooms.
    Bind(UserId, u64, Vec<RoomId>),
    /// A connection is nobody's any more.
    Unbind(UserId, u64),
    /// A person is in these rooms.
    Enter(UserId, Arc<[RoomId]>),
    /// A person has left a room.
    Leave(UserId, RoomId),
    /// A room is no more.
    RemoveRoom(RoomId),
    /// Something is told.
    Tell(Telling),
}

/// Something that is told.
#[derive(Clone)]
pub(crate) struct Telling {
    pub(crate) whom: Whom,
    pub(crate) push: Push,
    /// Who is told something else instead.
    pub(crate) personal: Option<Arc<HashMap<UserId, Push>>>,
    /// When it was said: the time until it is written is measured.
    pub(crate) said_at: Instant,
}

impl Telling {
    /// Tells all of them the same, now.
    pub(crate) fn new(whom: Whom, push: Push) -> Self {
        Self {
            whom,
            push,
            personal: None,
            said_at: Instant::now(),
        }
    }
}

/// Who is told.
#[derive(Clone)]
pub(crate) enum Whom {
    /// These people.
    People(Arc<[UserId]>),
    /// The members of a room.
    Members(RoomId),
    /// The members of a room but for one.
    OtherMembers(RoomId, UserId),
    /// Everybody in any of these rooms but for one.
    Sharers(Arc<[RoomId]>, UserId),
}

/// One thread's part of the hub.
pub(crate) struct Shard {
    pub(crate) id: ShardId,
    local: RefCell<Local>,
    /// Those that are written at the end of the turn.
    listed: RefCell<Vec<Rc<Link>>>,
    waker: Cell<Option<Waker>>,
    /// When the oldest of what is not written yet was said.
    unwritten_since: Cell<Option<Instant>>,
    /// How long that takes, once for each time of writing.
    fanout: Histogram,
    /// Most commands of one turn.
    at_once: usize,
    /// Most bytes that one turn puts into any outbox, or those of one push.
    bytes_at_once: usize,
    backlog: Arc<Backlog>,
    counters: Arc<Counters>,
}

impl Shard {
    /// A shard whose connections have outboxes with these bounds. A turn puts in much less than
    /// that, so that nobody is slow who was not before it.
    pub(super) fn new(id: ShardId, outbox: QueueLimits, backlog: Arc<Backlog>, counters: Arc<Counters>) -> Self {
        Self {
            id,
            at_once: (outbox.packets / 4).clamp(1, COMMANDS_AT_ONCE),
            bytes_at_once: outbox.bytes / 4,
            local: RefCell::default(),
            listed: RefCell::default(),
            waker: Cell::default(),
            unwritten_since: Cell::default(),
            fanout: metrics::histogram!("banter_fanout_seconds"),
            backlog,
            counters,
        }
    }

    /// Adds a connection that is nobody's yet.
    pub(crate) fn open(&self, link: &Rc<Link>) {
        self.local.borrow_mut().open(link);
    }

    /// Takes a connection out.
    pub(crate) fn close(&self, link: &Link) {
        self.local.borrow_mut().close(link.handle.id);
    }

    /// Writes to a connection at the end of the turn.
    pub(crate) fn write_soon(&self, link: &Rc<Link>) {
        if link.is_written_elsewhere {
            return;
        }
        self.list(link);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Works for ever: until the hub is gone.
    pub(super) async fn run(self: Rc<Self>, mut commands: UnboundedReceiver<Command>) {
        let mut batch = Vec::new();
        while poll_fn(|context| self.poll_turn(context, &mut commands, &mut batch)).await {
            let mut commands = batch.drain(..).peekable();
            loop {
                let mut bytes = 0;
                loop {
                    self.apply_safely(&mut commands, &mut bytes);
                    // The answer to whoever said it is about to be ready, and leaves in the same write.
                    yield_now().await;
                    if bytes > self.bytes_at_once || commands.peek().is_none() {
                        break;
                    }
                }
                self.write().await;
                if commands.peek().is_none() {
                    break;
                }
            }
        }
    }

    /// Ready with true when there is something to do.
    fn poll_turn(
        &self,
        context: &mut Context<'_>,
        commands: &mut UnboundedReceiver<Command>,
        batch: &mut Vec<Command>,
    ) -> Poll<bool> {
        let received = commands.poll_recv_many(context, batch, self.at_once);
        if received == Poll::Ready(0) {
            return Poll::Ready(false);
        }
        if received.is_ready() || !self.listed.borrow().is_empty() {
            return Poll::Ready(true);
        }
        self.waker.set(Some(context.waker().clone()));
        Poll::Pending
    }

    /// Does what was told. A command that panics costs itself, not the thread's connections.
    fn apply_safely(&self, commands: &mut impl Iterator<Item = Command>, bytes: &mut usize) {
        if catch_unwind(AssertUnwindSafe(|| self.apply(commands, bytes))).is_err() {
            self.counters.panics.add(1);
            tracing::error!("a shard panicked over what it was told");
        }
    }

    /// Does what was told, as much of it as may be done before others have their turn, and as the
    /// outboxes may take: `bytes` counts what was put in since the last write.
    pub(super) fn apply(&self, commands: &mut impl Iterator<Item = Command>, bytes: &mut usize) {
        let mut local = self.local.borrow_mut();
        let mut pushes = 0;
        while pushes < PUSHES_AT_ONCE && *bytes <= self.bytes_at_once {
            let Some(command) = commands.next() else { return };
            self.backlog.done(1);
            match command {
                Command::Bind(user, connection, rooms) => local.bind(user, connection, rooms),
                Command::Unbind(user, connection) => local.unbind(user, connection),
                Command::Enter(user, rooms) => local.enter(user, rooms.iter().copied()),
                Command::Leave(user, room) => local.leave(user, room),
                Command::RemoveRoom(room) => local.remove_room(room),
                Command::Tell(telling) => {
                    let since = self.unwritten_since.get().unwrap_or(telling.said_at);
                    self.unwritten_since.set(Some(since));
                    pushes += self.tell(&local, &telling);
                    // Nobody is told one thing twice.
                    *bytes += telling.push.bytes();
                }
            }
        }
    }

    /// Puts it into outboxes; says into how many.
    fn tell(&self, local: &Local, telling: &Telling) -> u64 {
        let mut told = Told::default();
        match &telling.whom {
            Whom::People(people) => {
                for user in people.iter() {
                    self.push(*user, local.links_of(*user), telling, &mut told);
                }
            }
            Whom::Members(room) => {
                for (user, links) in local.members(*room) {
                    self.push(user, links, telling, &mut told);
                }
            }
            Whom::OtherMembers(room, but) => {
                for (user, links) in local.members(*room).filter(|(user, _)| user != but) {
                    self.push(user, links, telling, &mut told);
                }
            }
            Whom::Sharers(rooms, but) => {
                let mut seen = HashSet::from([*but]);
                for (user, links) in rooms.iter().flat_map(|room| local.members(*room)) {
                    if seen.insert(user) {
                        self.push(user, links, telling, &mut told);
                    }
                }
            }
        }
        self.counters.pushes.add(told.queued);
        self.counters.dropped.add(told.dropped);
        self.counters.slow.add(told.overflowed);
        told.queued
    }

    fn push(&self, user: UserId, links: &[Rc<Link>], telling: &Telling, told: &mut Told) {
        let personal = telling.personal.as_ref().and_then(|personal| personal.get(&user));
        let push = personal.unwrap_or(&telling.push);
        for link in links {
            let Some(packet) = push.packet_for(link.handle.form()) else {
                continue;
            };
            match link.handle.outbox.push(packet, push.is_droppable) {
                Pushed::Queued => {
                    told.queued += 1;
                    self.list(link);
                }
                Pushed::Dropped => told.dropped += 1,
                Pushed::Overflowed => told.overflowed += 1,
                Pushed::Closed => {}
            }
        }
    }

    fn list(&self, link: &Rc<Link>) {
        if !link.is_written_elsewhere && !link.is_listed.replace(true) {
            self.listed.borrow_mut().push(Rc::clone(link));
        }
    }

    /// Writes to every connection that has something to say.
    pub(super) async fn write(&self) {
        let mut listed = self.listed.take();
        for (count, link) in listed.drain(..).enumerate() {
            if count > 0 && count.is_multiple_of(WRITES_AT_ONCE) {
                yield_now().await;
            }
            link.is_listed.set(false);
            if !link.is_blocked() {
                link.write();
            }
        }
        if let Some(since) = self.unwritten_since.take() {
            self.fanout.record(since.elapsed());
        }
        // The next turn needs no new list, unless one was begun meanwhile.
        let mut next = self.listed.borrow_mut();
        if next.is_empty() {
            *next = listed;
        }
    }
}

impl Drop for Shard {
    fn drop(&mut self) {
        self.backlog.clear();
    }
}

/// What became of a push.
#[derive(Default)]
struct Told {
    queued: u64,
    dropped: u64,
    overflowed: u64,
}
