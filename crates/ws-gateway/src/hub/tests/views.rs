//! Tests of the pushes that need the database, with use cases that answer from memory.

use std::future::poll_fn;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::room::{OpenRoom, OpenRoomsPage, RoomDetail, RoomHead};
use service::room::{CreateRoom, Joined, MemberDetail, RoomService, UpdateRoom};
use service::{Actor, Error, Result};
use tokio::sync::Semaphore;

use super::*;
use crate::hub::look_up_for_ever;
use crate::transport::{Outbox, QueueLimits};

/// Rooms as everyone sees them: the name says who looks.
struct Rooms {
    ids: Vec<RoomId>,
    asked: Mutex<Vec<Vec<UserId>>>,
    /// One permit for each question that may be answered.
    gate: Semaphore,
}

impl Rooms {
    fn new(ids: &[RoomId], permits: usize) -> Arc<Self> {
        Arc::new(Self {
            ids: ids.to_vec(),
            asked: Mutex::default(),
            gate: Semaphore::new(permits),
        })
    }
}

#[async_trait]
impl RoomService for Rooms {
    async fn ids_of(&self, _: UserId) -> Result<Vec<RoomId>> {
        Ok(self.ids.clone())
    }

    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>> {
        let mut sorted = users.to_vec();
        sorted.sort_unstable();
        self.asked.lock().unwrap().push(sorted);
        self.gate.acquire().await.unwrap().forget();
        let rooms = users.iter().flat_map(|user| self.ids.iter().map(|room| (*user, *room)));
        Ok(rooms.collect())
    }

    async fn as_seen_by(&self, id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        let mut sorted = users.to_vec();
        sorted.sort_unstable();
        self.asked.lock().unwrap().push(sorted);
        self.gate.acquire().await.unwrap().forget();
        let view = |user: &UserId| {
            let mut detail = builders::room(id);
            detail.room.name = format!("as {user} sees it");
            (*user, detail)
        };
        Ok(users.iter().map(view).collect())
    }

    async fn create(&self, _: &Actor, _: CreateRoom) -> Result<RoomDetail> {
        Err(Error::NotFound)
    }

    async fn get(&self, _: &Actor, _: RoomId) -> Result<RoomDetail> {
        Err(Error::NotFound)
    }

    async fn list(&self, _: &Actor, _: Option<RoomId>, _: u32) -> Result<Vec<RoomDetail>> {
        Err(Error::NotFound)
    }

    async fn open(&self, _: &Actor, _: &OpenRoomsPage) -> Result<Vec<OpenRoom>> {
        Err(Error::NotFound)
    }

    async fn members(&self, _: &Actor, _: RoomId, _: Option<UserId>, _: u32) -> Result<Vec<MemberDetail>> {
        Err(Error::NotFound)
    }

    async fn update(&self, _: &Actor, _: RoomId, _: UpdateRoom) -> Result<RoomDetail> {
        Err(Error::NotFound)
    }

    async fn join(&self, _: &Actor, _: Option<RoomId>) -> Result<Joined> {
        Err(Error::NotFound)
    }

    async fn remove_member(&self, _: &Actor, _: RoomId, _: UserId) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn delete(&self, _: &Actor, _: RoomId) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn heads(&self, _: &Actor) -> Result<Vec<RoomHead>> {
        Err(Error::NotFound)
    }
}

/// Waits until something waits to be written, and reads it.
async fn next_push(scene: &Scene, name: &str) -> (String, Value) {
    let chunk = poll_fn(|context| {
        scene.poll_turn(context);
        scene.outbox(name).poll_chunk(context).map(Option::unwrap)
    })
    .await;
    let outbox = Outbox::new(QueueLimits {
        packets: 8,
        bytes: 1 << 20,
    });
    let head = if chunk[1] == 126 { 4 } else { 2 };
    outbox.push(&chunk.slice(head..), false);
    pushes(&outbox).remove(0)
}

fn scene_with(rooms: &Arc<Rooms>) -> Scene {
    let scene = Scene::new();
    let rooms = Arc::clone(rooms) as Arc<dyn RoomService>;
    tokio::spawn(look_up_for_ever(Arc::clone(&scene.hub), rooms));
    scene
}

#[tokio::test]
async fn a_changed_room_goes_to_every_member_as_they_see_it() {
    let scene = scene_with(&Rooms::new(&[], 10));
    scene.tell(Event::RoomChanged { room_id: ROOM });
    for (name, sees) in [
        ("alice", "as 1 sees it"),
        ("alice's phone", "as 1 sees it"),
        ("bob", "as 2 sees it"),
    ] {
        let (route, room) = next_push(&scene, name).await;
        assert_eq!((route.as_str(), &room["name"]), ("onRoom", &json!(sees)));
    }
    scene.assert_told("onRoom", &[]);
}

#[tokio::test]
async fn only_the_new_member_hears_of_the_room_when_one_comes_in() {
    let rooms = Rooms::new(&[], 10);
    let scene = scene_with(&rooms);
    scene.tell(Event::MembersAdded {
        room_id: ROOM,
        rev: 1,
        people: vec![person(CAROL), person(DAVE)],
    });
    assert_eq!(next_push(&scene, "carol").await.0, "onRoom");
    assert_eq!(*rooms.asked.lock().unwrap(), [vec![CAROL]]);
}

#[tokio::test]
async fn who_is_removed_while_a_room_is_read_does_not_hear_of_it() {
    let rooms = Rooms::new(&[], 0);
    let scene = scene_with(&rooms);
    scene.tell(Event::RoomChanged { room_id: ROOM });
    while rooms.asked.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    scene.tell(Event::MemberRemoved {
        room_id: ROOM,
        rev: 1,
        user_id: BOB,
        reason: RemovalReason::Removed,
    });
    rooms.gate.add_permits(1);
    assert_eq!(next_push(&scene, "alice").await.0, "onRoom");
    assert_eq!(pushed_routes(scene.outbox("bob")), ["onRoomRemoved"]);
}

#[tokio::test]
async fn many_changes_of_a_room_are_read_together() {
    let rooms = Rooms::new(&[], 0);
    let scene = scene_with(&rooms);
    for _ in 0..100 {
        scene.tell(Event::RoomChanged { room_id: ROOM });
    }
    rooms.gate.add_permits(100);
    next_push(&scene, "bob").await;
    assert_eq!(*rooms.asked.lock().unwrap(), [vec![ALICE, BOB]]);
}

#[tokio::test]
async fn who_is_connected_elsewhere_is_told_to_those_who_share_a_room() {
    let scene = scene_with(&Rooms::new(&[ROOM], 1));
    scene.tell(Event::Presence {
        user_id: DAVE,
        online: true,
        last_seen_at: None,
    });
    let (route, body) = next_push(&scene, "bob").await;
    assert_eq!((route.as_str(), &body["userId"]), ("onPresence", &json!(4)));
    assert_eq!(pushed_routes(scene.outbox("alice")), ["onPresence"]);
    scene.assert_told("onPresence", &["alice's phone"]);
}

#[tokio::test]
async fn many_comings_and_goings_elsewhere_are_looked_up_together() {
    let rooms = Rooms::new(&[ROOM], 0);
    let scene = scene_with(&rooms);
    let presence = |user: i64, online| Event::Presence {
        user_id: UserId(user),
        online,
        last_seen_at: None,
    };
    scene.tell(presence(10, true));
    while rooms.asked.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    // While that is looked up twenty come and go, and one changes their profile besides.
    for online in [true, false, true] {
        (11..=30).for_each(|user| scene.tell(presence(user, online)));
    }
    scene.tell(Event::UserChanged(person(UserId(11))));
    rooms.gate.add_permits(2);
    let mut told = Vec::new();
    while told.len() < 22 {
        tokio::task::yield_now().await;
        scene.turn();
        told.append(&mut pushes(scene.outbox("bob")));
    }
    let mut present: Vec<_> = told
        .iter()
        .filter(|(route, body)| route == "onPresence" && body["online"] == true)
        .filter_map(|(_, body)| body["userId"].as_i64())
        .collect();
    present.sort_unstable();
    assert_eq!(present, (10..=30).collect::<Vec<_>>(), "of each the newest word, once");
    assert!(told.iter().any(|(route, body)| route == "onUser" && body["id"] == 11));
    let asked = rooms.asked.lock().unwrap();
    assert_eq!(*asked, [vec![UserId(10)], (11..=30).map(UserId).collect()]);
}

#[tokio::test]
async fn nothing_is_looked_up_for_nobody() {
    let rooms = Rooms::new(&[ROOM], 10);
    let scene = scene_with(&rooms);
    let presence = |user: i64| Event::Presence {
        user_id: UserId(user),
        online: true,
        last_seen_at: None,
    };
    for (user, name) in [
        (ALICE, "alice"),
        (ALICE, "alice's phone"),
        (BOB, "bob"),
        (CAROL, "carol"),
    ] {
        scene.hub.unregister(user, &scene.handles[name]);
    }
    scene.tell(presence(10));
    scene.tell(presence(11));
    tokio::task::yield_now().await;
    assert!(rooms.asked.lock().unwrap().is_empty(), "nobody is connected here");
}
