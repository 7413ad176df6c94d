//! What is promised when something fails, one promise a test. Chance plays in `chaos`.

use std::collections::HashSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    Backend, KEY, Nodes, Person, Redis, Relay, Server, SmallDisk, Socket, has_database, hear_each_other, new_dsn, on,
    on_each_backend, redis_url, text_message,
};

/// A message under its sender's own id.
fn said_once(room: i64, text: &str) -> Value {
    let mut body = text_message(room, text);
    body["clientMsgId"] = json!(text);
    body
}

#[tokio::test]
async fn on_a_full_disk_writes_are_refused_with_503_while_reading_and_signing_in_go_on() {
    let Some(disk) = SmallDisk::mount(16).await else {
        println!("skipped: no small disk can be mounted here");
        return;
    };
    let server = Server::start_on(&disk, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    alice.say(room, "a word of before").await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);

    disk.fill();
    let mut stored = 1;
    let refused = loop {
        // Some room is left in the files themselves.
        let long = text_message(room, &"words ".repeat(600));
        let answer = a.request("room.sendMessage", long).await;
        if answer["code"] != 0 {
            break answer;
        }
        stored += 1;
        b.push("onMessage", |push| push["seq"] == stored).await;
    };
    assert_eq!(refused["code"], 503, "{refused}");
    assert!(
        refused["message"].as_str().is_some_and(|text| text.contains("no room")),
        "{refused}"
    );
    let answer = alice.post("/api/room/message", text_message(room, "by HTTP")).await;
    answer.refused(503, 503);
    assert!(answer.headers.contains_key("retry-after"));
    alice
        .upload("message", "notes.txt", &vec![b'n'; 1 << 20])
        .await
        .refused(503, 503);

    // Reading goes on, and so does signing in, on every route.
    let history = bob
        .get(&format!("/api/room/messages?id={room}&afterSeq=0"))
        .await
        .data();
    assert_eq!(history.as_array().map(Vec::len), Some(stored));
    bob.get("/api/search?q=before").await.data();
    let phone = bob.sign_in().await;
    assert_eq!(phone.get("/api/userInfo").await.data()["id"], bob.id);
    let mut p = phone.socket().await;
    let synced = p.request("room.sync", json!({"rooms": [{"id": room, "rev": 0}]})).await;
    assert_eq!(synced["data"]["rooms"][0]["lastSeq"], stored);
    let devices = bob.get("/api/session").await.data();
    assert_eq!(devices.as_array().map(Vec::len), Some(2));
    let tablet = bob.sign_in().await;
    tablet.post("/api/logout", json!({})).await.data();
    tablet.get("/api/userInfo").await.refused(401, 401);

    // With room everything goes on, without a restart, for those who came meanwhile too.
    disk.free();
    assert_eq!(
        a.request("room.sendMessage", text_message(room, "and on")).await["code"],
        0
    );
    p.push("onMessage", |push| push["textMessage"]["text"] == "and on")
        .await;
    let server = server.killed_and_restarted().await;
    let last = on(&server, &bob)
        .get(&format!("/api/room/messages?id={room}"))
        .await
        .data();
    let last = last.as_array().and_then(|all| all.last()).expect("messages").clone();
    assert_eq!(
        (last["textMessage"]["text"].clone(), last["seq"].clone()),
        (json!("and on"), json!(stored + 1))
    );
    disk.holds_a_sound_database().await;
}

#[tokio::test]
async fn a_new_password_ends_those_who_signed_in_on_a_full_disk() {
    let Some(disk) = SmallDisk::mount(16).await else {
        println!("skipped: no small disk can be mounted here");
        return;
    };
    let server = Server::start_on(&disk, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    disk.fill();
    while alice
        .post("/api/room/message", text_message(room, &"words ".repeat(600)))
        .await
        .status
        == 200
    {}
    let phone = alice.sign_in().await;
    let mut p = phone.socket().await;
    disk.free();
    let change = json!({"oldPassword": crate::support::PASSWORD, "newPassword": "another horse"});
    alice.post("/api/password", change).await.data();
    assert_eq!(p.ended().await.kick.as_deref(), Some("session_revoked"));
    phone.get("/api/userInfo").await.refused(401, 401);
}

#[tokio::test]
async fn a_send_that_was_stored_but_never_answered_gives_its_first_result_when_it_is_sent_again() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let (mut a, mut b) = (alice.socket().await, bob.socket().await);
        a.ask("room.sendMessage", said_once(room, "once")).await;
        // Others have heard it, so it is stored; Alice hears nothing more.
        let heard = b.push("onMessage", |push| push["roomId"] == room).await;
        server.kill().await;
        let server = server.restarted().await;
        let mut a = on(&server, &alice).socket().await;
        let again = a.request("room.sendMessage", said_once(room, "once")).await;
        assert_eq!(
            (again["code"].clone(), again["data"]["id"].clone()),
            (json!(0), heard["id"].clone())
        );
        assert_eq!(again["data"]["seq"], heard["seq"]);
        let history = on(&server, &bob)
            .get(&format!("/api/room/messages?id={room}"))
            .await
            .data();
        assert_eq!(history.as_array().map(Vec::len), Some(1));
    })
    .await;
}

#[tokio::test]
async fn what_a_node_stored_and_told_nobody_before_it_died_is_told_by_the_other() {
    if !has_database() {
        return;
    }
    let redis = Redis::start().await;
    let wire = Relay::to(redis.port()).await;
    let dsn = new_dsn().await;
    let settings = |redis: String| {
        [
            ("DATA__DB__DSN", dsn.clone()),
            ("DATA__REDIS__URL", redis),
            ("SECURITY__JWT__KEY", KEY.to_owned()),
        ]
    };
    let start = async |redis: String| {
        let settings = settings(redis);
        let settings: Vec<_> = settings.iter().map(|(key, value)| (*key, value.as_str())).collect();
        Server::start(Backend::Sqlite, &settings).await
    };
    let (one, other) = (start(redis_url(wire.port())).await, start(redis.url()).await);
    hear_each_other(&one, &other).await;
    let (alice, bob) = (Person::join(&one, "Alice").await, Person::join(&other, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let mut b = bob.socket().await;
    alice.say(room, "heard").await;
    b.push("onMessage", |push| push["seq"] == 1).await;
    wire.cut();
    let last = alice.say(room, "told nobody").await;
    one.kill().await;
    let heard = b.push("onMessage", |push| push["roomId"] == room).await;
    assert_eq!(
        (heard["id"].clone(), heard["seq"].clone()),
        (last["id"].clone(), json!(2))
    );
}

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
        let mut random = fastrand(7);
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

/// Numbers below what is asked for, the same in each run.
fn fastrand(seed: u64) -> impl FnMut(u64) -> u64 {
    use rand::{Rng, SeedableRng};
    let mut rng = rand::rngs::StdRng::seed_from_u64(seed);
    move |below| rng.random_range(0..below)
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
