//! Who somebody is: forged and stolen proofs, and doors that open to nobody.

use std::collections::BTreeSet;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::support::{Answer, Backend, PASSWORD, Person, Server, Socket, on_each_backend};

/// What everybody may ask for; all else needs a session.
const PUBLIC: [&str; 5] = [
    "GET /api/invitation/{code}",
    "GET /api/userImage",
    "POST /api/login",
    "POST /api/logout",
    "POST /api/register",
];

/// Every operation of the API, as the server documents it: method, path, whether it is public.
pub(super) async fn operations(server: &Server) -> Vec<(Method, String, bool)> {
    let answer = server
        .client
        .get(server.url("/openapi.json"))
        .send()
        .await
        .expect("a document");
    let document: Value = serde_json::from_slice(&answer.bytes().await.expect("bytes")).expect("JSON");
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let is_public = operation["security"].as_array().is_none_or(Vec::is_empty);
            if path.starts_with("/api/") {
                found.push((method, path.clone(), is_public));
            }
        }
    }
    assert!(found.len() > 30, "{found:?}");
    found
}

/// Every route of the gateway, as the handshake lists them.
pub(super) async fn routes(server: &Server) -> Vec<String> {
    let mut socket = Socket::connect(server).await;
    let answer = socket.handshake().await;
    let routes = answer["sys"]["dict"].as_object().expect("a dictionary");
    routes.keys().cloned().collect()
}

/// What a person's tokens would be, were they made with the server's own key: what a thief of it
/// or a mistake of ours could make.
struct Forger {
    key: EncodingKey,
    claims: Value,
}

impl Forger {
    fn new(server: &Server, token: &str) -> Self {
        let key = std::fs::read_to_string(server.folder.path().join("secret")).expect("a key");
        Self {
            key: EncodingKey::from_secret(key.trim().as_bytes()),
            claims: jsonwebtoken::dangerous::insecure_decode::<Value>(token)
                .expect("a token")
                .claims,
        }
    }

    /// A token with that header and these claims changed; `null` leaves one out.
    fn forge(&self, header: &Header, changes: &Value) -> String {
        let mut claims = self.claims.clone();
        let claims = claims.as_object_mut().expect("claims");
        for (name, value) in changes.as_object().expect("changes") {
            claims.insert(name.clone(), value.clone());
        }
        claims.retain(|_, value| !value.is_null());
        jsonwebtoken::encode(header, claims, &self.key).expect("a token")
    }
}

#[tokio::test]
async fn a_forged_token_is_refused_at_every_door_with_one_body() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let forger = Forger::new(&server, &alice.token);
    let plain = Header::default();
    let genuine = forger.forge(&plain, &json!({}));
    let twin = Person {
        token: genuine,
        ..alice.clone()
    };
    assert_eq!(twin.get("/api/userInfo").await.status, 200, "the forger knows the key");

    let now = forger.claims["iat"].as_i64().expect("a time");
    let with_kid = |kid: &str| Header {
        kid: Some(kid.to_owned()),
        ..Header::new(Algorithm::HS384)
    };
    let (claims, signature) = {
        let mut parts = alice.token.split('.').skip(1);
        (
            parts.next().expect("claims").to_owned(),
            parts.next().expect("a signature").to_owned(),
        )
    };
    let forged = [
        "x".to_owned(),
        "a.b.c".to_owned(),
        "....".to_owned(),
        format!("eyJhbGciOiJub25lIn0.{claims}."),
        format!("eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ.{claims}.{signature}"),
        format!("{}{signature}", alice.token),
        alice.refresh.clone(),
        alice.media.clone(),
        "x".repeat(12 * 1024),
        forger.forge(&Header::new(Algorithm::HS512), &json!({})),
        forger.forge(&with_kid("../../../../etc/passwd"), &json!({})),
        forger.forge(&with_kid("' OR 1=1 --"), &json!({})),
        forger.forge(&plain, &json!({"iss": "somebody else"})),
        forger.forge(&plain, &json!({"aud": "another service"})),
        forger.forge(&plain, &json!({"aud": null})),
        forger.forge(&plain, &json!({"iat": now - 7200, "exp": now - 3600})),
        forger.forge(&plain, &json!({"exp": null})),
        forger.forge(&plain, &json!({"iat": now + 7200, "exp": now + 9000})),
        forger.forge(&plain, &json!({"sub": bob.id.to_string()})),
        forger.forge(&plain, &json!({"sub": "1 OR 1=1"})),
        forger.forge(&plain, &json!({"sid": -1})),
        forger.forge(&plain, &json!({"sid": 999_999})),
    ];
    let honest = Person::anonymous(&server).get("/api/userInfo").await;
    honest.refused(401, 401);
    let file = alice.upload("message", "a.txt", b"for Alice").await.data()["url"].clone();
    let file = server.url(file.as_str().expect("a URL"));
    let mut socket = Socket::connect(&server).await;
    socket.handshake().await;
    for token in &forged {
        let eve = Person {
            token: token.clone(),
            ..alice.clone()
        };
        assert_eq!(
            eve.get("/api/userInfo").await.refused(401, 401).body,
            honest.body,
            "{token}"
        );
        assert_eq!(
            socket.request("session.auth", json!({"token": token})).await["code"],
            "PIT-401"
        );
        // A cookie of another kind is as good as a forged one.
        if *token != alice.refresh {
            let request = server.client.post(server.url("/api/refresh"));
            let request = request.header("cookie", format!("banter_refresh={token}"));
            Answer::of(request.send().await.expect("an answer"))
                .await
                .refused(401, 401);
        }
        if *token != alice.media {
            let request = server
                .client
                .get(&file)
                .header("cookie", format!("banter_media={token}"));
            assert_eq!(request.send().await.expect("an answer").status(), 404);
        }
    }
    for token in &forged[..4] {
        let mut socket = Socket::connect(&server).await;
        socket.handshake_with(json!({"user": {"token": token}})).await;
        assert_eq!(socket.request("room.list", json!({})).await["code"], "PIT-401");
    }
    // Too long for a header: it is refused before anybody reads it.
    let huge = format!(
        "GET /api/userInfo HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\n\r\n",
        "x".repeat(1 << 20)
    );
    let answer = server.raw(huge.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert_eq!(alice.get("/api/userInfo").await.status, 200, "the server goes on");
}

#[tokio::test]
async fn tokens_count_in_no_address_and_no_subprotocol() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let anonymous = Person::anonymous(&server);
    for (method, path, is_public) in operations(&server).await {
        if is_public || method != Method::GET {
            continue;
        }
        let query = ["token", "access_token", "accessToken", "authorization", "bearer"];
        let query = query.map(|name| format!("{name}={}", alice.token)).join("&");
        anonymous.get(&format!("{path}?{query}")).await.refused(401, 401);
    }
    for cookie in ["banter_refresh", "banter_media", "token", "authorization"] {
        let request = server.client.get(server.url("/api/userInfo"));
        let request = request.header("cookie", format!("{cookie}={}", alice.token));
        Answer::of(request.send().await.expect("an answer"))
            .await
            .refused(401, 401);
    }
    for address in [server.ws_url(), server.http.replace("http://", "ws://") + "/ws"] {
        let address = format!("{address}?token={0}&access_token={0}", alice.token);
        let mut request = address.as_str().into_client_request().expect("an address");
        let bearer = format!("Bearer {}", alice.token).parse().expect("a header");
        request.headers_mut().insert(
            "cookie",
            format!("banter_media={}", alice.media).parse().expect("a header"),
        );
        request.headers_mut().insert("authorization", bearer);
        let mut socket = Socket::open(request).await.expect("a connection");
        socket.handshake().await;
        assert_eq!(socket.request("room.list", json!({})).await["code"], "PIT-401");
        let mut request = address.as_str().into_client_request().expect("an address");
        let protocols = format!("bearer, {}", alice.token).parse().expect("a header");
        request.headers_mut().insert("sec-websocket-protocol", protocols);
        // A client that insists on a subprotocol does not get one.
        assert!(Socket::open(request).await.is_err());
    }
    // That no log holds a token is looked at when the server ends, here as after every test.
    assert!(server.logs().contains("/api/userInfo"));
}

#[tokio::test]
async fn every_door_is_closed_to_garbage_but_those_that_are_open_to_all() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let operations = operations(&server).await;
        let public: BTreeSet<String> = operations
            .iter()
            .filter(|(.., is_public)| *is_public)
            .map(|(method, path, _)| format!("{method} {path}"))
            .collect();
        assert_eq!(public, PUBLIC.map(str::to_owned).into());
        alice.post("/api/logout", json!({})).await.data();
        let garbage = [
            String::new(),
            "garbage".to_owned(),
            alice.token.clone(),
            alice.refresh.clone(),
        ];
        let mut bodies = BTreeSet::new();
        for (method, path, is_public) in &operations {
            for token in &garbage {
                let eve = Person {
                    token: token.clone(),
                    ..Person::anonymous(&server)
                };
                let answer = eve.ask(method.clone(), path, None).await;
                assert_eq!(
                    answer.status == 401 && answer.body["code"] == 401,
                    !is_public,
                    "{method} {path}: {}",
                    answer.body
                );
                if !is_public {
                    bodies.insert(answer.body.to_string());
                }
            }
        }
        assert_eq!(bodies.len(), 1, "{bodies:?}");

        let mut socket = Socket::connect(&server).await;
        socket.handshake_with(json!({"user": {"token": alice.token}})).await;
        let mut open = Vec::new();
        for route in routes(&server).await {
            let answer = socket.request(&route, json!({"token": "garbage"})).await;
            assert_eq!(answer["code"], "PIT-401", "{route}: {answer}");
            if answer["msg"] != "unauthorized" {
                open.push(route);
            }
        }
        assert_eq!(open, [""; 0], "what is refused is refused in one way");
    })
    .await;
}

#[tokio::test]
async fn whoever_the_body_names_the_session_says_who_acts() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[&bob], &[]).await;
        let (mut a, mut b) = (alice.socket().await, bob.socket().await);
        let claim = |mut body: Value| {
            for field in [
                "userId", "user", "sender", "senderId", "operator", "author", "from", "actor", "reader",
            ] {
                body[field] = json!(alice.id);
            }
            body
        };
        let text =
            claim(json!({"channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": {"text": "it was Alice"}}));
        let over_http = bob.post("/api/room/message", text.clone()).await.data();
        let over_socket = b.request("room.sendMessage", text).await["data"].clone();
        for message in [over_http, over_socket] {
            assert_eq!(
                (&message["userId"], &message["user"]["id"]),
                (&json!(bob.id), &json!(bob.id))
            );
            let heard = a.push("onMessage", |push| push["id"] == message["id"]).await;
            assert_eq!((&heard["userId"], &heard["name"]), (&json!(bob.id), &json!(bob.name)));
        }
        b.request("room.read", claim(json!({"id": room, "seq": 1}))).await;
        assert_eq!(a.push("onRead", |push| push["roomId"] == room).await["userId"], bob.id);
        bob.post("/api/room/read", claim(json!({"id": room, "seq": 2})))
            .await
            .data();
        assert_eq!(a.push("onRead", |push| push["readSeq"] == 2).await["userId"], bob.id);
        b.notify("room.typing", claim(json!({"id": room, "on": true}))).await;
        assert_eq!(
            a.push("onTyping", |push| push["roomId"] == room).await["userId"],
            bob.id
        );
        let seen = alice.get(&format!("/api/room?id={room}")).await.data();
        assert_eq!(seen["readSeq"][alice.id.to_string()], 0, "{seen}");

        let own = alice.say(room, "mine").await["id"].clone();
        let edit = claim(json!({"id": own, "textMessage": {"text": "not mine"}}));
        bob.patch("/api/room/message", edit.clone()).await.refused(403, 403);
        assert_eq!(b.request("room.edit", edit).await["code"], 403);
        let reaction = claim(json!({"messageId": own, "emoji": "👍", "on": true}));
        let reacted = b.request("room.react", reaction).await["data"]["reactions"].clone();
        assert_eq!(reacted[0]["userIds"], json!([bob.id]));
        let made = bob
            .post(
                "/api/room",
                json!({"name": "Whose", "creatorId": alice.id, "creator": {"id": alice.id}}),
            )
            .await;
        assert_eq!(made.data()["creator"]["id"], bob.id);
        let profile = bob
            .post("/api/userInfo", claim(json!({"id": alice.id, "bio": "Bob's"})))
            .await
            .data();
        assert_eq!((&profile["id"], &profile["bio"]), (&json!(bob.id), &json!("Bob's")));
        let password = json!({"userId": alice.id, "oldPassword": PASSWORD, "newPassword": PASSWORD});
        bob.post("/api/password", password).await.data();
        assert_eq!(alice.get("/api/userInfo").await.status, 200);
    })
    .await;
}
