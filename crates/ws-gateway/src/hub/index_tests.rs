//! Tests of who is where, above all of what happens while a person's rooms are being read.

use super::*;
use crate::transport::{Outbox, QueueLimits};

const ALICE: UserId = UserId(1);
const BOB: UserId = UserId(2);
const SESSION: SessionId = SessionId(10);
const ROOM: RoomId = RoomId(100);
const OTHER: RoomId = RoomId(200);

fn handle(id: u64) -> Arc<Handle> {
    let limits = QueueLimits {
        packets: 8,
        bytes: 1 << 20,
    };
    Arc::new(Handle::new(id, ShardId(0), Outbox::new(limits)))
}

fn register(index: &mut Index, user: UserId, id: u64) -> (Registered, Arc<Handle>) {
    let handle = handle(id);
    let registered = index.register(user, SESSION, &handle, Instant::now()).unwrap();
    (registered, handle)
}

/// Somebody who is connected and in these rooms.
fn enter(index: &mut Index, user: UserId, id: u64, rooms: &[RoomId]) -> Arc<Handle> {
    let (registered, handle) = register(index, user, id);
    index.loaded(user, registered.generation, rooms.to_vec());
    handle
}

fn online_in(index: &Index, room: RoomId) -> Vec<UserId> {
    let mut users: Vec<UserId> = index.online_in(room).collect();
    users.sort_unstable();
    users
}

#[test]
fn rooms_count_once_they_were_read() {
    let mut index = Index::new(20);
    let (registered, _) = register(&mut index, ALICE, 1);
    assert!(registered.needs_rooms);
    assert!(!index.is_online_in(ROOM, ALICE));
    index.loaded(ALICE, registered.generation, vec![ROOM]);
    assert!(index.is_online_in(ROOM, ALICE));
    let (second, _) = register(&mut index, ALICE, 2);
    assert!(!second.needs_rooms);
}

#[test]
fn what_happens_while_rooms_are_read_is_known_better_than_what_was_read() {
    let mut index = Index::new(20);
    let (registered, _) = register(&mut index, ALICE, 1);
    let (added, removed, back, gone, deleted) = (RoomId(1), RoomId(2), RoomId(3), RoomId(4), RoomId(5));
    index.add_member(added, ALICE);
    index.remove_member(removed, ALICE);
    index.remove_member(back, ALICE);
    index.add_member(back, ALICE);
    index.add_member(gone, ALICE);
    index.remove_member(gone, ALICE);
    index.remove_room(deleted);
    index.loaded(ALICE, registered.generation, vec![removed, gone, deleted, ROOM]);
    for (room, is_in) in [
        (added, true),
        (removed, false),
        (back, true),
        (gone, false),
        (deleted, false),
        (ROOM, true),
    ] {
        assert_eq!(index.is_online_in(room, ALICE), is_in, "{room}");
    }
}

#[test]
fn rooms_that_were_read_for_an_earlier_life_do_not_count() {
    let mut index = Index::new(20);
    let (first, old) = register(&mut index, ALICE, 1);
    index.unregister(ALICE, &old);
    let (second, _) = register(&mut index, ALICE, 2);
    index.loaded(ALICE, first.generation, vec![ROOM]);
    assert!(!index.is_online_in(ROOM, ALICE));
    index.loaded(ALICE, second.generation, vec![OTHER]);
    assert!(index.is_online_in(OTHER, ALICE));
}

#[test]
fn the_second_of_two_that_read_at_once_changes_nothing() {
    let mut index = Index::new(20);
    let (first, _) = register(&mut index, ALICE, 1);
    let (second, _) = register(&mut index, ALICE, 2);
    assert!(second.needs_rooms);
    index.loaded(ALICE, first.generation, vec![ROOM]);
    index.remove_member(ROOM, ALICE);
    index.loaded(ALICE, second.generation, vec![ROOM]);
    assert!(!index.is_online_in(ROOM, ALICE));
}

#[test]
fn the_last_connection_takes_the_person_out_of_the_rooms() {
    let mut index = Index::new(20);
    let first = enter(&mut index, ALICE, 1, &[ROOM]);
    let (_, second) = register(&mut index, ALICE, 2);
    enter(&mut index, BOB, 3, &[ROOM]);
    assert!(index.unregister(ALICE, &first));
    assert_eq!(online_in(&index, ROOM), [ALICE, BOB]);
    assert!(index.unregister(ALICE, &second));
    assert_eq!(online_in(&index, ROOM), [BOB]);
    assert!(!index.unregister(ALICE, &second));
}

#[test]
fn who_has_too_many_connections_is_refused_the_newest() {
    let mut index = Index::new(2);
    let (_, first) = register(&mut index, ALICE, 1);
    register(&mut index, ALICE, 2);
    let third = handle(3);
    let now = Instant::now();
    assert_eq!(index.register(ALICE, SESSION, &third, now), Err(Refused::TooMany));
    register(&mut index, BOB, 4);
    first.outbox.socket_is_gone();
    assert!(index.register(ALICE, SESSION, &third, now).is_ok());
}

#[test]
fn a_session_that_was_revoked_while_its_token_was_checked_stays_out() {
    let mut index = Index::new(20);
    let now = Instant::now();
    index.remember_revoked(&[SESSION], now);
    let handle = handle(1);
    assert_eq!(index.register(ALICE, SESSION, &handle, now), Err(Refused::Revoked));
    assert!(index.register(ALICE, SessionId(11), &handle, now).is_ok());
    assert_eq!(index.renew(ALICE, SESSION, &handle, now), Err(Refused::Revoked));
    let later = now + REVOCATION_MEMORY;
    assert_eq!(index.renew(ALICE, SESSION, &handle, later), Ok(()));
    assert!(index.revoked.is_empty());
}

#[test]
fn a_renewed_connection_belongs_to_its_new_session() {
    let mut index = Index::new(20);
    let (_, handle) = register(&mut index, ALICE, 1);
    index.renew(ALICE, SessionId(11), &handle, Instant::now()).unwrap();
    assert!(index.handles_of_sessions(ALICE, &[SESSION]).is_empty());
    assert_eq!(index.handles_of_sessions(ALICE, &[SessionId(11)]).len(), 1);
}

#[test]
fn a_deleted_room_says_who_was_in_it() {
    let mut index = Index::new(20);
    enter(&mut index, ALICE, 1, &[ROOM]);
    assert_eq!(index.remove_room(ROOM), [ALICE]);
    assert!(index.remove_room(ROOM).is_empty());
    assert_eq!(index.rooms_of(ALICE).unwrap().count(), 0);
}

#[test]
fn typing_counts_once_a_second_and_stops_once() {
    let mut typing = Typing::default();
    let start = Instant::now();
    let at = |millis| start + Duration::from_millis(millis);
    for (millis, on, counts) in [
        (0, false, false),
        (0, true, true),
        (500, true, false),
        (600, false, true),
        (700, false, false),
        (800, true, false),
        (1000, true, true),
    ] {
        assert_eq!(typing.counts(ROOM, on, at(millis)), counts, "{millis} {on}");
    }
    assert!(typing.counts(OTHER, true, at(1000)));
    assert!(!typing.ran_out(ROOM, at(6999)));
    assert!(typing.ran_out(ROOM, at(7000)));
    assert!(!typing.ran_out(ROOM, at(7000)));
}

#[test]
fn typing_in_very_many_rooms_takes_no_memory_for_ever() {
    let mut typing = Typing::default();
    let start = Instant::now();
    for number in 0..1000 {
        typing.counts(RoomId(number), true, start);
    }
    typing.counts(ROOM, true, start + TYPING_TIMEOUT);
    assert_eq!(typing.0.len(), 1);
}

#[test]
fn the_forms_in_which_somebody_reads_are_known() {
    let forms = |index: &Index| (index.forms().full, index.forms().compact);
    let mut index = Index::new(20);
    assert_eq!(forms(&index), (false, false));
    let compact = handle(1);
    assert_eq!(compact.agree_on(Form::Compact), Form::Compact);
    index.register(ALICE, SESSION, &compact, Instant::now()).unwrap();
    assert_eq!(forms(&index), (false, true));
    let (_, full) = register(&mut index, BOB, 2);
    assert_eq!(forms(&index), (true, true));
    assert_eq!(full.agree_on(Form::Compact), Form::Full, "what holds is not changed");
    index.unregister(ALICE, &compact);
    index.unregister(ALICE, &compact);
    assert_eq!(forms(&index), (true, false));
}
