//! A node that hears nothing from the others and reads what it misses.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use broker::Cluster;
use domain::message::Message;
use domain::port::{Audience, Doubt, NodeFeed, RoomPosition};
use domain::{Event, RoomId, SessionId, UserId};
use service::healing::Healer;
use service::message::{MessageDetails, Surroundings};
use service::room::UpdateRoom;
use service::{Error, Result};

use crate::world::{Ear, World};

/// A node whose Redis does not exist.
struct Deaf {
    feed: Arc<dyn NodeFeed>,
    ear: Arc<Ear>,
    healer: Healer,
}

/// Nobody is connected to it.
struct Nobody;

impl Audience for Nobody {
    fn rooms(&self) -> HashSet<RoomId> {
        HashSet::new()
    }

    fn sessions(&self) -> Vec<(UserId, SessionId)> {
        Vec::new()
    }
}

impl Deaf {
    async fn beside(world: &World) -> Self {
        Self::reading(world, world.details()).await
    }

    async fn reading(world: &World, details: Arc<dyn MessageDetails>) -> Self {
        let (cluster, _) = Cluster::join("redis://127.0.0.1:1", "test").expect("an address");
        let ear = Arc::new(Ear::default());
        cluster.broker().attach(ear.clone());
        let feed = cluster.feed();
        let healer = world.healer(feed.clone(), Arc::new(Nobody), details).await;
        Self { feed, ear, healer }
    }

    fn follow(&self, room_id: RoomId, rev: i64) {
        self.feed.follow(&[RoomPosition { room_id, seq: rev, rev }]);
    }

    /// Looks, and gives what it told then, in short words.
    async fn told(&mut self) -> Vec<String> {
        self.healer.look(Doubt::Anything).await.expect("a look");
        self.ear.heard().iter().map(|event| words(event)).collect()
    }
}

/// Cannot complete the messages of one room.
struct Unreadable {
    room: RoomId,
    details: Arc<dyn MessageDetails>,
}

#[async_trait]
impl MessageDetails for Unreadable {
    async fn surroundings(&self, messages: &[&Message]) -> Result<Surroundings> {
        if messages.iter().any(|message| message.room_id == self.room) {
            return Err(Error::internal("an unreadable row"));
        }
        self.details.surroundings(messages).await
    }
}

fn words(event: &Event) -> String {
    match event {
        Event::MessageStored(detail) => format!("new {}", detail.message.rev),
        Event::MessageChanged(detail) => format!("changed {}", detail.message.rev),
        Event::MembersAdded { room_id, people, .. } => {
            let ids: Vec<String> = people.iter().map(|person| person.user.id.to_string()).collect();
            format!("{room_id}: {} came", ids.join(" "))
        }
        Event::MemberRemoved {
            room_id,
            user_id,
            reason,
            ..
        } => format!("{room_id}: {user_id} {}", reason.as_str()),
        Event::RoomDeleted { room_id } => format!("{room_id}: deleted"),
        Event::RoomChanged { room_id } => format!("{room_id}: changed"),
        Event::SessionsRevoked { user_id, sessions, .. } => format!("{user_id}: {sessions:?} ended"),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn messages_and_their_changes_are_told_once_and_in_order() {
    let world = World::new();
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    let first = world.say(&alice, room, "one").await;
    let mut node = Deaf::beside(&world).await;
    node.follow(room, first.message.rev);
    assert_eq!(node.told().await, Vec::<String>::new());
    world.say(&alice, room, "two").await;
    world.say(&alice, room, "three").await;
    let edit = world
        .messages
        .edit(&alice, first.message.id, "one, really".to_owned(), Vec::new());
    edit.await.expect("an edit");
    assert_eq!(node.told().await, ["new 2", "new 3", "changed 4"]);
    assert_eq!(node.told().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_long_silence_is_caught_up_with_page_by_page() {
    let world = World::new();
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    let mut node = Deaf::beside(&world).await;
    node.follow(room, 0);
    for n in 1..=450 {
        world.say(&alice, room, &n.to_string()).await;
    }
    let expected: Vec<String> = (1..=450).map(|n| format!("new {n}")).collect();
    assert_eq!(node.told().await, expected);
}

#[tokio::test]
async fn who_was_removed_is_told_so_before_what_came_after() {
    let world = World::new();
    let (alice, bob, cora) = (
        world.person("alice").await,
        world.person("bob").await,
        world.person("cora").await,
    );
    let room = world.room(&alice, &[&bob]).await.room.id;
    let doomed = world.room(&alice, &[&bob]).await.room.id;
    let mut node = Deaf::beside(&world).await;
    node.follow(room, 0);
    world
        .rooms
        .remove_member(&alice, room, bob.user_id)
        .await
        .expect("a removal");
    world.say(&alice, room, "he is gone").await;
    world.rooms.join(&cora, Some(room)).await.expect("a join");
    let wish = UpdateRoom {
        name: Some("Renamed".to_owned()),
        ..UpdateRoom::default()
    };
    world.rooms.update(&alice, room, wish).await.expect("a new name");
    world.rooms.delete(&alice, doomed).await.expect("an end");
    let told = node.told().await;
    assert_eq!(
        told,
        [
            format!("{room}: {} removed", bob.user_id),
            format!("{room}: {} came", cora.user_id),
            format!("{doomed}: deleted"),
            "new 1".to_owned(),
            "new 2".to_owned(),
            "new 3".to_owned(),
            "new 4".to_owned(),
            format!("{room}: changed"),
        ]
    );
    assert_eq!(node.told().await, Vec::<String>::new());
    // Only how it ended counts.
    world.rooms.join(&bob, Some(room)).await.expect("a join");
    world
        .rooms
        .remove_member(&bob, room, bob.user_id)
        .await
        .expect("a leave");
    let told = node.told().await;
    assert!(!told.contains(&format!("{room}: {} came", bob.user_id)), "{told:?}");
}

#[tokio::test]
async fn sessions_that_ended_elsewhere_lose_their_connections() {
    let world = World::new();
    let alice = world.person("alice").await;
    let signed_in = world.register("bob").await;
    let bob = world.actor(&signed_in).await;
    let connected = [alice, bob].map(|actor| (actor.user_id, actor.session_id)).to_vec();
    let mut patrol = world.patrol();
    assert!(patrol.next(connected.clone()).await.expect("a look").is_empty());
    world
        .accounts
        .logout(&signed_in.tokens.access)
        .await
        .expect("a goodbye");
    let events = patrol.next(connected).await.expect("a look");
    let ended = format!("{}: {:?} ended", bob.user_id, [bob.session_id]);
    assert_eq!(events.iter().map(words).collect::<Vec<_>>(), [ended]);
}

#[tokio::test]
async fn a_room_that_cannot_be_read_keeps_nothing_else_from_being_told() {
    let world = World::new();
    let alice = world.person("alice").await;
    let broken = world.room(&alice, &[]).await.room.id;
    let room = world.room(&alice, &[]).await.room.id;
    let details = Arc::new(Unreadable {
        room: broken,
        details: world.details(),
    });
    let mut node = Deaf::reading(&world, details).await;
    node.follow(broken, 0);
    node.follow(room, 0);
    world.say(&alice, broken, "unreadable").await;
    world.say(&alice, room, "one").await;
    assert_eq!(node.told().await, ["new 1"]);
    assert_eq!(
        node.feed.followed().iter().find(|(id, _)| *id == broken),
        Some(&(broken, 0))
    );
}
