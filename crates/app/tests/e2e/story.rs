//! The story of two people, three connections, a lost connection, an edit, a recall and a removal.

use serde_json::json;

use crate::support::{Person, Socket, on_each_backend, text_message};

#[tokio::test]
async fn two_people_meet_talk_lose_each_other_and_catch_up() {
    on_each_backend(|server| async move {
        // Alice and Bob register and become friends; both find the same private room.
        let alice = Person::join(&server, "Alice").await;
        let bob = Person::join(&server, "Bob").await;
        let friends = alice.post("/api/friend", json!({"id": bob.id})).await.data();
        assert_eq!(friends["name"], bob.name);
        assert_eq!(
            bob.post("/api/friend", json!({"id": alice.id})).await.data()["id"],
            friends["id"]
        );

        // They meet in a room. Bob sits at two devices.
        let room = alice.room(&[], &[&bob]).await;
        let mut alice_phone = alice.socket().await;
        let mut bob_phone = bob.socket().await;
        let mut bob_desk = bob.sign_in().await.socket().await;

        // Alice speaks over her socket; both of Bob's devices hear the same message.
        let hello = alice_phone
            .request("room.sendMessage", text_message(room, "hello 😁"))
            .await;
        assert_eq!(
            (hello["code"].as_i64(), hello["data"]["seq"].as_i64()),
            (Some(0), Some(1))
        );
        for device in [&mut bob_phone, &mut bob_desk] {
            let heard = device.push("onMessage", |push| push["roomId"] == room).await;
            assert_eq!(heard["textMessage"]["text"], "hello 😁");
            assert_eq!(
                (heard["id"].clone(), heard["content"].clone()),
                (hello["data"]["id"].clone(), json!("hello 😁"))
            );
        }

        // Bob answers over HTTP, quoting her; Alice hears it with the quote.
        let mut reply = text_message(room, "hi Alice");
        reply["replyId"] = hello["data"]["id"].clone();
        bob.post("/api/room/message", reply).await.data();
        let heard = alice_phone.push("onMessage", |push| push["userId"] == bob.id).await;
        assert_eq!(heard["reply"]["textMessage"]["text"], "hello 😁");

        // Alice reads; her mark reaches Bob, and nothing is unread for her.
        alice_phone.request("room.read", json!({"id": room, "seq": 2})).await;
        let read = bob_phone.push("onRead", |push| push["userId"] == alice.id).await;
        assert_eq!(read["readSeq"], 2);
        assert_eq!(
            alice.get(&format!("/api/room?id={room}")).await.data()["unreadCount"],
            0
        );

        // Bob's desk loses its connection. Meanwhile Alice edits, says more, and takes one back.
        let synced_to = heard["rev"].clone();
        drop(bob_desk);
        let edited = json!({"messageId": hello["data"]["id"], "textMessage": {"text": "hello Bob"}});
        assert_eq!(alice_phone.request("room.edit", edited).await["data"]["isEdited"], true);
        alice.say(room, "are you there?").await;
        let slip = alice.say(room, "a slip of the tongue").await;
        let recalled = alice_phone
            .request("room.recall", json!({"messageId": slip["id"]}))
            .await;
        assert_eq!(recalled["data"]["isRecalled"], true);
        let told = bob_phone
            .push("onMessageUpdated", |push| push["isRecalled"] == true)
            .await;
        assert_eq!(told["textMessage"], json!(null));

        // The desk comes back and catches up in one round trip: nothing missing, nothing twice.
        let mut bob_desk = Socket::connect(&server).await;
        bob_desk.handshake_with(json!({"user": {"token": bob.token}})).await;
        let missed = bob_desk
            .request("room.sync", json!({"rooms": [{"id": room, "rev": synced_to}]}))
            .await;
        let messages = missed["data"]["rooms"][0]["messages"]
            .as_array()
            .expect("messages")
            .clone();
        let seqs: Vec<_> = messages
            .iter()
            .map(|message| message["seq"].as_i64().expect("a seq"))
            .collect();
        assert_eq!(seqs, [1, 3, 4]);
        assert_eq!(messages[0]["textMessage"]["text"], "hello Bob");
        assert_eq!(
            (messages[2]["isRecalled"].clone(), messages[2]["textMessage"].clone()),
            (json!(true), json!(null))
        );

        // The power fails. Everything that was answered is still there.
        let server = server.killed_and_restarted().await;
        let alice = Person {
            server: server.clone(),
            ..alice
        };
        let bob = Person {
            server: server.clone(),
            ..bob
        };
        let history = bob.get(&format!("/api/room/messages?id={room}")).await.data();
        assert_eq!(history.as_array().expect("messages").len(), 4);
        assert_eq!(history[0]["textMessage"]["text"], "hello Bob");

        // Alice removes Bob. He is told, and hears nothing of what she says next.
        let mut bob_phone = bob.socket().await;
        alice
            .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
            .await
            .data();
        let gone = bob_phone.push("onRoomRemoved", |push| push["id"] == room).await;
        assert_eq!(gone["reason"], "removed");
        alice.say(room, "he is gone").await;
        let heard = bob_phone.pushes_so_far().await;
        assert!(heard.iter().all(|(_, push)| push["roomId"] != room), "{heard:?}");
        bob.get(&format!("/api/room/messages?id={room}"))
            .await
            .refused(404, 404);
        let missed = bob_phone
            .request("room.sync", json!({"rooms": [{"id": room, "rev": 0}]}))
            .await;
        assert_eq!(missed["data"]["gone"], json!([room]));
    })
    .await;
}
