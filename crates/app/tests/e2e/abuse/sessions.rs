//! Sessions: guessed, stolen, ended, and abused by the pages of others.

use std::sync::Arc;

use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::identity::operations;
use crate::support::{Answer, Backend, PASSWORD, Person, Server, Socket, on_each_backend};

/// A server that believes the tests where a request comes from.
async fn behind_a_proxy() -> Arc<Server> {
    Server::start(Backend::Sqlite, &[("HTTP__TRUSTED_PROXIES", "127.0.0.1")]).await
}

async fn from(address: &str, person: &Person, path: &str, body: &Value) -> Answer {
    let mut request = person
        .server
        .client
        .post(person.server.url(path))
        .header("x-forwarded-for", address);
    if !person.token.is_empty() {
        request = request.bearer_auth(&person.token);
    }
    let request = request
        .header("content-type", "application/json")
        .body(body.to_string());
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn guessing_a_password_is_slowed_down_and_the_owner_is_not_told_apart() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let guess = |email: &str| json!({"email": email, "password": "not the password"});
        let anonymous = Person::anonymous(&server);
        let unknown = anonymous.post("/api/login", guess("nobody@banter.example")).await;
        unknown.refused(401, 1002);
        for _ in 0..5 {
            assert_eq!(
                anonymous
                    .post("/api/login", guess(&alice.email))
                    .await
                    .refused(401, 1002)
                    .body,
                unknown.body
            );
        }
        let slowed = anonymous.post("/api/login", guess(&alice.email)).await;
        slowed.refused(429, 429);
        let wait: u64 = slowed.headers["retry-after"]
            .to_str()
            .expect("text")
            .parse()
            .expect("seconds");
        assert!((1..=900).contains(&wait));
        assert_eq!(alice.get("/api/userInfo").await.status, 200, "who is signed in goes on");
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slow_for_an_account_and_for_an_address_and_the_owner_gets_in_from_elsewhere() {
    let server = behind_a_proxy().await;
    let alice = Person::join(&server, "Alice").await;
    let anonymous = Person::anonymous(&server);
    let guess = json!({"email": alice.email, "password": "not the password"});
    let tries = (0..40).map(|_| from("192.0.2.1", &anonymous, "/api/login", &guess));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 5);
    assert!(
        answers
            .iter()
            .filter(|answer| answer.status != 401)
            .all(|answer| answer.status == 429)
    );
    let right = json!({"email": alice.email, "password": PASSWORD});
    from("192.0.2.1", &anonymous, "/api/login", &right)
        .await
        .refused(429, 429);
    assert_eq!(from("192.0.2.2", &anonymous, "/api/login", &right).await.status, 200);
    // Who believes to have many addresses of IPv6 has one.
    let tries = (0..8).map(|n| from_owned(format!("2001:db8::{n:x}"), &anonymous, &guess));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 5);
    // One password on many accounts.
    let tries = (0..120).map(|n| {
        let guess = json!({"email": format!("user{n}@banter.example"), "password": "summer 2026"});
        let anonymous = anonymous.clone();
        async move { from("192.0.2.3", &anonymous, "/api/login", &guess).await.status }
    });
    let answers = futures_util::future::join_all(tries).await;
    assert!(
        answers.iter().filter(|status| **status == 429).count() >= 20,
        "{answers:?}"
    );

    // Whoever got hold of a session does not get the password that way.
    let change = |old: &str| json!({"oldPassword": old, "newPassword": PASSWORD});
    for _ in 0..5 {
        from("192.0.2.4", &alice, "/api/password", &change("a wild guess"))
            .await
            .refused(401, 1002);
    }
    from("192.0.2.4", &alice, "/api/password", &change(PASSWORD))
        .await
        .refused(429, 429);
    assert_eq!(
        from("192.0.2.5", &alice, "/api/password", &change(PASSWORD))
            .await
            .status,
        200
    );
}

async fn from_owned(address: String, person: &Person, body: &Value) -> Answer {
    from(&address, person, "/api/login", body).await
}

#[tokio::test]
async fn an_old_refresh_token_ends_the_session_unless_its_answer_was_lost() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let refresh = |cookie: String| {
            let request = server
                .client
                .post(server.url("/api/refresh"))
                .header("cookie", format!("banter_refresh={cookie}"));
            async move { Answer::of(request.send().await.expect("an answer")).await }
        };
        let first = refresh(alice.refresh.clone()).await;
        let renewed = Person {
            token: first.data()["accessToken"].as_str().expect("a token").to_owned(),
            ..alice.clone()
        };
        assert_eq!(renewed.get("/api/userInfo").await.status, 200);
        let next = first.cookie("banter_refresh").expect("a new cookie");
        // The page was reloaded before the answer came.
        let again = refresh(alice.refresh.clone()).await;
        again.data();
        assert!(again.cookie("banter_refresh").is_some());
        assert_eq!(renewed.get("/api/userInfo").await.status, 200);
        let next = refresh(next).await.cookie("banter_refresh").expect("a new cookie");
        refresh(alice.refresh.clone()).await.refused(401, 401);
        // Thief and owner are both out.
        refresh(next).await.refused(401, 401);
        renewed.get("/api/userInfo").await.refused(401, 401);
    })
    .await;
}

#[tokio::test]
async fn whoever_the_operator_signs_out_is_out_everywhere() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = bob.room(&[], &[&alice]).await;
        let (mut phone, mut desk) = (alice.socket().await, alice.sign_in().await.socket().await);
        let mut other = bob.socket().await;
        server
            .operate(&["user", "passwd", &alice.email], "another good password")
            .await;
        for socket in [&mut phone, &mut desk] {
            assert_eq!(socket.ended().await.kick.as_deref(), Some("session_revoked"));
        }
        bob.say(room, "after the end").await;
        for socket in [&mut phone, &mut desk] {
            let heard = socket.heard_before_the_end();
            assert!(heard.iter().all(|(route, _)| route != "onMessage"), "{heard:?}");
        }
        alice.get("/api/userInfo").await.refused(401, 401);
        let request = server.client.post(server.url("/api/refresh"));
        let request = request.header("cookie", format!("banter_refresh={}", alice.refresh));
        Answer::of(request.send().await.expect("an answer"))
            .await
            .refused(401, 401);
        assert!(other.is_served().await);
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_gone_comes_in_by_no_door() {
    on_each_backend(|server| async move {
        let owner = Person::join(&server, "Owner").await;
        let alice = Person::join(&server, "Alice").await;
        let mut socket = alice.socket().await;
        assert_eq!(alice.get("/api/userInfo").await.status, 200, "the server remembers her");
        let database = server.database().await;
        let delete = format!("DELETE FROM users WHERE id = {}", alice.id);
        database.execute_unprepared(&delete).await.expect("a deleted account");
        assert_eq!(socket.ended().await.kick.as_deref(), Some("session_revoked"));
        alice.get("/api/userInfo").await.refused(401, 401);
        let login = json!({"email": alice.email, "password": PASSWORD});
        Person::anonymous(&server)
            .post("/api/login", login)
            .await
            .refused(401, 1002);
        let request = server.client.post(server.url("/api/refresh"));
        let request = request.header("cookie", format!("banter_refresh={}", alice.refresh));
        Answer::of(request.send().await.expect("an answer"))
            .await
            .refused(401, 401);
        let mut socket = Socket::connect(&server).await;
        socket.handshake_with(json!({"user": {"token": alice.token}})).await;
        assert_eq!(socket.request("room.list", json!({})).await["code"], "PIT-401");
        assert_eq!(
            socket.request("session.auth", json!({"token": alice.token})).await["code"],
            "PIT-401"
        );
        assert_eq!(owner.get("/api/userInfo").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn pages_of_others_change_nothing_and_get_no_socket() {
    let server = Server::start(Backend::Sqlite, &[("SECURITY__ALLOWED_ORIGINS", "https://app.example")]).await;
    let alice = Person::join(&server, "Alice").await;
    let login = json!({"email": alice.email, "password": PASSWORD});
    let answer = Person::anonymous(&server).post("/api/login", login).await;
    for line in answer.headers.get_all("set-cookie") {
        let line = line.to_str().expect("text");
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
        assert!(
            line.contains("Path=/api/refresh") || line.contains("Path=/uploads"),
            "{line}"
        );
    }
    let host = server.http.trim_start_matches("http://").to_owned();
    let signs = [
        ("origin", "https://evil.example".to_owned()),
        ("origin", "null".to_owned()),
        ("origin", format!("http://evil.example.{host}")),
        ("origin", format!("http://{host}.evil.example")),
        ("origin", "https://app.example.evil.example".to_owned()),
        ("origin", "file://".to_owned()),
        ("sec-fetch-site", "cross-site".to_owned()),
        ("sec-fetch-site", "same-site".to_owned()),
    ];
    let cookies = format!("banter_refresh={}; banter_media={}", alice.refresh, alice.media);
    for (method, path, _) in operations(&server).await {
        if method == Method::GET {
            continue;
        }
        for (header, value) in &signs {
            let request = server
                .client
                .request(method.clone(), server.url(&path))
                .header(*header, value);
            let request = request.header("cookie", &cookies).bearer_auth(&alice.token);
            Answer::of(request.send().await.expect("an answer"))
                .await
                .refused(403, 403);
        }
        // What a form can send without asking first is not JSON, even from a page of our own.
        for form in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
        ] {
            if path == "/api/logout" || path == "/api/refresh" || path == "/api/upload" {
                continue;
            }
            let request = server
                .client
                .request(method.clone(), server.url(&path))
                .header("content-type", form);
            let request = request.bearer_auth(&alice.token).body(r#"{"id": 1, "name": "forged"}"#);
            Answer::of(request.send().await.expect("an answer"))
                .await
                .refused(415, 415);
        }
    }
    assert_eq!(alice.get("/api/userInfo").await.status, 200, "nobody signed her out");
    let request = server
        .client
        .post(server.url("/api/refresh"))
        .header("origin", format!("http://{host}"));
    let request = request
        .header("cookie", &cookies)
        .header("sec-fetch-site", "same-origin");
    assert_eq!(request.send().await.expect("an answer").status(), 200);
    let request = server
        .client
        .post(server.url("/api/logout"))
        .header("origin", "https://app.example");
    let request = request.header("sec-fetch-site", "cross-site");
    assert_eq!(
        request.send().await.expect("an answer").status(),
        200,
        "it is on the list"
    );

    for address in [server.ws_url(), server.http.replace("http://", "ws://") + "/ws"] {
        for (header, value) in signs.iter().filter(|(header, _)| *header == "origin") {
            let mut request = address.as_str().into_client_request().expect("an address");
            request.headers_mut().insert(*header, value.parse().expect("a header"));
            request
                .headers_mut()
                .insert("cookie", cookies.parse().expect("a header"));
            let refused = Socket::open(request).await.err().expect("a refusal").to_string();
            assert!(refused.contains("403"), "{address} {value}: {refused}");
        }
        let mut request = address.as_str().into_client_request().expect("an address");
        request
            .headers_mut()
            .insert("origin", "https://app.example".parse().expect("a header"));
        assert!(Socket::open(request).await.is_ok());
    }
}
