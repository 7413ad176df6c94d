//! Lists that come in pages at both doors, and the pages that browsers show.

use serde_json::{Value, json};

use super::identity::operations;
use crate::media::load;
use crate::support::{Answer, Backend, Person, Server, on_each_backend};

#[tokio::test]
async fn no_list_is_longer_than_a_page_and_no_cursor_is_believed() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let (room, other) = (alice.room(&[], &[]).await, alice.room(&[], &[]).await);
        let mut socket = alice.socket().await;
        let mut asked = Vec::new();
        for n in 0..130 {
            let text =
                json!({"channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": {"text": format!("word {n}")}});
            asked.push(socket.ask("room.sendMessage", text).await);
        }
        for id in asked {
            assert_eq!(socket.answer(id).await["code"], 0);
        }
        let foreign = alice.say(other, "elsewhere").await;
        let count = |data: &Value| data.as_array().expect("a list").len();
        for limit in ["100", "101", "1000000", "9223372036854775807"] {
            for path in [
                format!("/api/room/messages?id={room}&"),
                "/api/search?q=word&".to_owned(),
                format!("/api/room/messages?id={room}&aroundSeq=60&"),
            ] {
                assert_eq!(
                    count(&alice.get(&format!("{path}limit={limit}")).await.data()),
                    100,
                    "{path}{limit}"
                );
            }
            let page = json!({"id": room, "limit": limit});
            assert!(count(&socket.request("room.history", page).await["data"]) <= 100);
        }
        for limit in [
            "0",
            "-1",
            "ten",
            "1.5",
            "1e3",
            "",
            "99999999999999999999",
            "0x10",
            "null",
        ] {
            for path in [
                format!("/api/room/messages?id={room}&"),
                "/api/search?q=word&".to_owned(),
                "/api/room?".to_owned(),
                "/api/room/open?".to_owned(),
                "/api/friend?".to_owned(),
                "/api/user?userName=a&".to_owned(),
                format!("/api/room/member?id={room}&"),
                "/api/preference?".to_owned(),
            ] {
                alice.get(&format!("{path}limit={limit}")).await.refused(400, 400);
            }
            for route in [
                "room.history",
                "room.members",
                "room.list",
                "room.open",
                "friend.list",
                "preference.list",
            ] {
                let code = socket.request(route, json!({"id": room, "limit": limit})).await["code"].clone();
                assert!(code == 400 || code == "PIT-400", "{route} {limit:?}: {code}");
            }
        }
        // Places that are none: nothing, and never everything.
        for (anchor, found) in [
            ("beforeSeq=1", 0),
            ("afterSeq=130", 0),
            ("afterSeq=9223372036854775807", 0),
        ] {
            assert_eq!(
                count(
                    &alice
                        .get(&format!("/api/room/messages?id={room}&{anchor}"))
                        .await
                        .data()
                ),
                found,
                "{anchor}"
            );
        }
        for anchor in [
            "aroundSeq=999999999",
            "aroundSeq=9223372036854775807",
            "beforeSeq=9223372036854775807",
        ] {
            assert!(
                count(
                    &alice
                        .get(&format!("/api/room/messages?id={room}&{anchor}"))
                        .await
                        .data()
                ) <= 50,
                "{anchor}"
            );
        }
        // A hit of another room as the place to go on from names no message of it.
        let hits = alice
            .get(&format!("/api/search?q=word&roomId={room}&cursor={}", foreign["id"]))
            .await;
        assert!(hits.status == 400 || count(&hits.data()) <= 50);
        assert!(!hits.body.to_string().contains("elsewhere"));
    })
    .await;
}

#[tokio::test]
async fn every_answer_of_the_api_is_for_one_person_and_for_now() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    for (method, path, _) in operations(&server).await {
        if path == "/api/logout" {
            continue;
        }
        for token in [alice.token.as_str(), ""] {
            let mut request = server.client.request(method.clone(), server.url(&path));
            if !token.is_empty() {
                request = request.bearer_auth(token);
            }
            let answer = request.send().await.expect("an answer");
            let cache = answer.headers()["cache-control"].to_str().expect("text").to_owned();
            assert!(
                cache.contains("no-store") && cache.contains("private"),
                "{method} {path}: {cache}"
            );
            assert!(!answer.headers().contains_key("etag"), "{method} {path}");
        }
    }
    for path in ["/api/nothing", "/nothing.js", "/uploads/nothing", "/api"] {
        let answer = server.client.get(server.url(path)).send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            answer.headers()["cache-control"]
                .to_str()
                .expect("text")
                .contains("no-store"),
            "{path}"
        );
    }
    let upload = alice.upload("message", "a.txt", b"for Alice").await.data();
    let answer = load(&alice, upload["url"].as_str().expect("a URL"), &[]).await;
    assert!(
        answer.headers["cache-control"]
            .to_str()
            .expect("text")
            .starts_with("private")
    );
    assert_eq!(answer.headers["vary"], "Authorization, Cookie");
    // What anybody may keep for ever are the files whose names change with what is in them.
    let page = server.client.get(server.url("/")).send().await.expect("a page");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    let html = page.text().await.expect("text");
    for part in html.split(['"', '\'']).filter(|part| part.starts_with("/assets/")) {
        let answer = server.client.get(server.url(part)).send().await.expect("a file");
        assert!(
            answer.headers()["cache-control"]
                .to_str()
                .expect("text")
                .contains("immutable"),
            "{part}"
        );
    }
}

#[tokio::test]
async fn answers_carry_their_request_id_and_nobody_elses_words() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let request = server.client.get(server.url("/api/userInfo")).bearer_auth(&alice.token);
    let answer = request
        .header("x-request-id", "trace-me.1")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.headers()["x-request-id"], "trace-me.1");
    for odd in ["not sane; \"at all\"", "a b", "\u{1b}[31mred", &"x".repeat(65)] {
        let request = server
            .client
            .get(server.url("/api/nothing"))
            .header("x-request-id", odd.as_bytes());
        let Ok(answer) = request.send().await else { continue };
        assert_ne!(answer.headers()["x-request-id"].as_bytes(), odd.as_bytes());
    }
    let many = server
        .client
        .get(server.url("/api/userInfo"))
        .header("x-padding", "x".repeat(17 * 1024));
    Answer::of(many.send().await.expect("an answer"))
        .await
        .refused(400, 400);
}

#[tokio::test]
async fn every_page_and_answer_says_what_a_browser_may_do_with_it() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let text = alice
        .upload("message", "a.html", b"<script>alert(1)</script>")
        .await
        .data()["url"]
        .clone();
    let paths = [
        "/",
        "/login",
        "/rooms/1",
        "/index.html",
        "/swagger/",
        "/swagger/initializer.js",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/userInfo",
        "/api/nothing",
        "/nothing.js",
        "/uploads/nothing",
        "/uploads/generated/alice.svg",
        text.as_str().expect("a URL"),
        "/ws",
    ];
    for path in paths {
        let answer = server
            .client
            .get(server.url(path))
            .bearer_auth(&alice.token)
            .send()
            .await
            .expect("an answer");
        let header = |name: &str| {
            answer
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        for weak in [
            "unsafe-inline",
            "unsafe-eval",
            "script-src *",
            "http:",
            "https: ",
            "'strict-dynamic'",
        ] {
            assert!(!policy.contains(weak), "{path}: {policy}");
        }
        let is_inert = path.starts_with("/api") || path.starts_with("/uploads/");
        assert_eq!(policy.contains("script-src 'self'"), !is_inert, "{path}: {policy}");
        assert!(!answer.headers().contains_key("access-control-allow-origin"), "{path}");
        assert!(!answer.headers().contains_key("server"), "{path}");
    }
}
