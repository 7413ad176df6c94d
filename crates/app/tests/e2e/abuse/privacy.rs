//! What the server keeps to itself.

use serde_json::json;

use crate::support::{Backend, PASSWORD, Person, Server, text_message};

#[tokio::test]
async fn the_log_knows_no_secret_and_no_word_of_a_message() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    alice.say(room, "mockingbird").await;
    alice.get("/api/search?q=mockingbird").await.data();
    let mut socket = alice.socket().await;
    socket
        .request("room.sendMessage", text_message(room, "nightingale"))
        .await;
    // What is wrong is not repeated either.
    socket
        .request(
            "room.sendMessage",
            json!({"channelId": room, "contentType": "nightingale"}),
        )
        .await;
    socket.request("room.nightingale", json!({"token": alice.token})).await;
    alice
        .post("/api/room/message", json!({"channelId": "mockingbird"}))
        .await
        .refused(400, 400);
    let login = json!({"email": alice.email, "password": "magpie magpie"});
    Person::anonymous(&server).post("/api/login", login).await;
    server.operate(&["user", "passwd", &alice.email], "kingfisher").await;
    socket.ended().await;
    let logs = server.logs();
    assert!(logs.contains("/api/room/message"), "requests are logged");
    let signature = alice.token.rsplit('.').next().expect("a signature");
    let secrets = [
        "mockingbird",
        "nightingale",
        "magpie",
        "kingfisher",
        PASSWORD,
        signature,
    ];
    for secret in secrets.into_iter().chain(alice.refresh.rsplit('.').next()) {
        assert!(!logs.contains(secret), "the log holds {secret}");
    }
    assert!(!logs.contains(&alice.email), "nor who somebody is");
}

#[tokio::test]
async fn nobody_is_told_of_an_account_or_an_address_that_is_not_theirs() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    bob.post("/api/userInfo", json!({"qq": "12345678", "wechat": "wx-bob"}))
        .await
        .data();
    let room = alice.room(&[], &[&bob]).await;
    alice.post("/api/friend", json!({"id": bob.id})).await.data();
    let mut socket = alice.socket().await;
    bob.say(room, "hello").await;
    bob.post("/api/userInfo", json!({"bio": "seen by all"})).await.data();
    let pushed = socket.push("onUser", |push| push["id"] == bob.id).await;
    let mut seen = vec![pushed.to_string()];
    for path in [
        "/api/userInfo".to_owned(),
        "/api/friend".to_owned(),
        format!("/api/user?id={}", bob.id),
        format!("/api/user?email={}", bob.email),
        format!("/api/user?userName={}", bob.name),
        format!("/api/room?id={room}"),
        format!("/api/room/messages?id={room}"),
        format!("/api/room/member?id={room}"),
        "/api/search?q=hello".to_owned(),
    ] {
        seen.push(alice.get(&path).await.data().to_string());
    }
    for text in seen {
        for private in [
            bob.email.as_str(),
            "12345678",
            "wx-bob",
            "\"permission\":\"user\"",
            "password",
        ] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
    let anonymous = Person::anonymous(&server);
    let wrong = |email: &str| json!({"email": email, "password": "not the password"});
    let known = anonymous.post("/api/login", wrong(&bob.email)).await;
    let unknown = anonymous.post("/api/login", wrong("nobody@banter.example")).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    let picture = |name: &str| format!("/api/userImage?username={name}");
    let (known, unknown) = (
        anonymous.get(&picture(&bob.name)).await,
        anonymous.get(&picture("nobody")).await,
    );
    let shape = |answer: &crate::support::Answer| {
        answer
            .data()
            .as_str()
            .expect("a URL")
            .rsplit_once('/')
            .map(|(folder, _)| folder.to_owned())
    };
    assert_eq!(shape(&known), shape(&unknown));
}
