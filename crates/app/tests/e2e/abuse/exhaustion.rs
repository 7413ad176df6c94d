//! Too much of everything: who asks for it is held up, and nobody else is.

use std::time::Duration;

use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, Nodes, PASSWORD, Person, Server, on, on_each_backend, text_message};

fn seconds(answer: &Answer) -> u64 {
    answer.headers["retry-after"]
        .to_str()
        .expect("text")
        .parse()
        .expect("seconds")
}

#[tokio::test]
async fn who_floods_a_room_is_held_up_at_both_doors_and_the_others_are_not() {
    let settings = [("SECURITY__RATE_LIMIT__MESSAGE", "10/10m burst 20")];
    let server = Server::start(Backend::Sqlite, &settings).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    // A hundred at once, half of them over each door; twenty go through, whichever they are.
    let flood = (0..50).map(|n| alice.post_as_it_is("/api/room/message", text_message(room, &format!("{n}"))));
    let mut asked = Vec::new();
    for n in 0..50 {
        asked.push(a.ask("room.sendMessage", text_message(room, &format!("{n}"))).await);
    }
    let over_http = futures_util::future::join_all(flood).await;
    let mut stored = 0;
    for answer in &over_http {
        match answer.status {
            200 => stored += 1,
            _ => {
                answer.refused(429, 429);
                assert!((1..=60).contains(&seconds(answer)), "{}", answer.body);
            }
        }
    }
    for id in asked {
        let answer = a.answer(id).await;
        match answer["code"].as_i64() {
            Some(0) => stored += 1,
            _ => {
                assert_eq!(answer["code"], 429, "{answer}");
                let wait = answer["data"]["retryAfter"].as_u64();
                assert!(wait.is_some_and(|wait| (1..=60).contains(&wait)), "{answer}");
            }
        }
    }
    assert_eq!(stored, 20);
    a.notify("room.message", json!({"name": "x", "content": "by the demo's door"}))
        .await;
    let edit = json!({"id": 1, "textMessage": {"text": "and by edits"}});
    alice
        .ask(Method::PATCH, "/api/room/message", Some(edit))
        .await
        .refused(429, 429);
    for n in 0..20 {
        let said = b.request("room.sendMessage", text_message(room, &format!("{n}"))).await;
        assert_eq!(said["data"]["seq"], 21 + n, "only what was stored took a number");
    }
    assert!(a.is_served().await, "she may still read");
    assert_eq!(alice.get("/api/userInfo").await.status, 200);
}

#[tokio::test]
async fn every_limit_holds_for_its_person_at_both_doors() {
    let limits = ["CHANGE", "LOOKUP", "SEARCH", "UPLOAD"].map(|limit| format!("SECURITY__RATE_LIMIT__{limit}"));
    let mut settings: Vec<(&str, &str)> = limits.iter().map(|limit| (limit.as_str(), "4/1h")).collect();
    settings.push(("SECURITY__RATE_LIMIT__CREATE", "10/1h"));
    let server = Server::start(Backend::Sqlite, &settings).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let mut a = alice.socket().await;
    // On the first day what one makes counts five times.
    let room = alice.room(&[], &[]).await;
    let message = alice.say(room, "hi").await["id"].clone();
    alice.post("/api/friend", json!({"id": bob.id})).await.data();
    alice
        .post("/api/room", json!({"name": "One too many"}))
        .await
        .refused(429, 429);
    assert_eq!(
        a.request("room.create", json!({"name": "One too many"})).await["code"],
        429
    );
    assert_eq!(a.request("friend.add", json!({"id": bob.id})).await["code"], 429);

    for n in 0..2 {
        alice.get("/api/user?userName=b").await.data();
        assert_eq!(a.request("user.search", json!({"email": bob.email})).await["code"], 0);
        alice.get("/api/search?q=hello").await.data();
        alice.get("/api/search?q=hello").await.data();
        let react = json!({"messageId": message, "emoji": "👍", "on": n == 0});
        assert_eq!(a.request("room.react", react).await["code"], 0);
        alice.post("/api/userInfo", json!({"bio": format!("{n}")})).await.data();
        alice.upload("message", "a.txt", b"a").await.data();
        alice.upload("message", "a.txt", b"a").await.data();
    }
    for path in [
        "/api/user?userName=b",
        "/api/user?id=1",
        "/api/room/open",
        "/api/search?q=hello",
    ] {
        let slowed = alice.get(path).await;
        assert!(seconds(slowed.refused(429, 429)) <= 900, "{path}");
    }
    for (route, body) in [
        ("user.search", json!({"userName": "b"})),
        ("user.get", json!({"id": bob.id})),
        ("room.open", json!({})),
        ("room.react", json!({"messageId": message, "emoji": "👍", "on": true})),
        ("room.join", json!({"id": room})),
        ("room.leave", json!({"id": room})),
        ("room.update", json!({"id": room, "name": "x"})),
        ("friend.remove", json!({"id": bob.id})),
    ] {
        assert_eq!(a.request(route, body).await["code"], 429, "{route}");
    }
    alice
        .post("/api/userInfo", json!({"bio": "again"}))
        .await
        .refused(429, 429);
    alice.upload("message", "a.txt", b"a").await.refused(429, 429);
    bob.get("/api/user?userName=a").await.data();
    assert_eq!(bob.socket().await.request("room.open", json!({})).await["code"], 0);
}

#[tokio::test]
async fn accounts_are_registered_slowly_from_one_address_and_proxies_are_believed_only_if_named() {
    let limit = ("SECURITY__RATE_LIMIT__REGISTER", "3/1h");
    let register = async |server: &std::sync::Arc<Server>, n: usize, from: &str| {
        let wish = json!({"email": format!("user{n}@banter.example"), "password": PASSWORD});
        let request = server
            .client
            .post(server.url("/api/register"))
            .header("x-forwarded-for", from);
        let request = request
            .header("content-type", "application/json")
            .body(wish.to_string());
        Answer::of(request.send().await.expect("an answer")).await.status
    };
    let server = Server::start(Backend::Sqlite, &[limit]).await;
    let mut answers = Vec::new();
    for n in 0..5 {
        answers.push(register(&server, n, &format!("192.0.2.{n}")).await);
    }
    assert_eq!(answers, [200, 200, 200, 429, 429], "whoever it says it is");
    // That an address has an account is told; not often enough to learn of many.
    assert_eq!(register(&server, 0, "192.0.2.9").await, 429);
    let server = Server::start(Backend::Sqlite, &[limit, ("HTTP__TRUSTED_PROXIES", "127.0.0.0/8")]).await;
    for n in 0..5 {
        assert_eq!(register(&server, n, &format!("192.0.2.{n}")).await, 200);
    }
    let mut answers = Vec::new();
    for n in 5..10 {
        // What the proxy did not write itself, it did not see.
        answers.push(register(&server, n, &format!("198.51.100.{n}, 203.0.113.1")).await);
    }
    assert_eq!(answers, [200, 200, 200, 429, 429]);
}

#[tokio::test]
async fn limits_hold_on_several_nodes_together() {
    let Some(nodes) = Nodes::start_with(&[("SECURITY__RATE_LIMIT__MESSAGE", "10/10m burst 20")]).await else {
        return;
    };
    let alice = Person::join(&nodes.a, "Alice").await;
    let there = on(&nodes.b, &alice);
    let room = alice.room(&[], &[]).await;
    let mut stored = 0;
    while alice
        .post_as_it_is("/api/room/message", text_message(room, "here"))
        .await
        .status
        == 200
    {
        stored += 1;
    }
    assert_eq!(stored, 20);
    // The other node hears of the second half of them, a moment later.
    let mut there_too = 0;
    loop {
        let answer = there
            .post_as_it_is("/api/room/message", text_message(room, "there"))
            .await;
        if answer.status == 429 {
            break;
        }
        there_too += 1;
        assert!(there_too <= 20);
    }
    assert!(there_too < 20, "{there_too}");
}

#[tokio::test]
async fn passwords_are_hashed_a_few_at_a_time_and_nothing_else_waits() {
    let settings = [
        ("SECURITY__RATE_LIMIT__ENABLED", "false"),
        ("SECURITY__BCRYPT_COST", "6"),
    ];
    let server = Server::start(Backend::Sqlite, &settings).await;
    let alice = Person::join(&server, "Alice").await;
    let anonymous = Person::anonymous(&server);
    let guess = json!({"email": alice.email, "password": "not the password"});
    let huge = json!({"email": alice.email, "password": "x".repeat(200_000)});
    let logins =
        (0..400).map(|n| anonymous.post_as_it_is("/api/login", if n % 50 == 0 { huge.clone() } else { guess.clone() }));
    let meanwhile = async {
        let mut answered = 0;
        for _ in 0..20 {
            answered += u16::from(alice.get("/api/room").await.status == 200);
        }
        answered
    };
    let (logins, answered) = tokio::join!(futures_util::future::join_all(logins), meanwhile);
    assert_eq!(answered, 20);
    let mut turned_away = 0;
    for answer in &logins {
        if answer.status == 503 {
            turned_away += 1;
            assert!(seconds(answer) >= 1);
        } else {
            answer.refused(401, 1002);
        }
    }
    assert!(turned_away > 0, "there is no end to the line");
    alice.sign_in().await;
}

#[tokio::test]
async fn a_database_that_is_held_up_is_told_in_time_and_read_on() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    alice.say(room, "before").await;
    let database = server.database().await;
    let mut socket = alice.socket().await;
    let transaction = {
        database.execute_unprepared("BEGIN IMMEDIATE").await.expect("a lock");
        database
    };
    let writes = (0..30).map(|n| alice.post_as_it_is("/api/room/message", text_message(room, &format!("{n}"))));
    let others = (0..2).map(|n| alice.post_as_it_is("/api/room", json!({"name": format!("Room {n}")})));
    let reads = async {
        for _ in 0..20 {
            let history = alice.get(&format!("/api/room/messages?id={room}")).await.data();
            assert_eq!(history.as_array().map(Vec::len), Some(1));
        }
        assert_eq!(socket.request("room.history", json!({"id": room})).await["code"], 0);
    };
    let all = async {
        let (writes, others) = (
            futures_util::future::join_all(writes),
            futures_util::future::join_all(others),
        );
        tokio::join!(writes, others, reads)
    };
    let (writes, others, ()) = tokio::time::timeout(Duration::from_secs(180), all)
        .await
        .expect("no hanging");
    for answer in writes.iter().chain(&others) {
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(seconds(answer) >= 1);
    }
    transaction.execute_unprepared("ROLLBACK").await.expect("no lock");
    let after: Value = alice.say(room, "after").await;
    assert_eq!(after["seq"], 2, "what was refused took no number");
    let checked = transaction.query_one_raw(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "PRAGMA integrity_check",
    ));
    let checked = checked.await.expect("an answer").expect("a row");
    assert_eq!(checked.try_get_by_index::<String>(0).expect("text"), "ok");
}

#[tokio::test]
async fn what_is_compressed_is_not_taken() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        for coding in ["gzip", "br", "deflate", "zstd", "gzip, gzip"] {
            let request = server.client.post(server.url("/api/room")).bearer_auth(&alice.token);
            let request = request
                .header("content-type", "application/json")
                .header("content-encoding", coding);
            let answer = request
                .body(vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
                .send()
                .await
                .expect("an answer");
            assert_eq!(answer.status(), 415, "{coding}");
        }
    })
    .await;
}
