//! What the in-process presence promises.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::collections::HashMap;
use std::thread;

use broker::InProcessPresence;
use domain::UserId;
use domain::port::Presence;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use shaku::HasComponent;

const ALICE: UserId = UserId(1);
const BOB: UserId = UserId(2);

#[test]
fn only_the_first_connection_brings_and_only_the_last_takes_away() {
    let presence = InProcessPresence::new();
    assert!(!presence.is_online(ALICE));
    assert!(presence.connected(ALICE));
    assert!(!presence.connected(ALICE));
    assert!(!presence.disconnected(ALICE));
    assert!(presence.is_online(ALICE));
    assert!(presence.disconnected(ALICE));
    assert!(!presence.is_online(ALICE));
}

#[test]
fn people_are_counted_apart() {
    let presence = InProcessPresence::new();
    presence.connected(ALICE);
    assert!(!presence.is_online(BOB));
    assert!(presence.connected(BOB));
    assert!(presence.disconnected(ALICE));
    assert!(presence.is_online(BOB));
}

#[test]
fn leaving_without_having_come_changes_nothing() {
    let presence = InProcessPresence::new();
    assert!(!presence.disconnected(ALICE));
    assert!(!presence.is_online(ALICE));
    assert!(presence.connected(ALICE));
}

#[test]
fn threads_that_come_and_go_see_one_first_and_one_last() {
    let presence = InProcessPresence::new();
    let count = |step: fn(&InProcessPresence) -> bool| {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| step(&presence))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .filter(|edge| *edge)
                .count()
        })
    };
    assert_eq!(count(|presence| presence.connected(ALICE)), 1);
    assert_eq!(count(|presence| presence.disconnected(ALICE)), 1);
    assert!(!presence.is_online(ALICE));
}

#[test]
fn a_module_builds_presence_without_parameters() {
    shaku::module! { Fanout { components = [InProcessPresence], providers = [] } }
    let module = Fanout::builder().build();
    let presence: &dyn Presence = module.resolve_ref();
    assert!(presence.connected(ALICE));
}

/// The seed is fixed: every run tries the same.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_sequence_agrees_with_counting(steps in proptest::collection::vec((any::<bool>(), 1_i64..4), 0..60)) {
        let presence = InProcessPresence::new();
        let mut counts: HashMap<i64, u32> = HashMap::new();
        for (comes, id) in steps {
            let count = counts.entry(id).or_default();
            if comes {
                *count += 1;
                prop_assert_eq!(presence.connected(UserId(id)), *count == 1);
            } else {
                let was = *count;
                *count = was.saturating_sub(1);
                prop_assert_eq!(presence.disconnected(UserId(id)), was == 1);
            }
            for (id, count) in &counts {
                prop_assert_eq!(presence.is_online(UserId(*id)), *count > 0);
            }
        }
    }
}
