//! Pushes as clients get them, above all as the demo client needs them.

use std::time::{Duration, Instant};

use domain::{Event, RemovalReason, RoomId, UserId};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::client::Seen;
use crate::server::Server;

#[actix_web::test]
async fn the_demo_clients_conversation_works() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    alice.request("room.join", "{}").await;
    let hello = bob.push("onNewUser").await;
    assert_eq!(hello["content"], "New user: user1");
    assert_eq!(hello["user"]["id"], 1);

    alice
        .notify("room.message", r#"{"name":"somebody else","content":"hi 😁"}"#)
        .await;
    for client in [&mut alice, &mut bob] {
        let push = client.push("onMessage").await;
        assert_eq!((&push["name"], &push["content"]), (&json!("user1"), &json!("hi 😁")));
        assert_eq!((&push["roomId"], &push["seq"]), (&json!(1), &json!(1)));
    }
    server.stop().await;
}

#[actix_web::test]
async fn coming_into_a_room_again_is_told_once_a_connection() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    for _ in 0..3 {
        alice.request("room.join", "{}").await;
    }
    bob.push("onNewUser").await;
    alice
        .request(
            "room.sendMessage",
            r#"{"channelId":1,"contentType":"TEXT_MESSAGE","textMessage":{"text":"x"}}"#,
        )
        .await;
    bob.push("onMessage").await;
    server.stop().await;
}

#[actix_web::test]
async fn a_new_member_is_told_by_the_event_and_only_by_it() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    bob.ask("room.join", r#"{"id":5}"#).await;
    let (mut has_room, mut is_answered) = (false, false);
    while !(has_room && is_answered) {
        match bob.next().await {
            Seen::Push(route, body) => has_room |= route == "onRoom" && body["id"] == 5,
            Seen::Answer(..) => is_answered = true,
            _ => {}
        }
    }
    alice.request("room.join", r#"{"id":5}"#).await;
    let push = bob.push("onNewUser").await;
    assert_eq!((&push["roomId"], &push["user"]["id"]), (&json!(5), &json!(1)));
    alice.notify("room.message", r#"{"content":"here"}"#).await;
    let push = bob.push("onMessage").await;
    assert_eq!(push["roomId"], 5, "what is said goes to the room that was joined last");
    server.stop().await;
}

#[actix_web::test]
async fn what_is_said_before_joining_goes_to_the_lobby() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    alice.notify("room.message", r#"{"content":"hi"}"#).await;
    assert_eq!(alice.push("onMessage").await["roomId"], 1);
    server.stop().await;
}

#[actix_web::test]
async fn typing_counts_once_a_second_and_not_for_oneself() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    for _ in 0..50 {
        alice.notify("room.typing", r#"{"id":1,"on":true}"#).await;
    }
    alice.notify("room.typing", r#"{"id":1,"on":false}"#).await;
    let push = bob.push("onTyping").await;
    assert_eq!(push, json!({"roomId": 1, "userId": 1, "on": true}));
    assert_eq!(bob.push("onTyping").await["on"], false);
    assert!(alice.is_alive().await);
    assert_eq!(server.world.asked("typing"), ["typing 1 1 true", "typing 1 1 false"]);
    server.stop().await;
}

#[actix_web::test]
async fn a_typing_mark_that_is_not_renewed_runs_out() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    let start = Instant::now();
    alice.notify("room.typing", r#"{"id":1,"on":true}"#).await;
    assert_eq!(bob.push("onTyping").await["on"], true);
    assert_eq!(bob.push("onTyping").await["on"], false);
    assert!(start.elapsed() >= Duration::from_secs(6));
    server.stop().await;
}

#[actix_web::test]
async fn who_goes_while_typing_types_no_more() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    alice.notify("room.typing", r#"{"id":1,"on":true}"#).await;
    assert_eq!(bob.push("onTyping").await["on"], true);
    drop(alice);
    assert_eq!(bob.push("onTyping").await["on"], false);
    server.stop().await;
}

#[actix_web::test]
async fn who_was_removed_hears_nothing_from_the_next_message_on() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    server.tell(Event::MemberRemoved {
        room_id: RoomId(1),
        rev: 1,
        user_id: UserId(2),
        reason: RemovalReason::Removed,
    });
    alice.notify("room.message", r#"{"content":"secret"}"#).await;
    alice.push("onMessage").await;
    assert_eq!(bob.push("onRoomRemoved").await, json!({"id": 1, "reason": "removed"}));
    bob.ask("probe.nothere", "{}").await;
    assert!(matches!(bob.next().await, Seen::Error(..)));
    server.stop().await;
}

#[actix_web::test]
async fn everybody_hears_messages_in_the_order_of_their_numbers() {
    let server = Server::start();
    let mut alice = server.signed_in("alice").await;
    let mut bob = server.signed_in("bob").await;
    let text = r#"{"channelId":1,"contentType":"TEXT_MESSAGE","textMessage":{"text":"x"}}"#;
    for _ in 0..100 {
        alice.ask("room.sendMessage", text).await;
        bob.ask("room.sendMessage", text).await;
    }
    for client in [&mut alice, &mut bob] {
        let mut seqs = Vec::new();
        while seqs.len() < 200 {
            if let Seen::Push(route, body) = client.next().await {
                assert_eq!(route, "onMessage");
                seqs.push(body["seq"].as_i64().unwrap());
            }
        }
        assert_eq!(seqs, (1..=200).collect::<Vec<_>>());
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_batching_client_gets_several_packets_in_a_message_and_others_one() {
    let server = Server::start();
    for (handshake, batches) in [(r#"{"sys":{"batch":true}}"#, true), ("{}", false)] {
        let mut client = server.connect().await;
        client.shake_hands(handshake).await;
        client.request("session.auth", r#"{"token":"alice"}"#).await;
        for seq in 0..100 {
            server.tell(Event::Read {
                room_id: RoomId(1),
                user_id: UserId(1),
                read_seq: seq,
            });
        }
        let mut messages = 0;
        let mut packets = 0;
        while packets < 100 {
            let Some(Frame::Binary(message)) = client.next_frame().await else {
                panic!("no message");
            };
            messages += 1;
            packets += pitaya_protocol::PacketSplitter::new(message, 1 << 24).count();
        }
        assert_eq!(packets, 100);
        assert_eq!(messages < 100, batches, "{messages}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_asks_for_compact_messages_gets_them_and_others_full_ones() {
    let server = Server::start();
    let mut full = server.signed_in("bob").await;
    let mut compact = server.connect().await;
    let agreed = compact.shake_hands(r#"{"sys":{"compact":true}}"#).await;
    assert_eq!(agreed["sys"]["compact"], true);
    compact.request("session.auth", r#"{"token":"alice"}"#).await;
    let text = r#"{"channelId":1,"contentType":"TEXT_MESSAGE","textMessage":{"text":"hi"}}"#;

    let answer = compact.request("room.sendMessage", text).await;
    let said = &answer["data"];
    let fields: Vec<_> = said.as_object().unwrap().keys().collect();
    let expected = "contentType createdAt id rev roomId seq textMessage user userId";
    assert_eq!(fields, expected.split(' ').collect::<Vec<_>>());
    let push = full.push("onMessage").await;
    assert_eq!(
        (&push["id"], &push["channelId"], &push["content"]),
        (&said["id"], &json!(1), &json!("hi"))
    );

    let answer = full.request("room.sendMessage", text).await;
    assert_eq!(answer["data"]["reactions"], json!([]));
    loop {
        let push = compact.push("onMessage").await;
        assert_eq!(push.get("channelId"), None);
        if push["id"] == answer["data"]["id"] {
            break;
        }
    }
    server.stop().await;
}
