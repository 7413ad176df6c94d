//! What is told once there is less to do: of each thing only its newest word.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::{Event, RoomId, UserId};

/// Most things of which there is a word to tell.
const THINGS_MAX: usize = 8192;

#[derive(Default)]
pub(super) struct Later(HashMap<Thing, Event>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Thing {
    ReadMark(RoomId, UserId),
    Profile(UserId),
}

impl Later {
    /// Whether an older word on the same thing waits.
    pub(super) fn holds(&self, event: &Event) -> bool {
        thing(event).is_some_and(|thing| self.0.contains_key(&thing))
    }

    /// Keeps the newest word. False when there is no room for it.
    pub(super) fn put(&mut self, event: Event) -> bool {
        let Some(thing) = thing(&event) else { return false };
        let is_full = self.0.len() >= THINGS_MAX;
        match self.0.entry(thing) {
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

fn thing(event: &Event) -> Option<Thing> {
    match event {
        Event::Read { room_id, user_id, .. } => Some(Thing::ReadMark(*room_id, *user_id)),
        Event::UserChanged(person) => Some(Thing::Profile(person.user.id)),
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
    fn the_newest_word_on_each_thing_waits_and_no_more_than_fit() {
        let mut later = Later::default();
        for seq in [4, 9, 7] {
            assert!(later.put(read(1, seq)));
        }
        assert!(later.holds(&read(1, 1)) && !later.holds(&read(2, 1)));
        let taken = later.take();
        assert!(matches!(taken[..], [Event::Read { read_seq: 9, .. }]), "{taken:?}");
        let kept = (0..20_000).filter(|user| later.put(read(*user, 1))).count();
        assert_eq!(kept, THINGS_MAX);
        assert!(later.put(read(0, 2)), "what waits already is renewed");
        let room_id = RoomId(1);
        assert!(!later.put(Event::RoomChanged { room_id }));
    }
}
