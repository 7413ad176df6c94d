//! Somebody is removed from a room while what they asked for is being read: what came after the
//! removal is not theirs to see.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use broker::InProcessBroker;
use domain::message::{Anchor, ClientMsgId, Message};
use domain::port::{Broker, Listener, MessageRepository, RoomPosition};
use domain::search::{SearchPage, SearchQuery};
use domain::user::{Person, User};
use domain::{Event, MessageId, PortError, RoomId, UserId};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use service::{Actor, Error, People};

use crate::world::World;

/// What somebody reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Messages,
    Quotes,
    People,
}

/// What happens before the next read of that kind, once.
#[derive(Default)]
struct Meanwhile(Mutex<Option<(Read, BoxFuture<'static, ()>)>>);

impl Meanwhile {
    fn set(&self, before: Read, happens: impl Future<Output = ()> + Send + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((before, happens.boxed()));
    }

    async fn happens(&self, before: Read) {
        let is_due = |(read, _): &mut (Read, _)| *read == before;
        let happens = self.0.lock().unwrap_or_else(PoisonError::into_inner).take_if(is_due);
        if let Some((_, happens)) = happens {
            happens.await;
        }
    }
}

/// Messages in memory, which others change while somebody reads them.
struct Interrupted {
    stored: Arc<dyn MessageRepository>,
    meanwhile: Arc<Meanwhile>,
}

#[async_trait]
impl MessageRepository for Interrupted {
    async fn get_many(&self, ids: &[MessageId]) -> Result<Vec<Message>, PortError> {
        self.meanwhile.happens(Read::Quotes).await;
        self.stored.get_many(ids).await
    }

    async fn sent_as(&self, author: UserId, id: &ClientMsgId) -> Result<Option<Message>, PortError> {
        self.stored.sent_as(author, id).await
    }

    async fn history(&self, room_id: RoomId, anchor: Anchor, limit: u32) -> Result<Vec<Message>, PortError> {
        self.meanwhile.happens(Read::Messages).await;
        self.stored.history(room_id, anchor, limit).await
    }

    async fn changed_since(&self, room_id: RoomId, rev: i64, limit: u32) -> Result<Vec<Message>, PortError> {
        self.meanwhile.happens(Read::Messages).await;
        self.stored.changed_since(room_id, rev, limit).await
    }

    async fn newest_of(&self, rooms: &[RoomId]) -> Result<Vec<Message>, PortError> {
        self.meanwhile.happens(Read::Messages).await;
        self.stored.newest_of(rooms).await
    }

    async fn search(&self, user_id: UserId, page: &SearchPage) -> Result<Vec<Message>, PortError> {
        self.stored.search(user_id, page).await
    }
}

/// People, while others change who is where.
struct Known {
    people: Arc<dyn People>,
    meanwhile: Arc<Meanwhile>,
}

#[async_trait]
impl People for Known {
    async fn by_id(&self, ids: &[UserId]) -> service::Result<HashMap<UserId, Person>> {
        self.meanwhile.happens(Read::People).await;
        self.people.by_id(ids).await
    }

    async fn in_order(&self, ids: &[UserId]) -> service::Result<Vec<Person>> {
        self.people.in_order(ids).await
    }

    fn person(&self, user: Arc<User>) -> Person {
        self.people.person(user)
    }

    fn forget(&self, id: UserId) {
        self.people.forget(id);
    }

    fn forget_all(&self) {
        self.people.forget_all();
    }
}

/// Follows rooms from a later moment than the first one that it is told, as if others had done so.
struct FollowsLate {
    broker: InProcessBroker,
    asked: Arc<AtomicUsize>,
}

#[async_trait]
impl Broker for FollowsLate {
    fn publish(&self, event: Event) {
        self.broker.publish(event);
    }

    fn follow(&self, _: &[RoomPosition]) -> bool {
        self.asked.fetch_add(1, Ordering::SeqCst) > 0
    }

    fn attach(&self, listener: Arc<dyn Listener>) {
        self.broker.attach(listener);
    }

    async fn caught_up(&self) {
        self.broker.caught_up().await;
    }
}

/// Two people in a room with one message, and what happens while somebody reads there.
struct Scene {
    world: World,
    meanwhile: Arc<Meanwhile>,
    alice: Actor,
    bob: Actor,
    room: RoomId,
}

impl Scene {
    async fn set() -> Self {
        let meanwhile = Arc::new(Meanwhile::default());
        let world = World::over(
            |stored| {
                let meanwhile = meanwhile.clone();
                Box::new(Interrupted { stored, meanwhile })
            },
            |people| {
                let meanwhile = meanwhile.clone();
                Box::new(Known { people, meanwhile })
            },
        );
        let (alice, bob) = (world.person("alice").await, world.person("bob").await);
        let room = world.room(&alice, &[&bob]).await.room.id;
        world.say(&alice, room, "with bob").await;
        Self {
            world,
            meanwhile,
            alice,
            bob,
            room,
        }
    }

    /// While somebody reads next, Bob is removed and talked about.
    fn remove_bob_meanwhile(&self) {
        let (rooms, messages) = (self.world.rooms.clone(), self.world.messages.clone());
        let (alice, bob, room) = (self.alice, self.bob.user_id, self.room);
        self.meanwhile.set(Read::Messages, async move {
            rooms.remove_member(&alice, room, bob).await.expect("removed");
            let secret = crate::world::text_message(room, "without bob");
            messages.send(&alice, secret).await.expect("stored");
        });
    }

    /// While somebody reads next, Alice says something.
    fn talk_meanwhile(&self) {
        let (messages, alice, room) = (self.world.messages.clone(), self.alice, self.room);
        self.meanwhile.set(Read::Messages, async move {
            let news = crate::world::text_message(room, "news");
            messages.send(&alice, news).await.expect("stored");
        });
    }

    /// In a new room Bob answers Alice. While somebody reads what he answers, she gives it new
    /// words, and before that removes him, if she does.
    async fn reword_meanwhile(&self, removes_bob: bool) -> RoomId {
        let room = self.world.room(&self.alice, &[&self.bob]).await.room.id;
        let asked = self.world.say(&self.alice, room, "with bob").await.message.id;
        let mut answer = crate::world::text_message(room, "an answer");
        answer.reply_id = Some(asked);
        self.world.messages.send(&self.bob, answer).await.expect("stored");
        let (rooms, messages) = (self.world.rooms.clone(), self.world.messages.clone());
        let (alice, bob) = (self.alice, self.bob.user_id);
        self.meanwhile.set(Read::Quotes, async move {
            if removes_bob {
                rooms.remove_member(&alice, room, bob).await.expect("removed");
            }
            let edited = messages.edit(&alice, asked, "without bob".to_owned(), Vec::new());
            edited.await.expect("stored");
        });
        room
    }

    async fn removal(&self) -> i64 {
        let history = self.world.messages.history(&self.alice, self.room, Anchor::Newest, 2);
        history.await.expect("a page")[0].message.rev
    }
}

#[tokio::test]
async fn catching_up_ends_where_the_membership_did() {
    for rev in [0, 99] {
        let scene = Scene::set().await;
        scene.remove_bob_meanwhile();
        let synced = scene.world.messages.sync(&scene.bob, &[(scene.room, rev)]).await;
        let synced = synced.expect("an answer");
        let removal = scene.removal().await;
        for room in &synced.rooms {
            let revs: Vec<i64> = room.messages.iter().map(|detail| detail.message.rev).collect();
            assert!(revs.iter().all(|rev| *rev <= removal), "{revs:?}, removed at {removal}");
        }
        let again = scene.world.messages.sync(&scene.bob, &[(scene.room, rev)]).await;
        assert_eq!(again.expect("an answer").gone, [scene.room]);
    }
}

#[tokio::test]
async fn what_is_said_while_one_catches_up_is_left_for_the_next_time() {
    let scene = Scene::set().await;
    scene.talk_meanwhile();
    let ask = async |rev| {
        let synced = scene.world.messages.sync(&scene.bob, &[(scene.room, rev)]).await;
        let synced = synced.expect("an answer");
        let room = &synced.rooms[0];
        let revs: Vec<i64> = room.messages.iter().map(|detail| detail.message.rev).collect();
        (room.head.last_rev, revs, room.more)
    };
    let (last, revs, more) = ask(0).await;
    assert_eq!((revs.last(), more), (Some(&last), false));
    assert_eq!(ask(last).await, (last + 1, vec![last + 1], false));
}

#[tokio::test]
async fn what_is_answered_is_shown_to_members_only_as_it_is_now() {
    for rev in [0, 99] {
        let scene = Scene::set().await;
        let room = scene.reword_meanwhile(true).await;
        let synced = scene.world.messages.sync(&scene.bob, &[(room, rev)]).await;
        let synced = synced.expect("an answer");
        assert_eq!((synced.rooms.len(), synced.gone), (0, vec![room]));

        let scene = Scene::set().await;
        let room = scene.reword_meanwhile(false).await;
        let synced = scene.world.messages.sync(&scene.bob, &[(room, rev)]).await;
        assert_eq!(synced.expect("an answer").rooms.len(), 1);
    }
}

#[tokio::test]
async fn who_is_removed_while_they_search_finds_nothing_of_the_room() {
    for (removed, found) in [(true, 0), (false, 1)] {
        let scene = Scene::set().await;
        scene.reword_meanwhile(removed).await;
        let page = SearchPage {
            query: SearchQuery::parse("answer").ok(),
            limit: 10,
            ..SearchPage::default()
        };
        let hits = scene.world.messages.search(&scene.bob, page).await.expect("hits");
        assert_eq!(hits.len(), found, "{hits:?}");
    }
}

#[tokio::test]
async fn a_list_of_members_is_for_members_when_it_is_whole() {
    let scene = Scene::set().await;
    let (rooms, alice, bob, room) = (scene.world.rooms.clone(), scene.alice, scene.bob, scene.room);
    scene.meanwhile.set(Read::People, async move {
        rooms.remove_member(&alice, room, bob.user_id).await.expect("removed");
    });
    let members = scene.world.rooms.members(&bob, room, None, 10).await;
    assert!(matches!(members, Err(Error::NotFound)), "{members:?}");
}

#[tokio::test]
async fn a_page_of_history_is_for_members_when_it_is_whole() {
    let scene = Scene::set().await;
    scene.remove_bob_meanwhile();
    let page = scene.world.messages.history(&scene.bob, scene.room, Anchor::Newest, 10);
    assert!(matches!(page.await, Err(Error::NotFound)));
}

#[tokio::test]
async fn rooms_show_their_newest_message_to_members_only() {
    let scene = Scene::set().await;
    scene.remove_bob_meanwhile();
    let room = scene.world.rooms.get(&scene.bob, scene.room).await;
    assert!(matches!(room, Err(Error::NotFound)), "{room:?}");

    let scene = Scene::set().await;
    scene.remove_bob_meanwhile();
    let rooms = scene.world.rooms.list(&scene.bob, None, 10).await.expect("a list");
    assert!(rooms.iter().all(|room| room.room.id != scene.room), "{rooms:?}");

    let scene = Scene::set().await;
    scene.remove_bob_meanwhile();
    let both = [scene.alice.user_id, scene.bob.user_id];
    let views = scene.world.rooms.as_seen_by(scene.room, &both).await.expect("views");
    let viewers: Vec<UserId> = views.iter().map(|(viewer, _)| *viewer).collect();
    assert_eq!(viewers, [scene.alice.user_id]);
}

#[tokio::test]
async fn a_room_in_which_somebody_talks_meanwhile_is_shown_all_the_same() {
    let scene = Scene::set().await;
    scene.talk_meanwhile();
    let room = scene.world.rooms.get(&scene.bob, scene.room).await.expect("a room");
    assert!(room.last_message.is_some());
}

#[tokio::test]
async fn rooms_that_were_read_before_they_were_followed_are_read_again() {
    let asked = Arc::new(AtomicUsize::new(0));
    let world = World::told_by(Box::new(FollowsLate {
        broker: InProcessBroker::new(),
        asked: asked.clone(),
    }));
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    asked.store(0, Ordering::SeqCst);
    let rooms = world.rooms.ids_of(alice.user_id).await.expect("rooms");
    assert!(rooms.contains(&room), "{rooms:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
