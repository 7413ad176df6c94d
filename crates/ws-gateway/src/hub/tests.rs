//! Tests of who hears of what: for each kind of event exactly these and nobody else.

#[path = "../../tests/gateway/builders.rs"]
mod builders;
mod messages;
mod preferences;
mod pressure;
mod scene;
mod views;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::port::Listener;
use domain::{Event, RemovalReason, RevocationReason, RoomId, SessionId, Timestamp, UserId};
use serde_json::{Value, json};
use wire::message::Form;

use self::builders::person;
use self::scene::{ALICE, BOB, CAROL, DAVE, FAR_ROOM, LIMITS, ROOM, Scene};
use crate::transport::Phase;
use crate::transport::testing::{pushed_routes, pushes};

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
fn who_comes_in_again_is_announced_to_the_others_only() {
    let scene = Scene::new();
    scene.hub.announce(ROOM, &person(ALICE));
    scene.turn();
    scene.assert_told("onNewUser", &["bob"]);
    scene.hub.tell_members(&scene.handles["alice"], ROOM, &[ALICE, BOB]);
    assert_eq!(scene.push_to("alice"), json!({"roomId": 100, "members": ["1", "2"]}));
}
