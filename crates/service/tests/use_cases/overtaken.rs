//! Somebody loses the right to do something after it was granted and before it is done.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use domain::member::Role;
use domain::message::{Notice, NoticeKind};
use domain::port::{Change, ChangeError, MemberAddition, Outcome, RoomLog};
use domain::room::{JoinPolicy, RoomChange};
use domain::{RoomId, Timestamp, UserId};
use service::room::UpdateRoom;
use service::{Actor, Error};

use crate::world::World;

/// Changes that are made before the next ones of the sequencer, once.
#[derive(Default)]
struct First(Mutex<Vec<Change>>);

impl First {
    fn take(&self) -> Vec<Change> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, change: Change) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(change);
    }
}

/// The log of rooms, in which others come first.
struct Overtaken {
    log: Arc<dyn RoomLog>,
    first: Arc<First>,
}

#[async_trait]
impl RoomLog for Overtaken {
    async fn commit(&self, changes: Vec<Change>, at: Timestamp) -> Vec<Result<Outcome, ChangeError>> {
        for answer in self.log.commit(self.first.take(), at).await {
            answer.expect("made");
        }
        self.log.commit(changes, at).await
    }
}

/// Alice's room with Bob, an admin, and Carol.
struct Scene {
    world: World,
    first: Arc<First>,
    alice: Actor,
    bob: Actor,
    carol: Actor,
    room: RoomId,
}

impl Scene {
    async fn set() -> Self {
        let first = Arc::new(First::default());
        let before = first.clone();
        let world = World::logging(move |log| Box::new(Overtaken { log, first: before }));
        let alice = world.person("alice").await;
        let (bob, carol) = (world.person("bob").await, world.person("carol").await);
        let room = world.room(&alice, &[&bob, &carol]).await.room.id;
        let wish = UpdateRoom {
            admins: vec![bob.user_id],
            ..UpdateRoom::default()
        };
        world.rooms.update(&alice, room, wish).await.expect("an admin");
        Self {
            world,
            first,
            alice,
            bob,
            carol,
            room,
        }
    }

    fn bob_is_removed_first(&self) {
        let notice = notice(NoticeKind::MemberRemoved, self.bob.user_id);
        self.first.set(Change::RemoveMember {
            room_id: self.room,
            user_id: self.bob.user_id,
            notice,
        });
    }

    fn owner_is_first(&self, heir: &Actor) {
        self.first.set(Change::HandOver {
            room_id: self.room,
            from: self.alice.user_id,
            to: heir.user_id,
            notice: notice(NoticeKind::HandedOver, heir.user_id),
        });
    }
}

fn notice(kind: NoticeKind, subject: UserId) -> Notice {
    Notice {
        kind,
        actor: None,
        subject: Some(subject),
        text: "it happened".into(),
    }
}

#[tokio::test]
async fn nobody_removes_who_owns_the_room_by_now() {
    let scene = Scene::set().await;
    scene.owner_is_first(&scene.carol);
    let removed = scene
        .world
        .rooms
        .remove_member(&scene.bob, scene.room, scene.carol.user_id);
    assert!(matches!(removed.await, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn who_owns_the_room_by_now_does_not_leave_it() {
    let scene = Scene::set().await;
    scene.owner_is_first(&scene.carol);
    let left = scene
        .world
        .rooms
        .remove_member(&scene.carol, scene.room, scene.carol.user_id);
    assert!(matches!(left.await, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn who_owns_the_room_no_more_does_not_delete_it() {
    let scene = Scene::set().await;
    // What deletes a room does not go through its log: somebody else's change must be made already.
    scene.owner_is_first(&scene.carol);
    scene.world.say(&scene.alice, scene.room, "handed over").await;
    let deleted = scene.world.rooms.delete(&scene.alice, scene.room).await;
    assert!(matches!(deleted, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn who_was_removed_changes_nothing_any_more() {
    let scene = Scene::set().await;
    let own = scene.world.say(&scene.bob, scene.room, "mine").await;
    scene.bob_is_removed_first();
    let edited = scene
        .world
        .messages
        .edit(&scene.bob, own.message.id, "changed".into(), Vec::new());
    assert!(matches!(edited.await, Err(Error::NotFound)));

    let scene = Scene::set().await;
    let hers = scene.world.say(&scene.carol, scene.room, "hers").await;
    scene.bob_is_removed_first();
    let recalled = scene.world.messages.recall(&scene.bob, hers.message.id);
    assert!(matches!(recalled.await, Err(Error::NotFound)));

    let scene = Scene::set().await;
    scene.bob_is_removed_first();
    let wish = UpdateRoom {
        members: vec![scene.bob.user_id],
        ..UpdateRoom::default()
    };
    let added = scene.world.rooms.update(&scene.bob, scene.room, wish);
    assert!(matches!(added.await, Err(Error::NotFound)));

    let scene = Scene::set().await;
    scene.bob_is_removed_first();
    let wish = UpdateRoom {
        name: Some("Bob's".into()),
        ..UpdateRoom::default()
    };
    let renamed = scene.world.rooms.update(&scene.bob, scene.room, wish);
    assert!(matches!(renamed.await, Err(Error::NotFound)));
}

#[tokio::test]
async fn nobody_joins_a_room_that_is_closed_by_now() {
    let scene = Scene::set().await;
    let dave = scene.world.person("dave").await;
    let close = RoomChange {
        join_policy: Some(JoinPolicy::Invite),
        ..RoomChange::default()
    };
    scene.first.set(Change::Update {
        room_id: scene.room,
        change: close,
        notice: None,
    });
    let joined = scene.world.rooms.join(&dave, Some(scene.room)).await;
    assert!(matches!(joined, Err(Error::NotFound)), "{joined:?}");
}

#[tokio::test]
async fn a_role_that_has_risen_meanwhile_is_decided_anew() {
    let scene = Scene::set().await;
    scene.first.set(Change::AddMembers {
        room_id: scene.room,
        additions: vec![MemberAddition {
            user_id: scene.carol.user_id,
            role: Role::Admin,
            notice: None,
        }],
        invitation: None,
    });
    let left = scene
        .world
        .rooms
        .remove_member(&scene.carol, scene.room, scene.carol.user_id);
    left.await.expect("her own business, whatever her role");
}
