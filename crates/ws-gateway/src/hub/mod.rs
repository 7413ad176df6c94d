//! The hub: who is connected to this node, which rooms they are in, and what they are told.
//!
//! Events come from the broker, inside the publisher's call, in the order in which their changes
//! became durable. The hub looks up who may hear of one and puts the same bytes into their
//! outboxes; it never waits. What needs the database (a room as each member sees it) is left to
//! a task behind it.

mod deliver;
mod index;
mod lookups;
mod messages;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::message::Person;
use domain::port::{Audience, Listener};
use domain::{Event, RoomId, SessionId, UserId};
use tokio::time::Instant;
use wire::push::{OnMembers, OnNewUser};

use crate::encode::{self, Push};
use crate::ending::Ending;
use crate::stats::Counters;
use crate::transport::{Outbox, Pushed};
use index::Index;
pub(crate) use index::{Refused, Registered, TYPING_TIMEOUT};
use lookups::Lookups;
pub(crate) use lookups::look_up_for_ever;

/// What the hub and a connection share.
pub(crate) struct Handle {
    /// Unique in this process.
    pub(crate) id: u64,
    /// What waits to be written.
    pub(crate) outbox: Outbox,
}

/// Who is connected, and who hears what.
pub(crate) struct Hub {
    index: Mutex<Index>,
    lookups: Lookups,
    counters: Arc<Counters>,
}

impl Hub {
    pub(crate) fn new(connections_per_user: usize, counters: Arc<Counters>) -> Self {
        Self {
            index: Mutex::new(Index::new(connections_per_user)),
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
        let registered = self.index().register(user, session, handle, Instant::now())?;
        self.counters.bound.add(1);
        Ok(registered)
    }

    /// Notes that a connection goes on under another session of the same person.
    pub(crate) fn renew(&self, user: UserId, session: SessionId, handle: &Handle) -> Result<(), Refused> {
        self.index().renew(user, session, handle, Instant::now())
    }

    /// The rooms of a person, as they were read after the registration; what happened
    /// meanwhile is known better here.
    pub(crate) fn loaded(&self, user: UserId, generation: u64, rooms: Vec<RoomId>) {
        self.index().loaded(user, generation, rooms);
    }

    /// Takes a connection out.
    pub(crate) fn unregister(&self, user: UserId, handle: &Handle) {
        if self.index().unregister(user, handle) {
            self.counters.bound.subtract(1);
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
        if let Some(push) = encode::push("onNewUser", &body) {
            let index = self.index();
            let others = index.online_in(room).filter(|user| *user != person.user.id);
            self.tell_all(&index, others, &push);
        }
    }

    /// Tells one connection who is in the room that it has come into.
    pub(crate) fn tell_members(&self, handle: &Handle, room: RoomId, members: &[UserId]) {
        let body = OnMembers {
            room_id: room.0,
            members: members.iter().map(ToString::to_string).collect(),
        };
        if let Some(push) = encode::push("onMembers", &body) {
            self.tell(handle, &push);
        }
    }

    /// Hands a push to one connection.
    pub(crate) fn tell(&self, handle: &Handle, push: &Push) {
        match handle.outbox.push(&push.packet, push.is_droppable) {
            Pushed::Queued => self.counters.pushes.add(1),
            Pushed::Dropped => self.counters.dropped.add(1),
            Pushed::Overflowed => self.counters.slow.add(1),
            Pushed::Closed => {}
        }
    }

    fn tell_all(&self, index: &Index, users: impl Iterator<Item = UserId>, push: &Push) {
        for user in users {
            for handle in index.handles_of(user) {
                self.tell(handle, push);
            }
        }
    }

    fn tell_user(&self, index: &Index, user: UserId, push: Option<Push>) {
        if let Some(push) = push {
            self.tell_all(index, std::iter::once(user), &push);
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

impl Listener for Hub {
    fn on_event(&self, event: &Arc<Event>) {
        self.deliver(event);
    }
}
