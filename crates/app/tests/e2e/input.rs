//! Bad input of every kind: a clear error, nothing stored, nothing broken.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, PASSWORD, Person, Server, on_each_backend, text_message};

async fn raw(
    person: &Person,
    method: Method,
    path: &str,
    content_type: &str,
    body: impl Into<reqwest::Body>,
) -> Answer {
    let request = person
        .server
        .client
        .request(method, person.server.url(path))
        .bearer_auth(&person.token);
    Answer::of(
        request
            .header("content-type", content_type)
            .body(body)
            .send()
            .await
            .expect("an answer"),
    )
    .await
}

#[tokio::test]
async fn errors_name_the_field_and_store_nothing() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        let cases: Vec<(&str, Value, &str)> = vec![
            ("/api/register", json!({"password": PASSWORD}), "email"),
            ("/api/register", json!({"email": "a@b.example"}), "password"),
            ("/api/register", json!({"email": "no address", "password": PASSWORD}), "email"),
            ("/api/register", json!({"email": "a@b.example", "password": "short"}), "password"),
            ("/api/register", json!({"email": "a@b.example", "password": "x".repeat(73)}), "password"),
            ("/api/register", json!({"email": 7, "password": PASSWORD}), "email"),
            ("/api/register", json!({"email": "a@b.example", "password": PASSWORD, "userName": "x".repeat(33)}), "userName"),
            ("/api/userInfo", json!({"bio": "x".repeat(501)}), "bio"),
            ("/api/userInfo", json!({"image": "https://elsewhere.example/x.png"}), "image"),
            ("/api/room", json!({"name": ""}), "name"),
            ("/api/room", json!({"name": "x".repeat(65)}), "name"),
            ("/api/room", json!({"name": "ok", "joinPolicy": "whoever"}), "joinPolicy"),
            ("/api/room", json!({"name": "ok", "memberIds": "everybody"}), "memberIds"),
            ("/api/room/message", text_message(room, ""), "text"),
            ("/api/room/message", text_message(room, "\u{200b} "), "text"),
            ("/api/room/message", text_message(room, &"x".repeat(4001)), "text"),
            ("/api/room/message", json!({"channelId": room, "contentType": "TEXT_MESSAGE"}), "textMessage"),
            ("/api/room/message", json!({"channelId": room, "contentType": "SYSTEM_MESSAGE"}), "contentType"),
            ("/api/room/message", json!({"channelId": room, "contentType": "POEM"}), "contentType"),
            ("/api/room/message", json!({"channelId": "x", "contentType": "TEXT_MESSAGE"}), "channelId"),
            ("/api/room/message", json!({"contentType": "TEXT_MESSAGE", "textMessage": {"text": "x"}}), "channelId"),
            ("/api/room/reaction", json!({"id": 1, "emoji": "lol"}), "emoji"),
            ("/api/room/read", json!({"id": room, "seq": -1}), "seq"),
        ];
        for (path, body, field) in cases {
            let answer = alice.post(path, body.clone()).await;
            answer.refused(400, 400);
            let message = answer.body["message"].as_str().expect("a message");
            assert!(message.contains(field), "{path} {body}: {message}");
        }
        let too_long = json!({"clientMsgId": "x".repeat(65), "channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": {"text": "x"}});
        alice.post("/api/room/message", too_long).await.refused(400, 400);
        assert_eq!(alice.get(&format!("/api/room/messages?id={room}")).await.data(), json!([]));
    })
    .await;
}

#[tokio::test]
async fn queries_are_checked_and_capped() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        for n in 1..=120 {
            alice.say(room, &format!("message {n}")).await;
        }
        let page = |query: &str| format!("/api/room/messages?id={room}{query}");
        let count = |answer: &Answer| answer.data().as_array().expect("messages").len();
        assert_eq!(count(&alice.get(&page("")).await), 50);
        assert_eq!(count(&alice.get(&page("&limit=1000000")).await), 100);
        assert_eq!(count(&alice.get(&page("&beforeSeq=3")).await), 2);
        assert_eq!(count(&alice.get(&page("&afterSeq=118")).await), 2);
        let around = alice.get(&page("&aroundSeq=60&limit=5")).await.data();
        let seqs: Vec<_> = around
            .as_array()
            .expect("messages")
            .iter()
            .map(|m| m["seq"].as_i64().expect("a seq"))
            .collect();
        assert!(
            seqs.len() == 5 && seqs.contains(&60) && seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]),
            "{seqs:?}"
        );
        for bad in [
            "&limit=0",
            "&limit=-1",
            "&limit=ten",
            "&beforeSeq=x",
            "&beforeSeq=-5",
            "&beforeSeq=2&afterSeq=1",
        ] {
            alice.get(&page(bad)).await.refused(400, 400);
        }
        alice.get("/api/room/messages").await.refused(400, 400);
        alice.get("/api/user").await.refused(400, 1004);
        alice.get("/api/room?cursor=999999").await.refused(400, 400);
        for path in [
            "/api/room?",
            "/api/friend?",
            "/api/search?q=x&",
            &format!("/api/room/member?id={room}&"),
        ] {
            alice.get(&format!("{path}cursor=-1")).await.refused(400, 400);
        }
        alice.get("/api/user?userName=a&start=-1").await.refused(400, 400);
        alice.get("/api/search?q=").await.refused(400, 400);
        alice.get("/api/room?id=999999999999999999").await.refused(404, 404);
        assert!(alice.get("/api/room?id=99999999999999999999").await.status == 400);
    })
    .await;
}

#[tokio::test]
async fn wrong_paths_methods_types_and_sizes_answer_with_the_envelope() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    alice.get("/api/nothing/here").await.refused(404, 404);
    let wrong_method = alice.ask(Method::PUT, "/api/room", None).await;
    wrong_method.refused(405, 405);
    let allow = wrong_method
        .headers
        .get("allow")
        .and_then(|allow| allow.to_str().ok())
        .expect("an Allow header");
    assert!(allow.contains("GET") && allow.contains("PATCH"), "{allow}");
    raw(&alice, Method::POST, "/api/room", "text/plain", r#"{"name":"x"}"#)
        .await
        .refused(415, 415);
    raw(
        &alice,
        Method::POST,
        "/api/room",
        "application/x-www-form-urlencoded",
        "name=x",
    )
    .await
    .refused(415, 415);
    raw(
        &alice,
        Method::POST,
        "/api/room",
        "application/json",
        "x".repeat(300 * 1024),
    )
    .await
    .refused(413, 413);
    for broken in [
        "",
        "{",
        "[]",
        "\"x\"",
        "{\"name\":\"a\"} trailing",
        "\u{0}",
        "{\"name\": 1e999}",
    ] {
        raw(&alice, Method::POST, "/api/room", "application/json", broken)
            .await
            .refused(400, 400);
    }
    let deep = format!("{{\"name\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
    raw(&alice, Method::POST, "/api/room", "application/json", deep)
        .await
        .refused(400, 400);
    raw(
        &alice,
        Method::POST,
        "/api/room",
        "application/json",
        vec![b'{', 0xff, 0xfe, b'}'],
    )
    .await
    .refused(400, 400);
    assert!(alice.get("/api/room").await.status == 200, "the server goes on");
}

#[tokio::test]
async fn protected_fields_are_ignored_or_refused() {
    on_each_backend(|server| async move {
        let _owner = Person::join(&server, "Owner").await;
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice
            .post(
                "/api/room",
                json!({"name": "Mine", "creatorId": bob.id, "id": 1, "lastSeq": 99}),
            )
            .await
            .data();
        assert_eq!(
            (room["creator"]["id"].as_i64(), room["lastSeq"].as_i64()),
            (Some(alice.id), Some(0))
        );
        let mut forged = text_message(room["id"].as_i64().expect("an id"), "mine");
        forged["userId"] = json!(bob.id);
        forged["seq"] = json!(77);
        forged["createdAt"] = json!("2001-01-01T00:00:00.000Z");
        forged["systemMessage"] = json!({"kind": "memberJoined", "text": "trust me"});
        let stored = alice.post("/api/room/message", forged).await.data();
        assert_eq!(
            (stored["userId"].as_i64(), stored["seq"].as_i64()),
            (Some(alice.id), Some(1))
        );
        assert_eq!(stored["systemMessage"], Value::Null);
        assert!(!stored["createdAt"].as_str().expect("a time").starts_with("2001"));
        alice
            .post("/api/userInfo", json!({"permission": "admin"}))
            .await
            .refused(403, 403);
        assert_eq!(alice.get("/api/userInfo").await.data()["permission"], "user");
    })
    .await;
}

#[tokio::test]
async fn the_same_client_id_stores_one_message_however_often_it_is_sent() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        let sends = (0..20).map(|n| {
            let alice = alice.clone();
            async move {
                let mut message = text_message(room, &format!("try {n}"));
                message["clientMsgId"] = json!("the-one");
                alice.post("/api/room/message", message).await.data()["id"].clone()
            }
        });
        let ids = futures_util::future::join_all(sends).await;
        assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{ids:?}");
        assert_eq!(
            alice
                .get(&format!("/api/room/messages?id={room}"))
                .await
                .data()
                .as_array()
                .map(Vec::len),
            Some(1)
        );
    })
    .await;
}

#[tokio::test]
async fn many_senders_in_one_room_leave_no_hole_in_its_order() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        let sends = (0..20).map(|sender| {
            let alice = alice.clone();
            async move {
                for n in 0..10 {
                    alice.say(room, &format!("{sender}/{n}")).await;
                }
            }
        });
        futures_util::future::join_all(sends).await;
        let mut seqs = Vec::new();
        for after in [0, 100] {
            let page = alice
                .get(&format!("/api/room/messages?id={room}&afterSeq={after}&limit=100"))
                .await
                .data();
            seqs.extend(
                page.as_array()
                    .expect("messages")
                    .iter()
                    .map(|m| (m["seq"].as_i64(), m["rev"].as_i64())),
            );
        }
        assert_eq!(seqs, (1..=200).map(|n| (Some(n), Some(n))).collect::<Vec<_>>());
    })
    .await;
}
