//! What a node may have missed.

use std::time::Duration;

use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, MembershipKind, RoomPosition};
use domain::session::NewSession;
use domain::{RemovalReason, RoomId, SessionId, UserId};

use super::build::{at, draft, notice, remove};
use super::member::addition;
use super::world::World;

pub(super) async fn rooms_that_moved_are_found(world: &World) {
    let alice = world.user("alice").await;
    let (one, two) = (world.room("one", &[alice]).await, world.room("two", &[alice]).await);
    for text in ["a", "b"] {
        world.apply(Change::Append(draft(one, alice, text))).await.unwrap();
    }
    let moved = async |asked: &[(RoomId, i64)]| world.news.moved(asked).await.unwrap();
    assert_eq!(moved(&[]).await, []);
    assert_eq!(moved(&[(one, 1), (two, 0)]).await, [one]);
    assert_eq!(moved(&[(one, 2), (two, 0), (RoomId(999_999), 0)]).await, []);
    let mut positions = world.news.positions(&[one, two, RoomId(999_999)]).await.unwrap();
    positions.sort_by_key(|position| position.room_id);
    let position = |room_id, seq, rev| RoomPosition { room_id, seq, rev };
    assert_eq!(positions, [position(one, 2, 2), position(two, 0, 0)]);
}

pub(super) async fn membership_changes_are_told_in_their_order(world: &World) {
    let (alice, bob, cora) = (
        world.user("alice").await,
        world.user("bob").await,
        world.user("cora").await,
    );
    let before = world.news.newest_membership().await.unwrap();
    let room = world.room("room", &[alice]).await;
    world
        .apply(addition(room, bob, Role::Member, Some(alice)))
        .await
        .unwrap();
    world.apply(addition(room, bob, Role::Admin, None)).await.unwrap();
    let removed = Change::RemoveMember {
        room_id: room,
        user_id: bob,
        notice: notice(NoticeKind::MemberRemoved, Some(alice), bob),
    };
    world.apply(removed).await.unwrap();
    world.apply(remove(room, alice)).await.unwrap();
    world.rooms.delete(room, &[], at(9)).await.unwrap();
    let private = world.friends.befriend(bob, cora, at(10)).await.unwrap().room.id;
    world.friends.befriend(bob, cora, at(11)).await.unwrap();

    let told = world.news.memberships(before, 100).await.unwrap();
    let kinds: Vec<_> = told.iter().map(|change| (change.room_id, change.kind)).collect();
    let joined = |user: UserId| MembershipKind::Joined(user);
    assert_eq!(
        kinds,
        [
            (room, joined(alice)),
            (room, joined(bob)),
            (room, MembershipKind::Ended(bob, RemovalReason::Removed)),
            (room, MembershipKind::Ended(alice, RemovalReason::Left)),
            (room, MembershipKind::RoomDeleted),
            (private, joined(bob)),
            (private, joined(cora)),
        ]
    );
    assert!(told.is_sorted_by(|one, other| one.id < other.id));
    assert_eq!(world.news.memberships(told[1].id, 2).await.unwrap(), told[2..4]);
    assert_eq!(
        world.news.newest_membership().await.unwrap(),
        told.last().map_or(0, |change| change.id)
    );

    world.news.forget_memberships(at(10)).await.unwrap();
    let kept = world.news.memberships(0, 100).await.unwrap();
    assert_eq!(kept, told[5..], "what happened before is forgotten");
}

pub(super) async fn ended_sessions_are_told_from_live_ones(world: &World) {
    let user = world.user("alice").await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let session = NewSession {
            user_id: user,
            user_agent: String::new(),
            address: String::new(),
            created_at: at(0),
            expires_at: at(0).plus(Duration::from_secs(60)),
        };
        ids.push(
            world
                .sessions
                .insert(session, "hash of alice")
                .await
                .unwrap()
                .unwrap()
                .id,
        );
    }
    world.sessions.revoke(ids[1], at(1)).await.unwrap();
    let unknown = SessionId(999_999);
    let ended = world.news.ended_sessions(&[ids[0], ids[1], unknown]).await.unwrap();
    assert_eq!(ended, [ids[1], unknown]);
    assert_eq!(world.news.ended_sessions(&[]).await.unwrap(), []);
}
