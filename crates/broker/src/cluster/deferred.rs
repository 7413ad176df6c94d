//! Events that are told once there is less to do: for each key only the newest.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{Event, RoomId, UserId};

/// Most events that wait.
const DEFERRED_MAX: usize = 8192;

#[derive(Default)]
pub(super) struct Deferred(HashMap<Key, Event>);

/// What an event is about: a newer one about the same takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    ReadMark(RoomId, UserId),
    Profile(UserId),
}

impl Deferred {
    /// Whether an older event about the same waits.
    pub(super) fn holds(&self, event: &Event) -> bool {
        key(event).is_some_and(|key| self.0.contains_key(&key))
    }

    /// Keeps the newest event. False when there is no room for it.
    pub(super) fn put(&mut self, event: Event) -> bool {
        let Some(key) = key(&event) else { return false };
        let is_full = self.0.len() >= DEFERRED_MAX;
        match self.0.entry(key) {
            Entry::Occupied(mut kept) => {
                if !is_older(&event, kept.get()) {
                    kept.insert(event);
                }
                true
            }
            Entry::Vacant(_) if is_full => false,
            Entry::Vacant(place) => {
                place.insert(event);
                true
            }
        }
    }

    /// All that waits.
    pub(super) fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.0).into_values().collect()
    }
}

fn key(event: &Event) -> Option<Key> {
    match event {
        Event::Read { room_id, user_id, .. } => Some(Key::ReadMark(*room_id, *user_id)),
        Event::UserChanged(person) => Some(Key::Profile(person.user.id)),
        _ => None,
    }
}

/// Read marks never go back, in whatever order they are heard.
fn is_older(event: &Event, kept: &Event) -> bool {
    match (event, kept) {
        (Event::Read { read_seq, .. }, Event::Read { read_seq: kept, .. }) => read_seq < kept,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(user: i64, read_seq: i64) -> Event {
        Event::Read {
            room_id: RoomId(1),
            user_id: UserId(user),
            read_seq,
        }
    }

    #[test]
    fn the_newest_event_of_each_key_waits_and_no_more_than_fit() {
        let mut deferred = Deferred::default();
        for seq in [4, 9, 7] {
            assert!(deferred.put(read(1, seq)));
        }
        assert!(deferred.holds(&read(1, 1)) && !deferred.holds(&read(2, 1)));
        let taken = deferred.take();
        assert!(matches!(taken[..], [Event::Read { read_seq: 9, .. }]), "{taken:?}");
        let kept = (0..20_000).filter(|user| deferred.put(read(*user, 1))).count();
        assert_eq!(kept, DEFERRED_MAX);
        assert!(deferred.put(read(0, 2)), "what waits already is renewed");
        let room_id = RoomId(1);
        assert!(!deferred.put(Event::RoomChanged { room_id }));
    }
}
