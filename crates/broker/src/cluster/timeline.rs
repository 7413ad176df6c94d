//! What this node has told of each room, so that nothing is told twice, too early or never.
//!
//! Several nodes write into one room, so their news may come in another order than that of the
//! log, or not at all. In a room that somebody here follows, a message is told only when all
//! changes before it were; until then it is held back. Whoever reads the database fills the hole.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use domain::message::MessageDetail;
use domain::port::{MembershipChange, RoomPosition};
use domain::{Event, RoomId};

use crate::memberships::Memberships;

/// Messages of one room that are held back; with more the database is quicker.
const HELD_MAX: usize = 256;

/// What was told.
#[derive(Default)]
pub(super) struct Timeline {
    rooms: HashMap<RoomId, Room>,
    memberships: Memberships,
}

struct Room {
    /// True once somebody here was told where the room stands.
    is_followed: bool,
    /// True until the next look at who is still connected.
    is_fresh: bool,
    /// From this rev on everything was told: while the room is not followed, the first rev that
    /// was; then the one from which it was followed.
    first: i64,
    seq: i64,
    rev: i64,
    held: BTreeMap<i64, Arc<Event>>,
}

/// What is to be done with an event.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// These are told now, in this order.
    pub(super) tell: Vec<Arc<Event>>,
    /// In this room a change before that rev is missing.
    pub(super) gap: Option<(RoomId, i64)>,
}

impl Timeline {
    /// Takes an event of this node or of another one.
    pub(super) fn take(&mut self, event: Arc<Event>, now: Instant) -> Verdict {
        match &*event {
            Event::MessageStored(detail) | Event::MessageChanged(detail) => {
                let (room, rev, seq) = (detail.message.room_id, detail.message.rev, detail.message.seq);
                let mut verdict = self.take_message(room, rev, seq, event);
                verdict.tell = self.memberships.before(verdict.tell, now);
                return verdict;
            }
            Event::RoomDeleted { room_id } => {
                self.rooms.remove(room_id);
            }
            _ => {}
        }
        Verdict {
            tell: self.memberships.take(event, now).into_iter().collect(),
            gap: None,
        }
    }

    fn take_message(&mut self, id: RoomId, rev: i64, seq: i64, event: Arc<Event>) -> Verdict {
        let room = self.rooms.entry(id).or_insert(Room {
            is_followed: false,
            is_fresh: true,
            first: rev,
            seq: 0,
            rev: rev - 1,
            held: BTreeMap::new(),
        });
        if !room.is_followed {
            if rev != room.rev + 1 {
                room.first = rev;
            }
            (room.rev, room.seq) = (rev, room.seq.max(seq));
            return Verdict {
                tell: vec![event],
                gap: None,
            };
        }
        if rev <= room.rev {
            return Verdict::default();
        }
        room.held.insert(rev, event);
        let tell = room.release();
        let is_behind = !room.held.is_empty();
        if room.held.len() > HELD_MAX {
            room.held.clear();
        }
        Verdict {
            tell,
            gap: is_behind.then_some((id, rev)),
        }
    }

    /// Hears that a room stands at that rev. True when something before it is missing here.
    pub(super) fn is_behind(&self, id: RoomId, rev: i64) -> bool {
        self.rooms
            .get(&id)
            .is_some_and(|room| room.is_followed && room.rev < rev)
    }

    /// Takes what was read of a room beyond its rev: by rising rev, complete up to the last.
    pub(super) fn heal(&mut self, id: RoomId, details: Vec<Arc<MessageDetail>>, now: Instant) -> Vec<Arc<Event>> {
        let Some(room) = self.rooms.get_mut(&id) else {
            return Vec::new();
        };
        let mut tell = Vec::new();
        for detail in details {
            let (seq, rev) = (detail.message.seq, detail.message.rev);
            if rev <= room.rev {
                continue;
            }
            // What was held back of this rev or before is in the database's word, or overtaken.
            room.held = room.held.split_off(&(rev + 1));
            tell.push(Arc::new(if seq > room.seq {
                Event::MessageStored(detail)
            } else {
                Event::MessageChanged(detail)
            }));
            (room.rev, room.seq) = (rev, room.seq.max(seq));
        }
        tell.append(&mut room.release());
        self.memberships.before(tell, now)
    }

    /// Follows rooms from where they stand. False when one of them is followed from a later rev.
    pub(super) fn follow_all(&mut self, positions: &[RoomPosition]) -> bool {
        // Each of them is followed, whatever the others say.
        let late = positions.iter().filter(|position| !self.follow(**position)).count();
        late == 0
    }

    /// Follows a room from where it stands, unless it is followed already. False when it is
    /// followed from a later rev.
    pub(super) fn follow(&mut self, position: RoomPosition) -> bool {
        let room = self.rooms.entry(position.room_id).or_insert(Room {
            is_followed: false,
            is_fresh: true,
            first: i64::MAX,
            seq: position.seq,
            rev: position.rev,
            held: BTreeMap::new(),
        });
        room.is_fresh = true;
        if room.is_followed {
            return room.first <= position.rev;
        }
        room.is_followed = true;
        // Of what was heard, all may be changes of messages that are older than the newest one.
        room.seq = room.seq.max(position.seq);
        let has_heard_all_since = room.rev > position.rev && room.first <= position.rev + 1;
        if !has_heard_all_since {
            (room.seq, room.rev) = (position.seq, position.rev);
        }
        room.first = position.rev;
        true
    }

    /// The rooms that are followed, with the rev up to which everything was told.
    pub(super) fn followed(&self) -> Vec<(RoomId, i64)> {
        let followed = self.rooms.iter().filter(|(_, room)| room.is_followed);
        followed.map(|(id, room)| (*id, room.rev)).collect()
    }

    /// Forgets all rooms but these, and those that are new since the last call.
    pub(super) fn keep(&mut self, live: &HashSet<RoomId>, now: Instant) {
        self.rooms
            .retain(|id, room| std::mem::take(&mut room.is_fresh) || live.contains(id));
        self.memberships.forget(now);
    }

    /// Whether that change, or a newer one of the same membership, was told.
    pub(super) fn knows(&self, change: &MembershipChange) -> bool {
        self.memberships.knows(change)
    }
}

impl Room {
    /// Takes out what needs not be held back any more.
    fn release(&mut self) -> Vec<Arc<Event>> {
        let mut tell = Vec::new();
        while let Some(event) = self.held.remove(&(self.rev + 1)) {
            self.rev += 1;
            if let Event::MessageStored(detail) = &*event {
                self.seq = self.seq.max(detail.message.seq);
            }
            tell.push(event);
        }
        tell
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
