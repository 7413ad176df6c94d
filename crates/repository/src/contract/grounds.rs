//! Changes that are made only while what they were allowed for holds.

use domain::member::Role;
use domain::port::{Change, ChangeError, Ground, Outcome};
use domain::room::{JoinPolicy, RoomChange};

use super::build::{at, draft, draft_with_id, message_of, remove};
use super::member::addition;
use super::world::World;

pub(super) async fn a_change_is_made_while_its_grounds_hold(world: &World) {
    let (me, other, stranger) = (
        world.user("me").await,
        world.user("other").await,
        world.user("stranger").await,
    );
    let room = world.room("room", &[me, other]).await;
    let before = world.stored_room(room).await;
    let refused = [
        vec![Ground::Role(me, Some(Role::Admin))],
        vec![Ground::Role(me, None)],
        vec![Ground::Role(stranger, Some(Role::Member))],
        vec![
            Ground::Role(me, Some(Role::Creator)),
            Ground::Role(other, Some(Role::Admin)),
        ],
    ];
    for grounds in refused {
        let answer = world.apply(remove(room, other).given(grounds.clone())).await;
        assert!(matches!(answer, Err(ChangeError::Outdated)), "{grounds:?}: {answer:?}");
    }
    assert_eq!(world.stored_room(room).await, before, "neither seq nor rev is taken");
    let grounds = [
        Ground::Role(me, Some(Role::Creator)),
        Ground::Role(other, Some(Role::Member)),
        Ground::Role(stranger, None),
    ];
    let answer = world.apply(remove(room, other).given(grounds)).await;
    assert!(matches!(answer, Ok(Outcome::MemberRemoved(_))), "{answer:?}");
}

pub(super) async fn grounds_are_looked_at_in_the_order_of_a_batch(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let room = world.room("room", &[me, other]).await;
    let close = Change::Update {
        room_id: room,
        change: RoomChange {
            join_policy: Some(JoinPolicy::Invite),
            ..RoomChange::default()
        },
        notice: None,
    };
    let late = world.user("late").await;
    let changes = vec![
        addition(room, late, Role::Member, None).given([Ground::Open]),
        remove(room, other),
        remove(room, late).given([Ground::Role(other, Some(Role::Member))]),
        close,
        addition(room, other, Role::Member, None).given([Ground::Open]),
    ];
    let answers = world.log.commit(changes, at(1)).await;
    let outdated: Vec<bool> = answers
        .iter()
        .map(|answer| matches!(answer, Err(ChangeError::Outdated)))
        .collect();
    assert_eq!(outdated, [false, false, true, false, true], "{answers:?}");
}

pub(super) async fn a_room_is_deleted_by_who_still_may(world: &World) {
    let me = world.user("me").await;
    let room = world.room("room", &[me]).await;
    let grounds = [Ground::Role(me, Some(Role::Admin))];
    assert!(world.rooms.delete(room, &grounds, at(1)).await.unwrap().is_none());
    let grounds = [Ground::Role(me, Some(Role::Creator))];
    assert!(world.rooms.delete(room, &grounds, at(1)).await.unwrap().is_some());
}

pub(super) async fn a_repeated_draft_shows_nothing_of_a_room_that_one_has_left(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let (left, own) = (world.room("left", &[me, other]).await, world.room("own", &[me]).await);
    let again = || Change::Append(draft_with_id(own, me, "again", "one"));
    let first = world
        .apply(Change::Append(draft_with_id(left, me, "first", "one")))
        .await;
    let first = message_of(first.unwrap());
    let shown = world.apply(again()).await;
    assert!(
        matches!(&shown, Ok(Outcome::Repeated(message)) if message.id == first.id),
        "{shown:?}"
    );
    world.apply(remove(left, me)).await.unwrap();
    let answer = world.apply(again()).await;
    assert!(matches!(answer, Err(ChangeError::NotMember)), "{answer:?}");
    world.apply(Change::Append(draft(own, me, "another"))).await.unwrap();
    world.assert_no_holes(own).await;
}
