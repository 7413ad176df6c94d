//! Tests of the in-process broker that need words on memberships.

use super::*;
use crate::memberships::tests::{ALICE, BOB, ROOM, added, removed, words};

/// Remembers who came and went.
#[derive(Default)]
struct Doorman(Mutex<Vec<String>>);

impl Listener for Doorman {
    fn on_event(&self, event: &Arc<Event>) {
        self.0.lock().unwrap().push(words(event));
    }
}

#[test]
fn who_left_a_new_room_before_it_was_told_does_not_come_in_again() {
    let broker = InProcessBroker::new();
    let doorman = Arc::new(Doorman::default());
    broker.attach(doorman.clone());
    let carol = domain::UserId(3);
    for event in [
        removed(1, BOB),
        added(0, &[ALICE, BOB]),
        added(2, &[BOB]),
        Arc::new(Event::RoomDeleted { room_id: ROOM }),
        added(3, &[carol]),
    ] {
        broker.publish(Arc::unwrap_or_clone(event));
    }
    assert_eq!(*doorman.0.lock().unwrap(), ["-2", "+1", "+2", "gone"]);
}
