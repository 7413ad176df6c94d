//! Tests of who is connected to which node, above all of nodes that fall silent.

use super::*;

const ALICE: UserId = UserId(1);
const BOB: UserId = UserId(2);

fn came(user: UserId) -> Turns {
    Turns {
        came: vec![user],
        went: vec![],
    }
}

fn went(user: UserId) -> Turns {
    Turns {
        came: vec![],
        went: vec![user],
    }
}

#[test]
fn only_the_first_connection_anywhere_and_the_last_one_are_news() {
    let now = Instant::now();
    let mut roster = Roster::default();
    assert_eq!(roster.connected(ALICE), (true, true));
    assert_eq!(roster.connected(ALICE), (false, false));
    assert_eq!(roster.hear_turn(9, ALICE, true, now), Turns::default());
    assert_eq!(roster.hear_turn(9, BOB, true, now), came(BOB));
    assert_eq!(roster.hear_turn(9, BOB, true, now), Turns::default(), "said twice");
    assert_eq!(roster.connected(BOB), (true, false));
    assert_eq!(roster.disconnected(ALICE), (false, false));
    assert_eq!(roster.disconnected(ALICE), (true, false), "still elsewhere");
    assert_eq!(roster.hear_turn(9, ALICE, false, now), went(ALICE));
    assert_eq!(roster.hear_turn(9, BOB, false, now), Turns::default(), "still here");
    assert_eq!(roster.disconnected(BOB), (true, true));
    assert_eq!(roster.disconnected(BOB), (false, false), "never there");
    assert!(roster.here.is_empty() && roster.elsewhere.is_empty());
    assert_eq!(roster.summary(), (0, 0));
}

#[test]
fn a_node_that_was_misheard_is_asked_and_believed() {
    let now = Instant::now();
    let (mut there, mut here) = (Roster::default(), Roster::default());
    there.connected(ALICE);
    there.connected(BOB);
    here.hear_turn(9, BOB, true, now);
    here.hear_turn(9, UserId(3), true, now);
    let (people, digest) = there.summary();
    assert_eq!(people, 2, "the number alone would not tell");
    assert!(!here.hear_alive(9, people, digest, now));
    assert!(here.hear_alive(9, people, digest, now), "not asked again at once");
    assert!(!here.hear_alive(9, people, digest, now + ASK_EVERY));
    let turns = here.hear_people(9, &there.here(), now);
    assert_eq!((turns.came, turns.went), (vec![ALICE], vec![UserId(3)]));
    assert!(here.hear_alive(9, people, digest, now + ASK_EVERY * 2));
}

#[test]
fn people_of_a_silent_node_are_gone_and_others_are_not() {
    let start = Instant::now();
    let mut roster = Roster::default();
    roster.hear_turn(8, ALICE, true, start);
    roster.hear_turn(9, ALICE, true, start);
    roster.hear_turn(9, BOB, true, start);
    let later = start + SILENCE;
    roster.hear_alive(8, 1, 0, later);
    assert_eq!(roster.bury(later), Turns::default());
    assert_eq!(roster.bury(later + Duration::from_millis(1)), went(BOB));
    assert!(roster.is_online(ALICE));
    assert_eq!(roster.others(), 1);
    assert_eq!(roster.hear_bye(8), went(ALICE));
    assert_eq!(roster.others(), 0);
}
