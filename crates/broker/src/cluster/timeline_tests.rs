//! Tests of a room's timeline: changes are told in order, and holes are noticed and filled.

use super::*;
use crate::cluster::testing::{ROOM, detail};

fn stored(number: i64) -> Arc<Event> {
    Arc::new(Event::MessageStored(detail(number, number)))
}

fn position(seq: i64, rev: i64) -> RoomPosition {
    RoomPosition {
        room_id: ROOM,
        seq,
        rev,
    }
}

/// `new 3` or `changed 3` for each event.
fn words(events: &[Arc<Event>]) -> Vec<String> {
    let word = |event: &Arc<Event>| match &**event {
        Event::MessageStored(detail) => format!("new {}", detail.message.rev),
        Event::MessageChanged(detail) => format!("changed {}", detail.message.rev),
        other => format!("{other:?}"),
    };
    events.iter().map(word).collect()
}

fn following(rev: i64) -> Timeline {
    let mut timeline = Timeline::default();
    timeline.follow(position(rev, rev));
    timeline
}

fn take(timeline: &mut Timeline, number: i64) -> (Vec<String>, Option<(RoomId, i64)>) {
    let verdict = timeline.take(stored(number), Instant::now());
    (words(&verdict.tell), verdict.gap)
}

#[test]
fn changes_are_told_in_order_however_they_arrive() {
    let mut timeline = following(4);
    assert_eq!(take(&mut timeline, 5), (vec!["new 5".to_owned()], None));
    assert_eq!(take(&mut timeline, 8), (vec![], Some((ROOM, 8))));
    assert_eq!(take(&mut timeline, 7), (vec![], Some((ROOM, 7))));
    assert!(timeline.is_behind(ROOM, 8));
    let (told, gap) = take(&mut timeline, 6);
    assert_eq!(
        (told, gap),
        (vec!["new 6".into(), "new 7".into(), "new 8".into()], None)
    );
    assert!(!timeline.is_behind(ROOM, 8));
    for number in [1, 5, 8] {
        assert_eq!(take(&mut timeline, number), (vec![], None), "nothing is told twice");
    }
}

#[test]
fn whoever_read_a_room_before_it_was_followed_must_read_again() {
    let mut timeline = following(4);
    take(&mut timeline, 5);
    assert!(!timeline.follow(position(3, 3)), "nobody here heard of 4");
    assert!(timeline.follow(position(4, 4)), "5 was told");
    assert!(timeline.follow(position(9, 9)), "what is missing is held back");
    assert_eq!(timeline.followed(), [(ROOM, 5)]);
    let mut heard = Timeline::default();
    take(&mut heard, 5);
    take(&mut heard, 6);
    assert!(heard.follow(position(4, 4)) && heard.follow(position(4, 4)));
    assert!(!heard.follow(position(3, 3)));
}

#[test]
fn the_database_fills_holes_and_frees_what_was_held_back() {
    let mut timeline = following(4);
    take(&mut timeline, 7);
    let told = timeline.heal(ROOM, vec![detail(5, 5), detail(6, 6)], Instant::now());
    assert_eq!(words(&told), ["new 5", "new 6", "new 7"]);
    assert_eq!(timeline.followed(), [(ROOM, 7)]);
    // It may have read more than it was asked for.
    take(&mut timeline, 9);
    let told = timeline.heal(
        ROOM,
        vec![detail(7, 7), detail(8, 8), detail(9, 9), detail(10, 10)],
        Instant::now(),
    );
    assert_eq!(words(&told), ["new 8", "new 9", "new 10"]);
    assert_eq!(take(&mut timeline, 9), (vec![], None));
}

#[test]
fn a_message_that_changed_again_leaves_no_hole_for_ever() {
    let mut timeline = following(4);
    // Message 3 was edited by change 5, and again by change 6; message 5 came by change 7.
    take(&mut timeline, 8);
    let told = timeline.heal(ROOM, vec![detail(3, 6), detail(5, 7)], Instant::now());
    assert_eq!(words(&told), ["changed 6", "new 7", "new 8"]);
}

#[test]
fn who_begins_to_follow_misses_nothing_that_was_told_before() {
    // Told while nobody had been told where the room stands.
    let mut timeline = Timeline::default();
    for number in [10, 11] {
        assert_eq!(take(&mut timeline, number), (vec![format!("new {number}")], None));
    }
    timeline.follow(position(9, 9));
    assert_eq!(timeline.followed(), [(ROOM, 11)], "10 and 11 were heard");
    // A hole before what was heard is filled rather than left.
    let mut timeline = Timeline::default();
    take(&mut timeline, 11);
    timeline.follow(position(9, 9));
    assert_eq!(timeline.followed(), [(ROOM, 9)]);
    // Another one who follows from further on changes nothing.
    timeline.follow(position(20, 20));
    assert_eq!(timeline.followed(), [(ROOM, 9)]);
}

#[test]
fn a_lost_change_is_no_new_message_though_only_changes_were_heard_before() {
    let mut timeline = Timeline::default();
    let edited = Arc::new(Event::MessageChanged(detail(3, 10)));
    timeline.take(edited, Instant::now());
    timeline.follow(position(9, 9));
    let told = timeline.heal(ROOM, vec![detail(5, 11), detail(10, 12)], Instant::now());
    assert_eq!(words(&told), ["changed 11", "new 12"]);
}

#[test]
fn a_flood_beyond_a_hole_is_left_to_the_database() {
    let mut timeline = following(0);
    for number in 2..1000 {
        assert_eq!(take(&mut timeline, number).0, Vec::<String>::new());
    }
    assert!(timeline.rooms[&ROOM].held.len() <= HELD_MAX);
    assert!(timeline.is_behind(ROOM, 999));
    let read: Vec<Arc<MessageDetail>> = (1..1000).map(|number| detail(number, number)).collect();
    assert_eq!(timeline.heal(ROOM, read, Instant::now()).len(), 999);
    assert_eq!(take(&mut timeline, 1000), (vec!["new 1000".to_owned()], None));
}

#[test]
fn rooms_are_forgotten_when_nobody_is_in_them_any_more() {
    let mut timeline = following(1);
    let nobody = HashSet::new();
    timeline.keep(&nobody, Instant::now());
    assert_eq!(timeline.followed().len(), 1, "somebody may just be coming");
    timeline.keep(&HashSet::from([ROOM]), Instant::now());
    assert_eq!(timeline.followed().len(), 1);
    timeline.keep(&nobody, Instant::now());
    assert_eq!(timeline.followed().len(), 0);
}
