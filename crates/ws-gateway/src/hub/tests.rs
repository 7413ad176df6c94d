//! Tests of who hears of what: for each kind of event exactly these and nobody else.

#[path = "../../tests/gateway/builders.rs"]
mod builders;
mod messages;
mod preferences;
mod views;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use domain::port::Listener;
use domain::{Event, RemovalReason, RevocationReason, RoomId, SessionId, Timestamp, UserId};
use serde_json::{Value, json};

use tokio::sync::mpsc::UnboundedReceiver;

use super::shard::Command;
use super::shards::BACKLOG;
use super::{Handle, Hub, Link, Shard};
use crate::stats::Counters;
use crate::transport::testing::{NoSocket, pushed_routes, pushes};
use crate::transport::{Outbox, Phase, QueueLimits, Transport, Written};
use builders::person;
use wire::message::Form;

const ALICE: UserId = UserId(1);
const BOB: UserId = UserId(2);
/// Is connected, but shares no room with the others.
const CAROL: UserId = UserId(3);
/// Is not connected.
const DAVE: UserId = UserId(4);
const ROOM: RoomId = RoomId(100);
const FAR_ROOM: RoomId = RoomId(200);

const LIMITS: QueueLimits = QueueLimits {
    packets: 64,
    bytes: 1 << 20,
};

/// A hub with connections whose outboxes the test reads.
struct Scene {
    hub: Arc<Hub>,
    shard: Rc<Shard>,
    commands: RefCell<UnboundedReceiver<Command>>,
    handles: BTreeMap<&'static str, Arc<Handle>>,
}

impl Scene {
    /// Alice on two devices and Bob on one are in the room, Carol is in another one.
    fn new() -> Self {
        let hub = Arc::new(Hub::new(20, LIMITS, Arc::new(Counters::default())));
        let (shard, commands) = hub.shards.add();
        let mut scene = Self {
            hub,
            shard,
            commands: RefCell::new(commands),
            handles: BTreeMap::new(),
        };
        scene.connect("alice", ALICE, SessionId(11), &[ROOM]);
        scene.connect("alice's phone", ALICE, SessionId(12), &[ROOM]);
        scene.connect("bob", BOB, SessionId(21), &[ROOM]);
        scene.connect("carol", CAROL, SessionId(31), &[FAR_ROOM]);
        scene
    }

    fn connect(&mut self, name: &'static str, user: UserId, session: SessionId, rooms: &[RoomId]) {
        self.connect_in(Form::Full, name, user, session, rooms);
    }

    fn connect_in(&mut self, form: Form, name: &'static str, user: UserId, session: SessionId, rooms: &[RoomId]) {
        let handle = self.open(Rc::new(NoSocket));
        handle.agree_on(form);
        self.bind(name, user, session, rooms, handle);
    }

    /// A connection that is nobody's yet.
    fn open(&self, transport: Rc<dyn Transport>) -> Arc<Handle> {
        let id = self.handles.len() as u64;
        let handle = Arc::new(Handle::new(id, self.shard.id, Outbox::new(LIMITS)));
        self.shard.open(&Rc::new(Link::new(Arc::clone(&handle), transport)));
        handle
    }

    fn bind(&mut self, name: &'static str, user: UserId, session: SessionId, rooms: &[RoomId], handle: Arc<Handle>) {
        let registered = self.hub.register(user, session, &handle).unwrap();
        self.hub.loaded(user, registered.generation, rooms.to_vec());
        self.turn();
        self.handles.insert(name, handle);
    }

    fn tell(&self, event: Event) {
        self.hub.deliver(&event);
        self.turn();
    }

    /// Lets the shard do what it was told.
    fn turn(&self) {
        self.poll_turn(&mut Context::from_waker(Waker::noop()));
    }

    /// The same, and waits for more.
    fn poll_turn(&self, context: &mut Context<'_>) {
        while let Poll::Ready(Some(command)) = self.commands.borrow_mut().poll_recv(context) {
            self.shard.apply(&mut std::iter::once(command), &mut 0);
        }
    }

    fn outbox(&self, name: &str) -> &Outbox {
        &self.handles[name].outbox
    }

    /// What each connection was told, for those that were told anything.
    fn told(&self) -> BTreeMap<&'static str, Vec<String>> {
        let told = self
            .handles
            .iter()
            .map(|(name, handle)| (*name, pushed_routes(&handle.outbox)));
        told.filter(|(_, routes)| !routes.is_empty()).collect()
    }

    /// Asserts that these connections and no others were told this one thing.
    #[track_caller]
    fn assert_told(&self, route: &str, names: &[&'static str]) {
        let expected = names.iter().map(|name| (*name, vec![route.to_owned()])).collect();
        assert_eq!(self.told(), expected);
    }

    /// The one push that a connection was told.
    #[track_caller]
    fn push_to(&self, name: &str) -> Value {
        let mut pushes = pushes(self.outbox(name));
        assert_eq!(pushes.len(), 1, "{pushes:?}");
        pushes.remove(0).1
    }
}

const MEMBERS: &[&str] = &["alice", "alice's phone", "bob"];

#[test]
fn read_marks_go_to_every_member() {
    let scene = Scene::new();
    let event = || Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq: 5,
    };
    scene.tell(event());
    scene.assert_told("onRead", MEMBERS);
    scene.tell(event());
    assert_eq!(scene.push_to("bob"), json!({"roomId": 100, "userId": 1, "readSeq": 5}));
}

#[test]
fn typing_goes_to_the_other_members() {
    let scene = Scene::new();
    let event = || Event::Typing {
        room_id: ROOM,
        user_id: ALICE,
        on: true,
    };
    scene.tell(event());
    scene.assert_told("onTyping", &["bob"]);
    scene.tell(event());
    assert_eq!(scene.push_to("bob"), json!({"roomId": 100, "userId": 1, "on": true}));
}

#[test]
fn presence_goes_to_those_who_share_a_room() {
    let scene = Scene::new();
    let event = |user_id| Event::Presence {
        user_id,
        online: false,
        last_seen_at: Some(Timestamp(0)),
    };
    scene.tell(event(BOB));
    scene.assert_told("onPresence", &["alice", "alice's phone"]);
    scene.tell(event(CAROL));
    scene.assert_told("onPresence", &[]);
    scene.tell(event(ALICE));
    let expected = json!({"userId": 1, "online": false, "lastSeenAt": "1970-01-01T00:00:00.000Z"});
    assert_eq!(scene.push_to("bob"), expected);
}

#[test]
fn who_shares_two_rooms_is_told_once() {
    let mut scene = Scene::new();
    scene.connect("dave", DAVE, SessionId(41), &[ROOM, FAR_ROOM]);
    scene.tell(Event::MembersAdded {
        room_id: FAR_ROOM,
        rev: 1,
        people: vec![person(BOB)],
    });
    scene.told();
    scene.tell(Event::Presence {
        user_id: DAVE,
        online: true,
        last_seen_at: None,
    });
    scene.assert_told("onPresence", &["alice", "alice's phone", "bob", "carol"]);
}

#[test]
fn a_second_device_hears_what_the_first_one_hears_and_goes_alone() {
    let mut scene = Scene::new();
    scene.connect("bob's phone", BOB, SessionId(22), &[]);
    let read = || Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq: 1,
    };
    scene.tell(read());
    scene.assert_told("onRead", &["alice", "alice's phone", "bob", "bob's phone"]);
    scene.hub.unregister(BOB, &scene.handles["bob"]);
    scene.tell(read());
    scene.assert_told("onRead", &["alice", "alice's phone", "bob's phone"]);
    scene.hub.unregister(BOB, &scene.handles["bob's phone"]);
    scene.tell(read());
    scene.assert_told("onRead", &["alice", "alice's phone"]);
}

#[test]
fn a_changed_profile_goes_to_its_owner_and_to_those_who_share_a_room() {
    let scene = Scene::new();
    scene.tell(Event::UserChanged(person(BOB)));
    scene.assert_told("onUser", MEMBERS);
    scene.tell(Event::UserChanged(person(CAROL)));
    scene.assert_told("onUser", &["carol"]);
    scene.tell(Event::UserChanged(person(BOB)));
    let user = scene.push_to("alice");
    assert_eq!(user["userName"], "user2");
    assert_eq!(user.get("email"), None);
}

#[test]
fn friends_hear_of_each_other_and_nobody_else_does() {
    let (a, b) = (person(ALICE), person(CAROL));
    for (event, route) in [
        (
            Event::FriendAdded {
                a: a.clone(),
                b: b.clone(),
            },
            "onFriend",
        ),
        (Event::FriendRemoved { a, b }, "onFriendRemoved"),
    ] {
        let scene = Scene::new();
        scene.tell(event.clone());
        scene.assert_told(route, &["alice", "alice's phone", "carol"]);
        scene.tell(event);
        assert_eq!(scene.push_to("carol")["id"], 1);
        assert_eq!(scene.push_to("alice")["id"], 3);
    }
}

#[test]
fn members_so_far_hear_of_a_new_one_who_then_hears_of_the_room() {
    let scene = Scene::new();
    scene.tell(Event::MembersAdded {
        room_id: ROOM,
        rev: 1,
        people: vec![person(CAROL), person(DAVE)],
    });
    let both = vec!["onNewUser".to_owned(); 2];
    let expected = MEMBERS.iter().map(|name| (*name, both.clone())).collect();
    assert_eq!(scene.told(), expected);
    scene.tell(Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq: 1,
    });
    scene.assert_told("onRead", &["alice", "alice's phone", "bob", "carol"]);
}

#[test]
fn a_new_user_is_told_with_name_and_words() {
    let scene = Scene::new();
    scene.tell(Event::MembersAdded {
        room_id: ROOM,
        rev: 1,
        people: vec![person(CAROL)],
    });
    let push = scene.push_to("bob");
    assert_eq!(push["roomId"], 100);
    assert_eq!(push["user"]["id"], 3);
    assert_eq!(push["content"], "New user: user3");
}

#[test]
fn who_is_removed_is_told_so_and_hears_nothing_more() {
    let scene = Scene::new();
    scene.tell(Event::MemberRemoved {
        room_id: ROOM,
        rev: 1,
        user_id: BOB,
        reason: RemovalReason::Removed,
    });
    assert_eq!(scene.push_to("bob"), json!({"id": 100, "reason": "removed"}));
    scene.tell(Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq: 1,
    });
    scene.tell(Event::Typing {
        room_id: ROOM,
        user_id: ALICE,
        on: true,
    });
    scene.tell(Event::Presence {
        user_id: ALICE,
        online: true,
        last_seen_at: None,
    });
    scene.assert_told("onRead", &["alice", "alice's phone"]);
}

#[test]
fn a_deleted_room_is_told_to_those_who_were_members() {
    let scene = Scene::new();
    scene.tell(Event::RoomDeleted { room_id: ROOM });
    scene.assert_told("onRoomRemoved", MEMBERS);
    scene.tell(Event::RoomDeleted { room_id: ROOM });
    scene.assert_told("onRoomRemoved", &[]);
}

#[test]
fn revoked_sessions_end_at_once_and_other_devices_go_on() {
    for (reason, word) in [
        (RevocationReason::Logout, "logout"),
        (RevocationReason::Revoked, "session_revoked"),
        (RevocationReason::PasswordChanged, "session_revoked"),
    ] {
        let scene = Scene::new();
        scene.outbox("alice").allow_kick();
        let read = || Event::Read {
            room_id: ROOM,
            user_id: BOB,
            read_seq: 1,
        };
        scene.tell(read());
        scene.tell(Event::SessionsRevoked {
            user_id: ALICE,
            sessions: vec![SessionId(11), SessionId(21)],
            reason,
        });
        scene.tell(read());
        let frames = crate::transport::testing::frames(scene.outbox("alice"));
        assert_eq!(frames.len(), 2, "only the kick and the close frame");
        assert_eq!(&frames[0].1[4..], format!("{{\"reason\":\"{word}\"}}").as_bytes());
        assert_eq!(scene.outbox("bob").phase(), Phase::Open);
        assert_eq!(pushed_routes(scene.outbox("alice's phone")), ["onRead", "onRead"]);
    }
}

#[test]
fn a_slow_reader_is_ended_and_the_others_hear_everything() {
    let scene = Scene::new();
    for read_seq in 0..100 {
        scene.tell(Event::Read {
            room_id: ROOM,
            user_id: ALICE,
            read_seq,
        });
        assert_eq!(pushed_routes(scene.outbox("alice")).len(), 1);
    }
    assert_eq!(scene.outbox("bob").phase(), Phase::Ending);
    assert_eq!(scene.hub.counters.slow.get(), 2);
}

#[test]
fn a_shard_that_is_behind_holds_publishers_up_until_it_has_caught_up() {
    let scene = Scene::new();
    let typing = Event::Typing {
        room_id: ROOM,
        user_id: ALICE,
        on: true,
    };
    let read = |read_seq| Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq,
    };
    let mut context = Context::from_waker(Waker::noop());
    let mut caught_up = pin!(scene.hub.caught_up());
    for read_seq in 0..i64::try_from(BACKLOG).unwrap() {
        assert_eq!(scene.hub.counters.dropped.get(), 0);
        scene.hub.deliver(&read(read_seq));
    }
    assert!(caught_up.as_mut().poll(&mut context).is_pending());
    // What may be left out does not come on top.
    scene.hub.deliver(&typing);
    assert_eq!(scene.hub.counters.dropped.get(), 1);
    scene.turn();
    assert!(caught_up.as_mut().poll(&mut context).is_ready());
}

#[test]
fn a_thread_without_anybodys_connections_holds_nobody_up() {
    let mut scene = Scene::new();
    let (idle, _commands) = scene.hub.shards.add();
    let read = |read_seq| Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq,
    };
    let mut context = Context::from_waker(Waker::noop());
    let mut deliver_and_wait = |scene: &Scene| {
        (0..i64::try_from(BACKLOG).unwrap()).for_each(|read_seq| scene.hub.deliver(&read(read_seq)));
        scene.turn();
        pin!(scene.hub.caught_up()).poll(&mut context).is_ready()
    };
    assert!(deliver_and_wait(&scene), "nobody is connected through it");
    // It is waited for as soon as somebody is, and as long as they stay.
    let handle = Arc::new(Handle::new(99, idle.id, Outbox::new(LIMITS)));
    scene.hub.register(BOB, SessionId(22), &handle).unwrap();
    scene.handles.insert("bob's phone", handle);
    assert!(!deliver_and_wait(&scene));
    let mut caught_up = pin!(scene.hub.caught_up());
    assert!(caught_up.as_mut().poll(&mut context).is_pending());
    scene.hub.unregister(BOB, &scene.handles["bob's phone"]);
    assert!(caught_up.as_mut().poll(&mut context).is_ready());
}

#[tokio::test]
async fn what_the_http_layer_writes_by_itself_is_not_written_twice() {
    struct Counting(Cell<u32>, bool);
    impl Transport for Counting {
        fn write(&self, _: &Outbox) -> Written {
            self.0.set(self.0.get() + 1);
            Written::All
        }
        fn writes_by_itself(&self) -> bool {
            self.1
        }
        fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
            Poll::Pending
        }
        fn finish(&self) {}
        fn kill(&self) {}
    }
    for (writes_by_itself, writes) in [(false, 1), (true, 0)] {
        let mut scene = Scene::new();
        let transport = Rc::new(Counting(Cell::new(0), writes_by_itself));
        let handle = scene.open(transport.clone());
        scene.bind("dave", DAVE, SessionId(41), &[ROOM], handle);
        scene.tell(Event::Read {
            room_id: ROOM,
            user_id: ALICE,
            read_seq: 1,
        });
        scene.shard.write().await;
        assert_eq!(transport.0.get(), writes);
        assert_eq!(pushed_routes(scene.outbox("dave")), ["onRead"]);
    }
}

#[test]
fn who_comes_in_again_is_announced_to_the_others_only() {
    let scene = Scene::new();
    scene.hub.announce(ROOM, &person(ALICE));
    scene.turn();
    scene.assert_told("onNewUser", &["bob"]);
    scene.hub.tell_members(&scene.handles["alice"], ROOM, &[ALICE, BOB]);
    assert_eq!(scene.push_to("alice"), json!({"roomId": 100, "members": ["1", "2"]}));
}
