//! The hub: who is connected to this node, which rooms they are in, and what they are told.
//!
//! Events come from the broker, inside the publisher's call, in the order in which their changes
//! became durable. The hub encodes each once and hands it to its shards, one per worker thread
//! ([`shard`]), which put the same bytes into the outboxes of those who may hear of it; it never
//! waits. What needs the database (a room as each member sees it) is left to a task behind it.
//!
//! The index says who is connected, where, and in which rooms; the shards follow it, since every
//! change of it that concerns them is told to them before the lock is given back.

mod deliver;
mod index;
mod link;
mod local;
mod lookups;
mod messages;
mod shard;
mod shards;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::port::{Audience, Listener};
use domain::user::Person;
use domain::{Event, RoomId, SessionId, UserId};
use tokio::time::Instant;
use wire::push::{OnMembers, OnNewUser};

use crate::encode::{self, Push};
use crate::ending::Ending;
use crate::stats::Counters;
use crate::transport::{Pushed, QueueLimits};
pub(crate) use index::Forms;
use index::Index;
pub(crate) use index::{Refused, Registered, TYPING_TIMEOUT};
pub(crate) use link::{Handle, Link};
use lookups::Lookups;
pub(crate) use lookups::look_up_for_ever;
pub(crate) use shard::Shard;
use shard::{Command, Telling, Whom};
use shards::Shards;

/// Who is connected, and who hears what.
pub(crate) struct Hub {
    index: Mutex<Index>,
    shards: Shards,
    lookups: Lookups,
    counters: Arc<Counters>,
}

impl Hub {
    /// A hub for people with so many connections each at most, and connections with such outboxes.
    pub(crate) fn new(connections_per_user: usize, outbox: QueueLimits, counters: Arc<Counters>) -> Self {
        Self {
            index: Mutex::new(Index::new(connections_per_user)),
            shards: Shards::new(outbox, Arc::clone(&counters)),
            lookups: Lookups::default(),
            counters,
        }
    }

    /// Adds a connection to a person. From now on it hears what is told to the person; their
    /// rooms count once they are [`loaded`](Self::loaded).
    pub(crate) fn register(
        &self,
        user: UserId,
        session: SessionId,
        handle: &Arc<Handle>,
    ) -> Result<Registered, Refused> {
        let mut index = self.index();
        let registered = index.register(user, session, handle, Instant::now())?;
        let rooms = index.rooms_of(user).into_iter().flatten().collect();
        self.shards.bind(user, handle, rooms);
        self.counters.signed_in.add(1);
        Ok(registered)
    }

    /// The part of the hub that belongs to the calling worker thread.
    pub(crate) fn shard_here(&self) -> Rc<Shard> {
        self.shards.here()
    }

    /// Notes that a connection goes on under another session of the same person.
    pub(crate) fn renew(&self, user: UserId, session: SessionId, handle: &Handle) -> Result<(), Refused> {
        self.index().renew(user, session, handle, Instant::now())
    }

    /// The rooms of a person, as they were read after the registration; what happened
    /// meanwhile is known better here.
    pub(crate) fn loaded(&self, user: UserId, generation: u64, rooms: Vec<RoomId>) {
        let mut index = self.index();
        if let Some(rooms) = index.loaded(user, generation, rooms) {
            self.command(&index, user, || Command::Enter(user, Arc::clone(&rooms)));
        }
    }

    /// Takes a connection out.
    pub(crate) fn unregister(&self, user: UserId, handle: &Handle) {
        let mut index = self.index();
        if index.unregister(user, handle) {
            self.shards.unbind(user, handle);
            self.counters.signed_in.subtract(1);
        }
    }

    /// Whether a typing mark counts: the first one, then at most one a second per person and room.
    pub(crate) fn typing_counts(&self, user: UserId, room: RoomId, on: bool) -> bool {
        self.index()
            .typing(user)
            .is_some_and(|typing| typing.counts(room, on, Instant::now()))
    }

    /// Whether a typing mark has run out, and forgets it then.
    pub(crate) fn typing_ran_out(&self, user: UserId, room: RoomId) -> bool {
        self.index()
            .typing(user)
            .is_some_and(|typing| typing.ran_out(room, Instant::now()))
    }

    /// Tells the members of a room who are connected that somebody has come in, but for
    /// themselves.
    pub(crate) fn announce(&self, room: RoomId, person: &Person) {
        let body = OnNewUser {
            room_id: room.0,
            user: person.into(),
            content: format!("New user: {}", person.user.name.as_str()),
        };
        let push = encode::push("onNewUser", &body);
        self.tell(&self.index(), Whom::OtherMembers(room, person.user.id), push);
    }

    /// Tells one connection of the calling thread who is in the room that it has come into.
    pub(crate) fn tell_members(&self, handle: &Handle, room: RoomId, members: &[UserId]) {
        let body = OnMembers {
            room_id: room.0,
            members: members.iter().map(ToString::to_string).collect(),
        };
        let push = encode::push("onMembers", &body);
        if let Some(packet) = push.and_then(|push| push.packet) {
            match handle.outbox.push(&packet, false) {
                Pushed::Queued => self.counters.pushes.add(1),
                Pushed::Overflowed => self.counters.slow.add(1),
                Pushed::Dropped | Pushed::Closed => {}
            }
        }
    }

    /// What waits for the worker thread for which most waits.
    pub(crate) fn waiting(&self) -> u64 {
        self.shards.waiting() as u64
    }

    /// Tells something to those who are connected. Whoever calls it holds the index, so that what
    /// is told and who is where come to the shards in one order.
    fn tell(&self, _: &Index, whom: Whom, push: Option<Push>) {
        if let Some(push) = push {
            self.shards.tell(&Telling::new(whom, push));
        }
    }

    fn tell_user(&self, index: &Index, user: UserId, push: Option<Push>) {
        let Some(push) = push else { return };
        let telling = Telling::new(Whom::People(Arc::new([user])), push);
        self.command(index, user, || Command::Tell(telling.clone()));
    }

    /// Tells the shards that own connections of a person what to do.
    fn command(&self, index: &Index, user: UserId, command: impl Fn() -> Command) {
        for shard in index.shards_of(user) {
            self.shards.send(shard, command());
        }
    }

    fn end_sessions(&self, user: UserId, sessions: &[SessionId], ending: Ending) {
        let mut index = self.index();
        index.remember_revoked(sessions, Instant::now());
        for handle in index.handles_of_sessions(user, sessions) {
            handle.outbox.end(ending);
            self.counters.ended.add(1);
        }
    }

    /// Nothing in the index panics between a change's begin and end, so it is whole in any case.
    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Audience for Hub {
    fn rooms(&self) -> HashSet<RoomId> {
        self.index().rooms()
    }

    fn sessions(&self) -> Vec<(UserId, SessionId)> {
        self.index().sessions()
    }
}

#[async_trait]
impl Listener for Hub {
    fn on_event(&self, event: &Arc<Event>) {
        self.deliver(event);
    }

    fn is_behind(&self) -> bool {
        self.shards.is_behind()
    }

    async fn caught_up(&self) {
        self.shards.caught_up().await;
    }
}
