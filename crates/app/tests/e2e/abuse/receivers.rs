//! For every kind of push the exact set of connections that hear it: no wider, no narrower.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Person, Socket, on_each_backend, text_message};

/// Every push of the contract; one without a scene below fails the test.
const PUSHES: [&str; 13] = [
    "onMessage",
    "onMessageUpdated",
    "onRead",
    "onTyping",
    "onPresence",
    "onNewUser",
    "onMembers",
    "onRoom",
    "onRoomRemoved",
    "onUser",
    "onFriend",
    "onFriendRemoved",
    "onPreference",
];

/// Who has a connection: Alice, who acts, has two.
const EARS: [&str; 5] = ["actor", "actor's other", "member", "another member", "outsider"];

struct World {
    sockets: Vec<Socket>,
    heard: BTreeSet<String>,
}

impl World {
    /// Compares who heard that push with who is to. Everybody's connection is asked something
    /// afterwards, so that what was to come has come.
    async fn expect(&mut self, route: &str, fits: impl Fn(&Value) -> bool, receivers: &[&str]) {
        for (name, socket) in EARS.iter().zip(&mut self.sockets) {
            if receivers.contains(name) {
                socket.push(route, &fits).await;
            }
        }
        for (name, socket) in EARS.iter().zip(&mut self.sockets) {
            let more = socket.pushes_so_far().await;
            let more = more.iter().filter(|(other, push)| other == route && fits(push)).count();
            assert_eq!(more, 0, "{route}: {name} heard of it, or heard it twice");
        }
        self.heard.insert(route.to_owned());
    }
}

#[tokio::test]
async fn every_push_reaches_exactly_those_whom_it_concerns() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let (carol, eve) = (Person::join(&server, "Carol").await, Person::join(&server, "Eve").await);
        let room = alice.room(&[], &[&bob, &carol]).await;
        let mut sockets = Vec::new();
        for person in [&alice, &alice.sign_in().await, &bob, &carol, &eve] {
            sockets.push(person.socket().await);
        }
        let mut world = World {
            sockets,
            heard: BTreeSet::new(),
        };
        let all = ["actor", "actor's other", "member", "another member"];
        let others = ["member", "another member"];
        let here = |push: &Value| push["roomId"] == room;

        let message = world.sockets[0]
            .request("room.sendMessage", text_message(room, "hi"))
            .await["data"]["id"]
            .clone();
        world.expect("onMessage", |push| push["id"] == message, &all).await;
        let edit = json!({"messageId": message, "textMessage": {"text": "hi all"}});
        world.sockets[0].request("room.edit", edit).await;
        world
            .expect("onMessageUpdated", |push| push["id"] == message, &all)
            .await;
        alice
            .post("/api/room/reaction", json!({"id": message, "emoji": "👍"}))
            .await
            .data();
        world
            .expect("onMessageUpdated", |push| push["id"] == message, &all)
            .await;
        alice.delete(&format!("/api/room/message?id={message}")).await.data();
        world
            .expect("onMessageUpdated", |push| push["isRecalled"] == true, &all)
            .await;
        world.sockets[0]
            .request("room.read", json!({"id": room, "seq": 1}))
            .await;
        world.expect("onRead", here, &all).await;
        world.sockets[0]
            .notify("room.typing", json!({"id": room, "on": true}))
            .await;
        world.expect("onTyping", here, &others).await;
        alice
            .patch("/api/room", json!({"id": room, "name": "Renamed"}))
            .await
            .data();
        world.expect("onRoom", |push| push["id"] == room, &all).await;
        // Eve comes in and is sent away again; she hears of neither as a member does.
        let joined = world.sockets[4].request("room.join", json!({"id": room})).await;
        assert_eq!(joined["code"], 0);
        let everybody = [&all[..], &["outsider"]].concat();
        world.expect("onMembers", here, &["outsider"]).await;
        let dave = Person::join(&server, "Dave").await;
        dave.post("/api/joinRoom", json!({"id": room})).await.data();
        let is_dave = |push: &Value| push["roomId"] == room && push["user"]["id"] == dave.id;
        world.expect("onNewUser", is_dave, &everybody).await;
        alice
            .delete(&format!("/api/room/member?id={room}&userId={}", eve.id))
            .await
            .data();
        world
            .expect("onRoomRemoved", |push| push["id"] == room, &["outsider"])
            .await;
        alice.say(room, "she is gone").await;
        world
            .expect("onMessage", |push| push["content"] == "she is gone", &all)
            .await;

        // What only two are told.
        alice.post("/api/friend", json!({"id": bob.id})).await.data();
        world
            .expect("onFriend", |_| true, &["actor", "actor's other", "member"])
            .await;
        alice.delete(&format!("/api/friend?id={}", bob.id)).await.data();
        world
            .expect("onFriendRemoved", |_| true, &["actor", "actor's other", "member"])
            .await;
        let set = json!({"items": [{"key": "theme", "value": "dark"}]});
        alice.post("/api/preference", set).await.data();
        world
            .expect("onPreference", |_| true, &["actor", "actor's other"])
            .await;
        // The lobby is a room that everybody shares.
        alice.post("/api/userInfo", json!({"bio": "new"})).await.data();
        world.expect("onUser", |push| push["bio"] == "new", &everybody).await;
        drop(world.sockets.pop());
        world
            .expect(
                "onPresence",
                |push| push["userId"] == eve.id && push["online"] == false,
                &all,
            )
            .await;
        assert_eq!(world.heard, PUSHES.map(str::to_owned).into());
    })
    .await;
}
