//! What is promised when something fails, one promise a test. Chance plays in `chaos`.

use serde_json::json;

use crate::support::{
    Backend, KEY, Person, Redis, Relay, Server, SmallDisk, has_database, hear_each_other, new_dsn, on, on_each_backend,
    redis_url, said_once, text_message,
};

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
