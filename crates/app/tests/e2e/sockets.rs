//! The gateway from outside: signing in, pushes and their receivers, and how connections end.

use std::collections::HashSet;

use serde_json::json;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::support::{Backend, Ended, Person, Server, Socket, on_each_backend, text_message};

#[tokio::test]
async fn a_connection_stays_anonymous_until_a_good_token_comes() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let mut socket = Socket::connect(&server).await;
    let answer = socket.handshake_with(json!({"user": {"token": "wrong"}})).await;
    assert_eq!(
        (answer["code"].clone(), answer["sys"]["heartbeat"].clone()),
        (json!(200), json!(15))
    );
    let refused = socket.request("room.list", json!({})).await;
    assert_eq!(
        (refused["code"].clone(), refused["msg"].clone()),
        (json!("PIT-401"), json!("unauthorized"))
    );
    assert_eq!(socket.request("no.such", json!({})).await["code"], "PIT-404");
    assert_eq!(
        socket.request("session.auth", json!({"token": "wrong"})).await["code"],
        "PIT-401"
    );
    let bound = socket.request("session.auth", json!({"token": alice.token})).await;
    assert_eq!(
        (bound["code"].clone(), bound["data"]["userId"].clone()),
        (json!(0), json!(alice.id))
    );
    assert_eq!(bound["data"]["rooms"].as_array().map(Vec::len), Some(1), "the lobby");
    assert_eq!(socket.request("chat.room.list", json!({})).await["code"], 0);
    assert_eq!(socket.request("game.room.list", json!({})).await["code"], "PIT-404");
    assert_eq!(
        socket.request("room.typing", json!({"id": 1, "on": true})).await["code"],
        "PIT-400"
    );
    assert_eq!(socket.request("room.get", json!({"id": "x"})).await["code"], "PIT-400");
    let bob = Person::join(&server, "Bob").await;
    assert_ne!(
        socket.request("session.auth", json!({"token": bob.token})).await["code"],
        0,
        "nobody changes into another"
    );
}

#[tokio::test]
async fn who_never_signs_in_is_kicked() {
    let server = Server::start(Backend::Sqlite, &[("WS__AUTH_TIMEOUT", "1s")]).await;
    let mut socket = Socket::connect(&server).await;
    socket.handshake().await;
    assert_eq!(socket.ended().await.kick.as_deref(), Some("auth_timeout"));
}

#[tokio::test]
async fn revoked_sessions_lose_their_sockets_and_tokens_at_once() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let phone = alice.sign_in().await;
        let (mut here, mut there) = (alice.socket().await, phone.socket().await);
        // A new password ends all other sessions.
        let change = json!({"oldPassword": crate::support::PASSWORD, "newPassword": crate::support::PASSWORD});
        alice.post("/api/password", change).await.data();
        assert_eq!(there.ended().await.kick.as_deref(), Some("session_revoked"));
        phone.get("/api/userInfo").await.refused(401, 401);
        assert!(here.is_served().await);
        // Signing out ends one's own.
        alice.post("/api/logout", json!({})).await.data();
        assert_eq!(here.ended().await.kick.as_deref(), Some("logout"));
        alice.get("/api/userInfo").await.refused(401, 401);
    })
    .await;
}

#[tokio::test]
async fn pushes_reach_exactly_those_whom_they_concern() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = alice.room(&[], &[&bob]).await;
        let (mut a, mut b, mut e) = (alice.socket().await, bob.socket().await, eve.socket().await);
        a.notify("room.typing", json!({"id": room, "on": true})).await;
        assert_eq!(
            b.push("onTyping", |push| push["roomId"] == room).await["userId"],
            alice.id
        );
        let message = a.request("room.sendMessage", text_message(room, "for members")).await["data"].clone();
        b.push("onMessage", |push| push["id"] == message["id"]).await;
        b.request(
            "room.react",
            json!({"messageId": message["id"], "emoji": "👍", "on": true}),
        )
        .await;
        // Each sees whether the reaction is their own.
        let seen = a.push("onMessageUpdated", |push| push["id"] == message["id"]).await;
        assert_eq!(
            (
                seen["reactions"][0]["count"].clone(),
                seen["reactions"][0]["mine"].clone()
            ),
            (json!(1), json!(false))
        );
        let seen = b.push("onMessageUpdated", |push| push["id"] == message["id"]).await;
        assert_eq!(seen["reactions"][0]["mine"], true);
        alice
            .patch("/api/room", json!({"id": room, "name": "Renamed"}))
            .await
            .data();
        assert_eq!(b.push("onRoom", |push| push["id"] == room).await["name"], "Renamed");
        alice.post("/api/friend", json!({"id": bob.id})).await.data();
        assert_eq!(b.push("onFriend", |_| true).await["id"], alice.id);
        bob.post("/api/userInfo", json!({"bio": "new words"})).await.data();
        a.push("onUser", |push| push["id"] == bob.id && push["bio"] == "new words")
            .await;

        let own: Vec<_> = a
            .pushes_so_far()
            .await
            .into_iter()
            .filter(|(route, _)| route == "onTyping")
            .collect();
        assert!(own.is_empty(), "nobody is told of their own typing");
        let leaked: Vec<_> = e
            .pushes_so_far()
            .await
            .into_iter()
            .filter(|(route, push)| {
                push["roomId"] == room || push["id"] == room && route == "onRoom" || route == "onFriend"
            })
            .collect();
        assert!(leaked.is_empty(), "{leaked:?}");
    })
    .await;
}

#[tokio::test]
async fn the_demo_client_joins_the_lobby_and_talks() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let (mut a, mut b) = (alice.socket().await, bob.socket().await);
        assert_eq!(a.request("room.join", json!({})).await["code"], 0);
        let members = a.push("onMembers", |_| true).await["members"].clone();
        assert!(
            members
                .as_array()
                .expect("members")
                .contains(&json!(alice.id.to_string()))
        );
        b.request("room.join", json!({})).await;
        assert_eq!(
            a.push("onNewUser", |push| push["user"]["id"] == bob.id).await["user"]["userName"],
            bob.name
        );
        b.notify(
            "room.message",
            json!({"name": "somebody else", "content": "hi <all> & \"you\" 😀"}),
        )
        .await;
        let heard = a.push("onMessage", |push| push["userId"] == bob.id).await;
        assert_eq!(
            (heard["name"].clone(), heard["content"].clone()),
            (json!(bob.name), json!("hi <all> & \"you\" 😀"))
        );
    })
    .await;
}

#[tokio::test]
async fn pushes_of_a_room_come_in_its_order_and_answers_in_the_order_asked() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let (mut a, mut b) = (alice.socket().await, bob.socket().await);
        let mut asked = Vec::new();
        for n in 0..200 {
            asked.push(a.ask("room.sendMessage", text_message(room, &format!("{n}"))).await);
        }
        for (n, id) in asked.into_iter().enumerate() {
            let answer = a.answer(id).await;
            assert_eq!(answer["data"]["seq"].as_u64(), Some(n as u64 + 1), "{answer}");
        }
        for n in 0..200 {
            let heard = b.push("onMessage", |push| push["roomId"] == room).await;
            assert_eq!(
                (heard["seq"].clone(), heard["content"].clone()),
                (json!(n + 1), json!(n.to_string()))
            );
        }
    })
    .await;
}

#[tokio::test]
async fn bad_bytes_end_one_connection_and_nobody_elses() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let mut bystander = alice.socket().await;
    let bad: Vec<Vec<u8>> = vec![
        vec![],
        vec![0; 3],
        vec![9, 0, 0, 0],
        vec![4, 0, 0, 9, 1],
        vec![4, 0, 0, 2, 0x00, 0x01],
        vec![1, 0, 0, 1, b'{'],
        vec![4, 0xff, 0xff, 0xff],
    ];
    for bytes in bad {
        let mut socket = Socket::connect(&server).await;
        socket.handshake().await;
        socket.send_bytes(bytes.clone()).await;
        let ended = socket.ended().await;
        assert_ne!(ended.code, Some(1011), "{bytes:?}: {ended:?}");
    }
    let mut socket = Socket::connect(&server).await;
    socket.send_frame(Frame::binary(vec![0; 70 * 1024])).await;
    assert_eq!(socket.ended().await, Ended::TOO_BIG);
    assert!(bystander.is_served().await);
}

#[tokio::test]
async fn impossible_positions_are_answered_with_what_is_true() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        for n in 0..5 {
            alice.say(room, &format!("message {n}")).await;
        }
        let mut socket = alice.socket().await;
        for rev in [-1_i64, 6, i64::MAX] {
            let answer = socket
                .request("room.sync", json!({"rooms": [{"id": room, "rev": rev}]}))
                .await;
            let synced = &answer["data"]["rooms"][0];
            assert_eq!(
                (synced["reset"].clone(), synced["lastRev"].clone()),
                (json!(true), json!(5)),
                "{answer}"
            );
            assert_eq!(synced["messages"].as_array().map(Vec::len), Some(5));
        }
        let answer = socket
            .request(
                "room.sync",
                json!({"rooms": [{"id": room, "rev": 5}, {"id": 999_999, "rev": 0}]}),
            )
            .await;
        assert_eq!(answer["data"], json!({"rooms": [], "gone": [999_999]}));
        let many: Vec<_> = (0..501).map(|id| json!({"id": id, "rev": 0})).collect();
        assert_eq!(socket.request("room.sync", json!({"rooms": many})).await["code"], 400);
    })
    .await;
}

#[tokio::test]
async fn receipts_and_recalls_can_be_sent_as_messages() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let (mut a, mut b) = (alice.socket().await, bob.socket().await);
        let message = a.request("room.sendMessage", text_message(room, "one")).await["data"].clone();
        // Whose receipt it is the session says, not the body.
        let receipt = json!({"operator": alice.id, "lastReadSeq": 1});
        let receipt = json!({"channelId": room, "contentType": "READ_MESSAGE", "readMessage": receipt});
        assert_eq!(
            b.request("room.sendMessage", receipt).await["data"],
            json!({"readSeq": 1})
        );
        let read = a.push("onRead", |push| push["roomId"] == room).await;
        assert_eq!(read["userId"], bob.id);
        let recall = json!({"operator": bob.id, "recallMsgId": message["id"]});
        let recall = json!({"channelId": room, "contentType": "RECALL_MESSAGE", "recallMessage": recall});
        assert_eq!(b.request("room.sendMessage", recall.clone()).await["code"], 403);
        let recalled = a.request("room.sendMessage", recall).await["data"].clone();
        assert_eq!(
            recalled["recallMessage"],
            json!({"operator": alice.id, "recallMsgId": message["id"]})
        );
        // Nothing but the one message was ever stored.
        assert_eq!(recalled["seq"], 1);
        assert_eq!(alice.get(&format!("/api/room?id={room}")).await.data()["lastSeq"], 1);
    })
    .await;
}

#[tokio::test]
async fn presence_follows_the_last_connection() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let mut a = alice.socket().await;
        let one = bob.socket().await;
        a.push("onPresence", |push| push["userId"] == bob.id && push["online"] == true)
            .await;
        let two = bob.socket().await;
        drop(one);
        let ask = json!({"userIds": [bob.id]});
        assert_eq!(a.request("presence.get", ask.clone()).await["data"][0]["online"], true);
        drop(two);
        let gone = a
            .push("onPresence", |push| push["userId"] == bob.id && push["online"] == false)
            .await;
        assert!(gone["lastSeenAt"].is_string());
        assert_eq!(a.request("presence.get", ask).await["data"][0]["online"], false);
        assert_eq!(
            alice.get(&format!("/api/user?id={}", bob.id)).await.data()[0]["online"],
            false
        );
    })
    .await;
}

#[tokio::test]
async fn a_socket_ends_with_its_token_unless_it_is_renewed() {
    let server = Server::start(Backend::Sqlite, &[("SECURITY__JWT__ACCESS_TTL", "9s")]).await;
    let alice = Person::join(&server, "Alice").await;
    let (mut first, mut renewed) = (alice.socket().await, alice.socket().await);
    let mut ends = HashSet::new();
    let mut before: Option<Person> = None;
    let mut second = loop {
        // The last moment of a token is a whole second; some of them must lie between the first
        // token and the last one, so that there is time to see the one end and the other go on.
        let later = alice.sign_in().await;
        let bound = renewed.request("session.auth", json!({"token": later.token})).await;
        assert_eq!(bound["code"], 0, "{bound}");
        ends.insert(bound["data"]["expiresAt"].to_string());
        if let Some(before) = &before {
            before.post("/api/logout", json!({})).await.data();
        }
        if ends.len() > 4 {
            break later.socket().await;
        }
        before = Some(later);
    };
    assert_eq!(first.ended().await.kick.as_deref(), Some("token_expired"));
    assert!(renewed.is_served().await);
    for socket in [&mut renewed, &mut second] {
        assert_eq!(socket.ended().await.kick.as_deref(), Some("token_expired"));
    }
}
