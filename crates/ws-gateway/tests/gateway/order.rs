//! One connection's calls: their order, and how many are in work.

use std::time::Duration;

use serde_json::json;
use ws_gateway::GatewayOptions;

use crate::client::{Client, Seen, request};
use crate::server::{Server, options};

fn text(room: i64, text: &str) -> String {
    json!({"channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": {"text": text}}).to_string()
}

async fn answered_ids(client: &mut Client, count: usize) -> Vec<u64> {
    let mut ids = Vec::new();
    while ids.len() < count {
        match client.answer().await {
            Seen::Answer(id, _) | Seen::Error(id, _) => ids.push(id),
            other => panic!("{other:?}"),
        }
    }
    ids
}

#[actix_web::test]
async fn calls_sent_without_waiting_are_answered_in_order() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let mut asked = Vec::new();
    for number in 0..200 {
        asked.push(match number % 4 {
            0 => client.ask("room.nope", "{}").await,
            1 => client.ask("room.list", r#"{"limit":1}"#).await,
            _ => client.ask("room.sendMessage", &text(1, &number.to_string())).await,
        });
    }
    assert_eq!(answered_ids(&mut client, 200).await, asked);
    let sent: Vec<String> = (0..200)
        .filter(|number| number % 4 > 1)
        .map(|number| format!("send 1 {number}"))
        .collect();
    assert_eq!(server.world.asked("send"), sent);
    server.stop().await;
}

#[actix_web::test]
async fn texts_for_one_room_are_under_way_together_and_keep_their_order() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let mut asked = Vec::new();
    for number in 0..10 {
        asked.push(
            client
                .ask("room.sendMessage", &text(1, &format!("slow {number}")))
                .await,
        );
    }
    server.world.wait_for("send 1 slow 9", 1).await;
    server.world.slow.add_permits(10);
    assert_eq!(answered_ids(&mut client, 10).await, asked);
    server.stop().await;
}

#[actix_web::test]
async fn a_slow_call_holds_up_its_own_room_only() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let slow = client.ask("room.sendMessage", &text(1, "slow")).await;
    let behind = client.ask("room.read", r#"{"id":1,"seq":1}"#).await;
    let elsewhere = client.ask("room.sendMessage", &text(2, "quick")).await;
    let last = client.ask("room.list", r#"{"limit":1}"#).await;
    assert_eq!(answered_ids(&mut client, 1).await, [elsewhere]);
    server.world.slow.add_permits(1);
    assert_eq!(answered_ids(&mut client, 3).await, [slow, behind, last]);
    server.stop().await;
}

#[actix_web::test]
async fn what_nothing_answers_is_answered_in_the_end_and_holds_up_nothing() {
    let server = Server::with(GatewayOptions {
        patience: Duration::from_millis(50),
        ..options()
    });
    let mut client = server.signed_in("alice").await;
    let late = client.ask("room.sendMessage", &text(1, "slow")).await;
    let last = client.ask("room.list", r#"{"limit":1}"#).await;
    match client.answer().await {
        Seen::Answer(id, body) => assert_eq!((id, &body["code"]), (late, &json!(503))),
        other => panic!("{other:?}"),
    }
    assert_eq!(answered_ids(&mut client, 1).await, [last]);
    server.stop().await;
}

#[actix_web::test]
async fn no_more_than_the_limit_is_in_work_and_the_rest_waits_in_the_socket() {
    let server = Server::with(GatewayOptions {
        inflight: 4,
        ..options()
    });
    let mut client = server.signed_in("alice").await;
    for number in 0..20 {
        client
            .ask("room.sendMessage", &text(1, &format!("slow {number}")))
            .await;
    }
    server.world.wait_for("send 1 slow 3", 1).await;
    let mut other = server.signed_in("bob").await;
    assert!(other.is_alive().await);
    assert_eq!(server.world.asked("send").len(), 4);
    server.world.slow.add_permits(20);
    assert_eq!(answered_ids(&mut client, 20).await.len(), 20);
    server.stop().await;
}

#[actix_web::test]
async fn several_packets_may_share_a_message() {
    let server = Server::with(GatewayOptions {
        inflight: 4,
        ..options()
    });
    let mut client = server.signed_in("alice").await;
    let packets: Vec<u8> = (1000..2000).flat_map(|id| request(id, "room.nope", "{}")).collect();
    client.raw(packets).await;
    assert_eq!(answered_ids(&mut client, 1000).await, (1000..2000).collect::<Vec<_>>());
    server.stop().await;
}

#[actix_web::test]
async fn what_a_call_pushes_comes_before_its_answer() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let id = client.ask("room.join", "{}").await;
    let members = client.push("onMembers").await;
    assert_eq!(members, json!({"roomId": 1, "members": ["1", "2"]}));
    let Seen::Answer(answered, room) = client.next().await else {
        panic!("no answer");
    };
    assert_eq!((answered, &room["data"]["id"]), (id, &json!(1)));
    server.stop().await;
}

#[actix_web::test]
async fn a_call_in_flight_goes_on_when_its_connection_ends() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let mut other = server.signed_in("bob").await;
    client.ask("room.sendMessage", &text(1, "slow")).await;
    server.world.wait_for("send 1 slow", 1).await;
    drop(client);
    server.world.wait_for("disconnected 1", 1).await;
    server.world.slow.add_permits(1);
    let push = other.push("onMessage").await;
    assert_eq!(push["content"], "slow");
    server.stop().await;
}
