//! What the writer knows of rooms without asking again.
//!
//! A SQLite file has one connection that writes ([`Database`](crate::Database)), so whoever holds
//! its transaction may keep what it found for the next one, as long as nobody else writes to
//! rooms and members in between. In this process that is told by [`Kept::forget`], which every
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
pub(crate) struct KnownRoom {
    pub(crate) state: RoomState,
    /// People who are members. Others may be members too.
    pub(crate) members: HashSet<UserId>,
}

/// What a transaction knows to be true.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The version of the data that it is true of; `None` when nothing is known.
    pub(crate) data_version: Option<i64>,
    /// The greatest id that a message ever had.
    pub(crate) last_message_id: Option<i64>,
    pub(crate) rooms: HashMap<RoomId, KnownRoom>,
    /// How many members were noted in all rooms, forgotten ones included.
    members: usize,
}

impl Known {
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
pub(crate) struct Kept(Mutex<Shelf>);

#[derive(Debug, Default)]
struct Shelf {
    known: Known,
    /// Counts how often everything was forgotten.
    forgotten: u64,
}

/// When something was taken, so that it is not put back after others have written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Receipt(u64);

impl Kept {
    /// Takes what is known, for a transaction that has begun.
    pub(crate) fn take(&self) -> (Known, Receipt) {
        let mut shelf = self.shelf();
        (std::mem::take(&mut shelf.known), Receipt(shelf.forgotten))
    }

    /// Keeps what a transaction knew at its end, after it was committed.
    pub(crate) fn put_back(&self, known: Known, receipt: Receipt) {
        let mut shelf = self.shelf();
        if shelf.forgotten == receipt.0 && !known.is_too_large() {
            shelf.known = known;
        }
    }

    /// Forgets everything: somebody is about to write to rooms and members, or might be.
    pub(crate) fn forget(&self) {
        let mut shelf = self.shelf();
        shelf.known = Known::default();
        shelf.forgotten += 1;
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_forgotten_meanwhile_is_not_put_back() {
        let kept = Kept::default();
        let (mut known, receipt) = kept.take();
        known.last_message_id = Some(7);
        kept.put_back(known, receipt);
        let (known, receipt) = kept.take();
        assert_eq!(known.last_message_id, Some(7));
        kept.forget();
        kept.put_back(known, receipt);
        assert_eq!(kept.take().0.last_message_id, None);
    }
}
