//! The cache of rooms: what the writer knows of them without asking again.
//!
//! A SQLite file has one connection that writes ([`Database`](crate::Database)), so whoever holds
//! its transaction may keep what it found for the next one, as long as nobody else writes to
//! rooms and members in between. In this process that is told by [`RoomCache::invalidate`], which every
//! other write transaction calls; of another process, such as the command line, SQLite tells by
//! `data_version`. MySQL has other nodes behind it, and so nothing is kept there.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{RoomId, UserId};

/// Most rooms that are kept. With more, all are read again.
const ROOMS_MAX: usize = 16_384;
/// Most members that are kept, of all rooms together.
const MEMBERS_MAX: usize = 262_144;

/// The counters and properties of a room that its log needs.
#[derive(Debug, Clone)]
pub(crate) struct RoomState {
    pub(crate) last_seq: i64,
    pub(crate) last_rev: i64,
    pub(crate) member_count: i64,
    pub(crate) is_read_only: bool,
    pub(crate) updated_at: i64,
    pub(crate) is_changed: bool,
}

/// A room as it stands in the database.
#[derive(Debug, Clone)]
pub(crate) struct CachedRoom {
    pub(crate) state: RoomState,
    /// People who are members. Others may be members too.
    pub(crate) members: HashSet<UserId>,
}

/// What a transaction knows to be true.
#[derive(Debug, Default)]
pub(crate) struct CachedRooms {
    /// The version of the data that it is true of; `None` when nothing is known.
    pub(crate) data_version: Option<i64>,
    /// The greatest id that a message ever had.
    pub(crate) last_message_id: Option<i64>,
    pub(crate) rooms: HashMap<RoomId, CachedRoom>,
    /// How many members were noted in all rooms, forgotten ones included.
    members: usize,
}

impl CachedRooms {
    /// Nothing yet, but of which version of the data.
    pub(crate) fn of(data_version: Option<i64>) -> Self {
        Self {
            data_version,
            ..Self::default()
        }
    }

    /// True when that person is known to be a member.
    pub(crate) fn is_member(&self, room: RoomId, user: UserId) -> bool {
        self.rooms.get(&room).is_some_and(|room| room.members.contains(&user))
    }

    /// Notes a member of a known room.
    pub(crate) fn note_member(&mut self, room: RoomId, user: UserId) {
        if let Some(room) = self.rooms.get_mut(&room)
            && room.members.insert(user)
        {
            self.members += 1;
        }
    }

    fn is_too_large(&self) -> bool {
        self.rooms.len() > ROOMS_MAX || self.members > MEMBERS_MAX
    }
}

/// What is kept between transactions.
#[derive(Debug, Default)]
pub(crate) struct RoomCache(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    rooms: CachedRooms,
    generation: Generation,
}

/// How often everything was forgotten before something was taken, so that it is not put back
/// after others have written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Generation(u64);

impl RoomCache {
    /// Takes what is known, for a transaction that has begun.
    pub(crate) fn take(&self) -> (CachedRooms, Generation) {
        let mut inner = self.inner();
        (std::mem::take(&mut inner.rooms), inner.generation)
    }

    /// Keeps what a transaction knew at its end, after it was committed.
    pub(crate) fn put_back(&self, rooms: CachedRooms, taken_in: Generation) {
        let mut inner = self.inner();
        if inner.generation == taken_in && !rooms.is_too_large() {
            inner.rooms = rooms;
        }
    }

    /// Forgets everything: somebody is about to write to rooms and members, or might be.
    pub(crate) fn invalidate(&self) {
        let mut inner = self.inner();
        inner.rooms = CachedRooms::default();
        inner.generation.0 += 1;
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_forgotten_meanwhile_is_not_put_back() {
        let cache = RoomCache::default();
        let (mut rooms, generation) = cache.take();
        rooms.last_message_id = Some(7);
        cache.put_back(rooms, generation);
        let (rooms, generation) = cache.take();
        assert_eq!(rooms.last_message_id, Some(7));
        cache.invalidate();
        cache.put_back(rooms, generation);
        assert_eq!(cache.take().0.last_message_id, None);
    }
}
