//! What is promised when many do things at once: nothing twice, nothing lost, and the same for all.

use std::collections::HashSet;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Backend, Nodes, Person, Server, Socket, on, on_each_backend, said_once, text_message};

#[tokio::test]
async fn the_same_send_on_two_nodes_and_every_way_at_once_is_stored_once() {
    let Some(nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let mut sending = JoinSet::new();
    for turn in 0..16 {
        let person = on(if turn % 2 == 0 { &nodes.a } else { &nodes.b }, &alice);
        sending.spawn(async move {
            let mut found = Vec::new();
            if turn % 4 < 2 {
                let mut socket = person.socket().await;
                for number in 0..10 {
                    let answer = socket
                        .request("room.sendMessage", said_once(room, &format!("{number}")))
                        .await;
                    assert_eq!(answer["code"], 0, "{answer}");
                    found.push((answer["data"]["id"].clone(), answer["data"]["seq"].clone()));
                }
            } else {
                for number in 0..10 {
                    let stored = person
                        .post("/api/room/message", said_once(room, &format!("{number}")))
                        .await
                        .data();
                    found.push((stored["id"].clone(), stored["seq"].clone()));
                }
            }
            found
        });
    }
    let mut answers = Vec::new();
    while let Some(found) = sending.join_next().await {
        answers.push(found.expect("answers"));
    }
    assert!(answers.iter().all(|found| *found == answers[0]), "{answers:?}");
    let seqs: Vec<_> = answers[0].iter().map(|(_, seq)| seq.as_i64()).collect();
    assert_eq!(seqs, (1..=10).map(Some).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_hundred_senders_take_ten_thousand_numbers_without_hole_or_double() {
    // These connections only listen.
    let server = Server::start(Backend::Sqlite, &[("WS__HEARTBEAT", "10m")]).await;
    let creator = Person::join(&server, "Creator").await;
    let room = creator.room(&[], &[]).await;
    let mut listening = JoinSet::new();
    for _ in 0..3 {
        let mut socket = creator.socket().await;
        listening.spawn(async move {
            let mut order = Vec::new();
            while order.len() < 10_000 {
                let heard = socket
                    .push("onMessage", |push| push["contentType"] == "TEXT_MESSAGE")
                    .await;
                order.push((heard["seq"].as_i64(), heard["id"].as_i64()));
            }
            order
        });
    }
    let mut sending = JoinSet::new();
    for _ in 0..100 {
        let sender = Person::join(&server, "Sender").await;
        sender.post("/api/joinRoom", json!({"id": room})).await.data();
        sending.spawn(async move {
            for number in 0..100 {
                let request = sender.server.client.post(sender.server.url("/api/room/message"));
                let request = request
                    .bearer_auth(&sender.token)
                    .header("content-type", "application/json");
                let sent = request
                    .body(said_once(room, &format!("{number}")).to_string())
                    .send()
                    .await;
                assert_eq!(sent.expect("an answer").status(), 200);
            }
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent.expect("all were stored");
    }
    let first = listening.join_next().await.expect("a listener").expect("an order");
    assert!(first.is_sorted_by(|one, next| one.0 < next.0));
    while let Some(order) = listening.join_next().await {
        assert!(order.expect("an order") == first, "all hear the same order");
    }
    // 100 notices of those who came in stand between the messages.
    let view = creator.get(&format!("/api/room?id={room}")).await.data();
    assert_eq!(view["lastSeq"], 10_100);
    assert_eq!(view["lastRev"], 10_100);
}

#[tokio::test]
async fn of_read_marks_set_at_once_the_highest_stays_and_counts_agree_everywhere() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let mut people = Vec::new();
        for _ in 0..20 {
            people.push(Person::join(&server, "Reader").await);
        }
        let room = alice.room(&[], &people.iter().collect::<Vec<_>>()).await;
        for number in 0..30 {
            alice.say(room, &format!("{number}")).await;
        }
        let mut reading = JoinSet::new();
        for (place, person) in people.iter().enumerate() {
            for device in 0..2_usize {
                let person = person.clone();
                reading.spawn(async move {
                    let mut socket = person.socket().await;
                    for turn in 0..10 {
                        let seq = 1 + (place * 7 + device * 3 + turn * 11) % 25;
                        let read = socket.request("room.read", json!({"id": room, "seq": seq})).await;
                        assert!(read["data"]["readSeq"].as_u64() >= Some(seq as u64), "{read}");
                    }
                });
            }
        }
        while let Some(read) = reading.join_next().await {
            read.expect("all were answered");
        }
        for (place, person) in people.iter().enumerate() {
            let marks = (0..20).map(|n| 1 + (place * 7 + (n / 10) * 3 + (n % 10) * 11) % 25);
            let highest = marks.max().unwrap_or_default();
            let view = person.get(&format!("/api/room?id={room}")).await.data();
            assert_eq!(view["readSeq"][person.id.to_string()], highest);
            assert_eq!(view["unreadCount"], 30 - highest);
            let mut socket = Socket::connect(&server).await;
            socket.handshake().await;
            let bound = socket.request("session.auth", json!({"token": person.token})).await;
            let heads = bound["data"]["rooms"].as_array().expect("rooms").clone();
            let head = heads.iter().find(|head| head["id"] == room).expect("the room");
            assert_eq!(head["unreadCount"], 30 - highest, "signing in counts as reading does");
        }
    })
    .await;
}

#[tokio::test]
async fn unread_counts_stay_true_through_any_mix_of_what_changes_them() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let phone = bob.sign_in().await;
        let mut random = seeded(7);
        let mut last = json!(null);
        for turn in 0..60 {
            match random(8) {
                0..=2 => last = alice.say(room, &format!("{turn}")).await,
                3 => drop(bob.post("/api/room/message", text_message(room, "own words")).await),
                4 => {
                    let seq = random(turn + 2);
                    bob.post("/api/room/read", json!({"id": room, "seq": seq})).await;
                }
                5 if last["id"].is_i64() => {
                    alice.delete(&format!("/api/room/message?id={}", last["id"])).await;
                }
                6 => drop(
                    bob.delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
                        .await,
                ),
                _ => drop(phone.post("/api/joinRoom", json!({"id": room})).await),
            }
            let view = bob.get(&format!("/api/room?id={room}")).await;
            if view.status == 404 {
                continue;
            }
            let view = view.data();
            let mark = view["readSeq"][bob.id.to_string()].as_i64().unwrap_or_default();
            let history = bob
                .get(&format!("/api/room/messages?id={room}&afterSeq={mark}&limit=100"))
                .await
                .data();
            let counts = |message: &&Value| {
                message["userId"] != bob.id
                    && message["contentType"] == "TEXT_MESSAGE"
                    && message["isRecalled"] == false
            };
            let unread = history.as_array().expect("messages").iter().filter(counts).count();
            assert_eq!(view["unreadCount"], unread, "in turn {turn}");
            let other = phone.get("/api/room").await.data();
            let other = other
                .as_array()
                .expect("rooms")
                .iter()
                .find(|one| one["id"] == room)
                .cloned();
            assert_eq!(
                other.expect("the room")["unreadCount"],
                unread,
                "on the other device, in turn {turn}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn paging_while_others_write_gives_each_message_once_in_both_directions() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        for number in 0..60 {
            alice.say(room, &format!("{number}")).await;
        }
        // A page of nothing but recalled messages is a page, not the end.
        let page = bob
            .get(&format!("/api/room/messages?id={room}&afterSeq=20&limit=10"))
            .await
            .data();
        for message in page.as_array().expect("messages") {
            alice
                .delete(&format!("/api/room/message?id={}", message["id"]))
                .await
                .data();
        }
        let writer = alice.clone();
        let writing = tokio::spawn(async move {
            loop {
                writer.say(room, "and on").await;
            }
        });
        for (direction, mut at) in [("afterSeq", 0), ("beforeSeq", 1000)] {
            let mut seen = HashSet::new();
            while seen.len() < 60 || at > 1 && direction == "beforeSeq" {
                let page = bob
                    .get(&format!("/api/room/messages?id={room}&{direction}={at}&limit=10"))
                    .await
                    .data();
                let seqs: Vec<i64> = page
                    .as_array()
                    .expect("messages")
                    .iter()
                    .filter_map(|one| one["seq"].as_i64())
                    .collect();
                assert!(seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{seqs:?}");
                assert!(seqs.iter().all(|seq| seen.insert(*seq)), "each once: {seqs:?}");
                let next = if direction == "afterSeq" {
                    seqs.last()
                } else {
                    seqs.first()
                };
                at = *next.expect("a page that is not empty");
            }
            assert!((1..=60).all(|seq| seen.contains(&seq)), "{direction}");
        }
        writing.abort();
    })
    .await;
}

/// Numbers below what is asked for, the same in each run.
fn seeded(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut rng = StdRng::seed_from_u64(seed);
    move |below| rng.random_range(0..below)
}
