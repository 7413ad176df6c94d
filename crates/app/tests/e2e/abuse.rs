//! Attacks on accounts and sessions, performed against the running server.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Backend, PASSWORD, Person, Server, Socket, on_each_backend};

#[tokio::test]
async fn garbage_credentials_are_refused_everywhere_with_one_body() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let claims = alice.token.split('.').nth(1).expect("claims").to_owned();
    let signature = alice.token.split('.').nth(2).expect("a signature").to_owned();
    let forged = [
        "x".to_owned(),
        "a.b.c".to_owned(),
        format!("eyJhbGciOiJub25lIn0.{claims}."),
        format!("eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ.{claims}.{signature}"),
        alice.refresh.clone(),
        alice.media.clone(),
        "x".repeat(1 << 16),
    ];
    let honest = Person::anonymous(&server).get("/api/userInfo").await;
    honest.refused(401, 401);
    for token in forged {
        let eve = Person { token, ..alice.clone() };
        let request = server.client.get(server.url("/api/userInfo")).bearer_auth(&eve.token);
        let Ok(response) = request.send().await else { continue };
        let answer = Answer::of(response).await;
        // A header that is too large is refused before anybody looks at what it says.
        if answer.status != 431 {
            answer.refused(401, 401);
            assert_eq!(answer.body, honest.body);
        }
    }
    let in_query = Person::anonymous(&server)
        .get(&format!("/api/userInfo?token={0}&access_token={0}", alice.token))
        .await;
    in_query.refused(401, 401);
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
async fn cookies_are_strict_and_foreign_pages_are_refused() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let login = json!({"email": alice.email, "password": PASSWORD});
    let answer = Person::anonymous(&server).post("/api/login", login.clone()).await;
    for line in answer.headers.get_all("set-cookie") {
        let line = line.to_str().expect("text");
        assert!(line.contains("HttpOnly") && line.contains("SameSite=Strict"), "{line}");
        assert!(
            line.contains("Path=/api/refresh") || line.contains("Path=/uploads"),
            "{line}"
        );
    }
    let request = server
        .client
        .request(Method::POST, server.url("/api/login"))
        .header("origin", "https://evil.example");
    let request = request
        .header("content-type", "application/json")
        .body(login.to_string());
    Answer::of(request.send().await.expect("an answer"))
        .await
        .refused(403, 403);

    let upgrade = server.client.get(server.ws.replace("ws://", "http://") + "/ws");
    let upgrade = upgrade
        .header("origin", "https://evil.example")
        .header("connection", "Upgrade")
        .header("upgrade", "websocket");
    let upgrade = upgrade
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    assert_eq!(upgrade.send().await.expect("an answer").status(), 403);
}

#[tokio::test]
async fn answers_are_private_and_carry_their_request_id() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let request = server.client.get(server.url("/api/userInfo")).bearer_auth(&alice.token);
    let answer = request
        .header("x-request-id", "trace-me.1")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.headers()["x-request-id"], "trace-me.1");
    assert!(
        answer.headers()["cache-control"]
            .to_str()
            .expect("text")
            .contains("no-store")
    );
    let request = server
        .client
        .get(server.url("/api/nothing"))
        .header("x-request-id", "not sane; \"at all\"");
    let answer = request.send().await.expect("an answer");
    assert_ne!(answer.headers()["x-request-id"], "not sane; \"at all\"");
    assert!(
        server
            .client
            .get(server.url("/"))
            .send()
            .await
            .expect("a page")
            .headers()
            .contains_key("content-security-policy")
    );
}

#[tokio::test]
async fn the_log_knows_no_secret_and_no_word_of_a_message() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    alice.say(room, "mockingbird").await;
    alice.get("/api/search?q=mockingbird").await.data();
    let mut socket = alice.socket().await;
    socket
        .request("room.sendMessage", crate::support::text_message(room, "nightingale"))
        .await;
    Person::anonymous(&server)
        .post("/api/login", json!({"email": alice.email, "password": "magpie magpie"}))
        .await;
    alice.post("/api/logout", json!({})).await.data();
    socket.ended().await;
    let logs = server.logs();
    assert!(logs.contains("/api/room/message"), "requests are logged");
    let signature = alice.token.rsplit('.').next().expect("a signature");
    for secret in [
        "mockingbird",
        "nightingale",
        "magpie",
        PASSWORD,
        signature,
        alice.refresh.rsplit('.').next().expect("a signature"),
    ] {
        assert!(!logs.contains(secret), "the log holds {secret}");
    }
}

#[tokio::test]
async fn one_person_holds_a_bounded_number_of_connections() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let mut sockets = Vec::new();
    for _ in 0..20 {
        sockets.push(alice.socket().await);
    }
    let mut one_more = Socket::connect(&server).await;
    one_more.handshake_with(json!({"user": {"token": alice.token}})).await;
    assert_eq!(one_more.ended().await.kick.as_deref(), Some("too_many_connections"));
    let mut other = bob.socket().await;
    assert_eq!(other.request("room.list", json!({})).await["code"], 0);
    assert_eq!(sockets[0].request("room.list", json!({})).await["code"], 0);
}

#[tokio::test]
async fn exactly_one_of_many_first_accounts_becomes_admin() {
    on_each_backend(|server| async move {
        let people = futures_util::future::join_all((0..8).map(|_| Person::join(&server, "First"))).await;
        let mut admins = 0;
        for person in &people {
            admins += u32::from(person.get("/api/userInfo").await.data()["permission"] == "admin");
        }
        assert_eq!(admins, 1);
    })
    .await;
}
