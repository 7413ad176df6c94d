//! Signed-in devices.

use domain::session::NewSession;
use domain::user::{Permission, ProfileChange};
use domain::{SessionId, UserId};

use super::build::at;
use super::world::World;

/// What the contract's accounts have.
const HASH: &str = "hash of alice";

fn new(user_id: UserId, millis: i64) -> NewSession {
    NewSession {
        user_id,
        user_agent: "Browser".to_owned(),
        address: "127.0.0.1".to_owned(),
        created_at: at(millis),
        expires_at: at(millis + 1000),
    }
}

pub(super) async fn a_session_is_stored_and_found(world: &World) {
    let user = world.user("alice").await;
    let mut session = new(user, 0);
    session.user_agent = "长".repeat(300);
    let stored = world.sessions.insert(session, HASH).await.unwrap().unwrap();
    assert_eq!(stored.user_agent.chars().count(), 255);
    assert_eq!((stored.generation, stored.revoked_at), (0, None));
    assert_eq!(world.sessions.get(stored.id).await.unwrap(), Some(stored));
    assert_eq!(world.sessions.get(SessionId(999_999)).await.unwrap(), None);
}

pub(super) async fn a_session_rotates_once_for_each_generation(world: &World) {
    let user = world.user("alice").await;
    let session = world.sessions.insert(new(user, 0), HASH).await.unwrap().unwrap();
    let rotating: Vec<_> = (0..8)
        .map(|_| {
            let sessions = world.sessions.clone();
            let id = session.id;
            tokio::spawn(async move { sessions.rotate(id, 0, "::1", at(10), at(2000)).await.unwrap() })
        })
        .collect();
    let mut winners = Vec::new();
    for one in rotating {
        winners.extend(one.await.unwrap());
    }
    assert_eq!(winners.len(), 1);
    let winner = &winners[0];
    assert_eq!((winner.generation, winner.address.as_str()), (1, "::1"));
    assert_eq!((winner.last_used_at, winner.expires_at), (at(10), at(2000)));
    assert!(
        world
            .sessions
            .rotate(session.id, 1, "::1", at(11), at(2000))
            .await
            .unwrap()
            .is_some()
    );
}

pub(super) async fn dead_sessions_do_not_rotate(world: &World) {
    let user = world.user("alice").await;
    let revoked = world.sessions.insert(new(user, 0), HASH).await.unwrap().unwrap();
    assert!(world.sessions.revoke(revoked.id, at(1)).await.unwrap());
    assert!(!world.sessions.revoke(revoked.id, at(2)).await.unwrap());
    assert!(!world.sessions.revoke(SessionId(999_999), at(2)).await.unwrap());
    assert!(
        world
            .sessions
            .rotate(revoked.id, 0, "", at(3), at(2000))
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        world.sessions.get(revoked.id).await.unwrap().unwrap().revoked_at,
        Some(at(1))
    );
    let expired = world.sessions.insert(new(user, 0), HASH).await.unwrap().unwrap();
    assert!(
        world
            .sessions
            .rotate(expired.id, 0, "", at(1000), at(2000))
            .await
            .unwrap()
            .is_none()
    );
}

pub(super) async fn live_sessions_are_listed_last_used_first(world: &World) {
    let (user, other) = (world.user("alice").await, world.user("bob").await);
    let mut ids = Vec::new();
    for n in 0..4 {
        ids.push(
            world
                .sessions
                .insert(new(user, n * 10), HASH)
                .await
                .unwrap()
                .unwrap()
                .id,
        );
    }
    world
        .sessions
        .insert(new(other, 0), "hash of bob")
        .await
        .unwrap()
        .unwrap();
    world.sessions.rotate(ids[0], 0, "", at(50), at(5000)).await.unwrap();
    world.sessions.revoke(ids[1], at(50)).await.unwrap();
    let live = world.sessions.live_of(user, at(100)).await.unwrap();
    assert_eq!(
        live.iter().map(|one| one.id).collect::<Vec<_>>(),
        [ids[0], ids[3], ids[2]]
    );
    let later = world.sessions.live_of(user, at(1020)).await.unwrap();
    assert_eq!(later.iter().map(|one| one.id).collect::<Vec<_>>(), [ids[0], ids[3]]);
}

pub(super) async fn the_sessions_used_least_lately_end_where_there_are_too_many(world: &World) {
    let (user, other) = (world.user("alice").await, world.user("bob").await);
    let foreign = world.sessions.insert(new(other, 0), "hash of bob").await;
    let foreign = foreign.unwrap().unwrap().id;
    let mut ids = Vec::new();
    for n in 0..6 {
        ids.push(world.sessions.insert(new(user, n), HASH).await.unwrap().unwrap().id);
    }
    world.sessions.rotate(ids[0], 0, "", at(50), at(5000)).await.unwrap();
    world.sessions.revoke(ids[4], at(50)).await.unwrap();
    let surplus = async |keep| world.sessions.revoke_surplus(user, keep, at(60)).await.unwrap();
    assert_eq!(surplus(5).await, []);
    assert_eq!(surplus(3).await, [ids[2], ids[1]]);
    assert_eq!(surplus(3).await, []);
    let live = world.sessions.live_of(user, at(60)).await.unwrap();
    assert_eq!(
        live.iter().map(|one| one.id).collect::<Vec<_>>(),
        [ids[0], ids[5], ids[3]]
    );
    assert!(world.sessions.get(foreign).await.unwrap().unwrap().is_live(at(60)));
}

pub(super) async fn sessions_that_ended_long_ago_are_forgotten(world: &World) {
    let user = world.user("alice").await;
    let mut ids = Vec::new();
    for n in [0, 100, 200, 9000] {
        ids.push(world.sessions.insert(new(user, n), HASH).await.unwrap().unwrap().id);
    }
    world.sessions.revoke(ids[1], at(300)).await.unwrap();
    let known = async || {
        let mut known = Vec::new();
        for id in &ids {
            known.push(world.sessions.get(*id).await.unwrap().is_some());
        }
        known
    };
    world.sessions.forget_ended(at(300)).await.unwrap();
    assert_eq!(known().await, [true; 4]);
    world.sessions.forget_ended(at(301)).await.unwrap();
    assert_eq!(
        known().await,
        [true, false, true, true],
        "one was ended before it expired"
    );
    world.sessions.forget_ended(at(1201)).await.unwrap();
    assert_eq!(known().await, [false, false, false, true]);
}

pub(super) async fn a_new_password_ends_all_sessions_but_one(world: &World) {
    let (user, other) = (world.user("alice").await, world.user("bob").await);
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(world.sessions.insert(new(user, n), HASH).await.unwrap().unwrap().id);
    }
    let foreign = new(other, 0);
    let foreign = world.sessions.insert(foreign, "hash of bob").await.unwrap().unwrap();
    world.sessions.revoke(ids[0], at(5)).await.unwrap();
    let set = async |user, old, new, keep, millis| {
        let set = world.sessions.set_password(user, old, new, keep, at(millis));
        set.await.unwrap()
    };
    let hash = async || world.users.credentials(user).await.unwrap().unwrap().password_hash;
    assert_eq!(set(user, Some("another"), "new", None, 6).await, None);
    assert_eq!(set(UserId(999_999), None, "new", None, 6).await, None);
    assert_eq!(hash().await, HASH);
    assert_eq!(set(user, Some(HASH), "new", Some(ids[2]), 6).await, Some(vec![ids[1]]));
    assert_eq!(hash().await, "new");
    let account = world.users.get_many(&[user]).await.unwrap().pop().unwrap();
    assert_eq!(account.updated_at, at(6));
    assert_eq!(set(user, None, "newer", None, 7).await, Some(vec![ids[2]]));
    assert_eq!(hash().await, "newer");
    assert_eq!(set(user, Some("newer"), "newest", None, 8).await, Some(Vec::new()));
    assert!(world.sessions.get(foreign.id).await.unwrap().unwrap().is_live(at(8)));
}

pub(super) async fn nobody_signs_in_with_a_password_that_was_changed_meanwhile(world: &World) {
    let user = world.user("alice").await;
    let mut racing = tokio::task::JoinSet::new();
    for n in 0..32 {
        let sessions = world.sessions.clone();
        racing.spawn(async move {
            if n % 8 == 4 {
                let changed = sessions.set_password(user, Some(HASH), "new", None, at(1)).await;
                return changed.unwrap().is_some();
            }
            sessions.insert(new(user, 0), HASH).await.unwrap();
            false
        });
    }
    let changes = racing.join_all().await.into_iter().filter(|has_changed| *has_changed);
    assert_eq!(changes.count(), 1);
    assert_eq!(world.sessions.live_of(user, at(2)).await.unwrap(), []);
    assert_eq!(world.sessions.insert(new(user, 2), HASH).await.unwrap(), None);
    assert!(world.sessions.insert(new(user, 2), "new").await.unwrap().is_some());
}

pub(super) async fn what_an_account_may_do_is_told_as_it_stands(world: &World) {
    // The first one is an admin.
    world.user("alice").await;
    let bob = world.user("bob").await;
    let session = world
        .sessions
        .insert(new(bob, 0), "hash of bob")
        .await
        .unwrap()
        .unwrap();
    let told = async || world.sessions.get_with_permission(session.id).await.unwrap();
    assert_eq!(told().await, Some((session.clone(), Permission::User)));
    let admin = ProfileChange {
        permission: Some(Permission::Admin),
        ..ProfileChange::default()
    };
    world.users.update(bob, admin, at(1)).await.unwrap();
    assert_eq!(told().await, Some((session.clone(), Permission::Admin)));
    let none = world.sessions.get_with_permission(SessionId(session.id.0 + 1000));
    assert_eq!(none.await.unwrap(), None);
}
