//! Who may touch what, at both doors. Which operation ends how for which role stands in
//! `permissions.rs`; here is what a table of roles cannot say.

use serde_json::{Value, json};

use crate::support::{Backend, Person, Server, on_each_backend, text_message};

/// The seqs and revs that a room has given so far.
async fn log_of(person: &Person, room: i64) -> (Value, Value) {
    let room = person.get(&format!("/api/room?id={room}")).await.data();
    (room["lastSeq"].clone(), room["lastRev"].clone())
}

#[tokio::test]
async fn outsiders_leave_no_trace_in_a_room() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = alice.room(&[], &[&bob]).await;
        let message = alice.say(room, "for Bob").await["id"].clone();
        let file = eve.upload("message", "a.txt", b"hello").await.data()["url"].clone();
        let before = log_of(&alice, room).await;
        let (mut b, mut e) = (bob.socket().await, eve.socket().await);
        let content = |kind: &str, payload: Value| {
            let mut body = json!({"channelId": room, "contentType": kind});
            let field = format!("{}Message", kind.split('_').next().expect("a kind").to_lowercase());
            body[field] = payload;
            body
        };
        for body in [
            text_message(room, "let me in"),
            content("MEDIA_MESSAGE", json!({"url": file})),
            content("READ_MESSAGE", json!({"operator": bob.id, "lastReadSeq": 1})),
            content("RECALL_MESSAGE", json!({"operator": alice.id, "recallMsgId": message})),
        ] {
            assert_eq!(e.request("room.sendMessage", body.clone()).await["code"], 404, "{body}");
            // Receipts and recalls have endpoints of their own over HTTP, which permissions.rs asks.
            let status = eve.post("/api/room/message", body).await.status;
            assert!(matches!(status, 400 | 404), "{status}");
        }
        for (route, body) in [
            ("room.read", json!({"id": room, "seq": 1})),
            ("room.recall", json!({"messageId": message})),
            (
                "room.edit",
                json!({"messageId": message, "textMessage": {"text": "mine now"}}),
            ),
            ("room.react", json!({"messageId": message, "emoji": "👍", "on": true})),
            ("room.update", json!({"id": room, "name": "Eve's"})),
            ("room.leave", json!({"id": room, "userId": bob.id})),
            ("room.delete", json!({"id": room})),
        ] {
            assert_eq!(e.request(route, body).await["code"], 404, "{route}");
        }
        e.notify("room.typing", json!({"id": room, "on": true})).await;
        e.request("room.list", json!({})).await;
        let heard = b.pushes_so_far().await;
        assert!(heard.iter().all(|(_, push)| push["roomId"] != room), "{heard:?}");
        assert_eq!(log_of(&alice, room).await, before);
        assert_eq!(bob.get(&format!("/api/room?id={room}")).await.data()["unreadCount"], 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_comes_into_a_closed_room_by_its_id() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let by_invitation = json!({"name": "Closed", "joinPolicy": "invite", "memberIds": [bob.id]});
        let by_invitation = alice.post("/api/room", by_invitation).await.data()["id"].clone();
        let friends = alice.post("/api/friend", json!({"id": bob.id})).await.data()["id"].clone();
        let mut e = eve.socket().await;
        let unknown = eve.post("/api/joinRoom", json!({"id": 999_999})).await;
        for room in [&by_invitation, &friends] {
            let answer = eve.post("/api/joinRoom", json!({"id": room})).await;
            assert_eq!(answer.refused(404, 404).body, unknown.body);
            let answer = e.request("room.join", json!({"id": room})).await;
            assert_eq!(
                (&answer["code"], &answer["message"]),
                (&json!(404), &unknown.body["message"])
            );
            let invited = json!({"id": room, "memberIds": [eve.id]});
            eve.patch("/api/room", invited.clone()).await.refused(404, 404);
            assert_eq!(e.request("room.update", invited).await["code"], 404);
            eve.get(&format!("/api/room?id={room}")).await.refused(404, 404);
            // Nor is a third one brought in by somebody who may not.
            let bring = json!({"id": room, "memberIds": [eve.id], "adminIds": [bob.id]});
            bob.patch("/api/room", bring).await.refused(403, 403);
        }
        let found = eve.get("/api/room/open?q=Closed").await.data();
        assert_eq!(found, json!([]));
    })
    .await;
}

#[tokio::test]
async fn only_the_server_writes_notices_and_what_else_is_its_own() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        let mut socket = alice.socket().await;
        let notice = json!({"kind": "memberJoined", "actor": alice.id, "subject": alice.id, "text": "trust me"});
        for kind in [
            "SYSTEM_MESSAGE",
            "system_message",
            "NOTICE",
            "",
            "TEXT_MESSAGE,SYSTEM_MESSAGE",
        ] {
            let body =
                json!({"channelId": room, "contentType": kind, "systemMessage": notice, "textMessage": {"text": "x"}});
            alice.post("/api/room/message", body.clone()).await.refused(400, 400);
            let answer = socket.request("room.sendMessage", body).await;
            assert!(answer["code"] == 400 || answer["code"] == "PIT-400", "{kind}: {answer}");
        }
        assert_eq!(log_of(&alice, room).await, (json!(0), json!(0)));
        let mut forged = text_message(room, "plain words");
        for (field, value) in [
            ("systemMessage", notice),
            ("recallMessage", json!({"operator": alice.id, "recallMsgId": 1})),
            ("readMessage", json!({"operator": alice.id, "lastReadSeq": 99})),
            ("isRecalled", json!(true)),
            ("isEdited", json!(true)),
            (
                "reactions",
                json!([{"emoji": "👍", "count": 99, "userIds": [alice.id], "mine": true}]),
            ),
            ("reply", json!({"id": 1, "textMessage": {"text": "never said"}})),
            ("user", json!({"id": 1, "userName": "System"})),
            ("id", json!(4242)),
            ("seq", json!(4242)),
            ("rev", json!(4242)),
            ("createdAt", json!("2001-01-01T00:00:00.000Z")),
            ("updatedAt", json!("2001-01-01T00:00:00.000Z")),
        ] {
            forged[field] = value;
        }
        let over_http = alice.post("/api/room/message", forged.clone()).await.data();
        let over_socket = socket.request("room.sendMessage", forged).await["data"].clone();
        for (message, seq) in [(over_http, 1), (over_socket, 2)] {
            assert_eq!(
                (&message["seq"], &message["rev"]),
                (&json!(seq), &json!(seq)),
                "{message}"
            );
            assert_eq!(
                (&message["userId"], &message["contentType"]),
                (&json!(alice.id), &json!("TEXT_MESSAGE"))
            );
            for field in ["systemMessage", "recallMessage", "readMessage", "reply"] {
                assert_eq!(message[field], Value::Null, "{field}");
            }
            assert_eq!(
                (&message["isRecalled"], &message["isEdited"]),
                (&json!(false), &json!(false))
            );
            assert_eq!(message["reactions"], json!([]));
            assert!(!message["createdAt"].as_str().expect("a time").starts_with("2001"));
        }
    })
    .await;
}

#[tokio::test]
async fn protected_fields_of_rooms_and_people_are_refused_or_ignored() {
    on_each_backend(|server| async move {
        let _owner = Person::join(&server, "Owner").await;
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let mut socket = alice.socket().await;
        let protected = json!({"id": 1, "creatorId": bob.id, "creator": {"id": bob.id}, "lastSeq": 99, "lastRev": 99,
            "channelType": "PRIVATE", "memberCount": 77, "isLobby": true, "createdAt": "2001-01-01T00:00:00.000Z"});
        let mut wish = protected.clone();
        wish["name"] = json!("Mine");
        let over_http = alice.post("/api/room", wish.clone()).await.data();
        let over_socket = socket.request("room.create", wish).await["data"].clone();
        for room in [over_http, over_socket] {
            assert_eq!(room["creator"]["id"], alice.id);
            assert_eq!((&room["lastSeq"], &room["memberCount"]), (&json!(0), &json!(1)));
            assert_eq!(room["channelType"], "PUBLIC");
            assert!(!room["createdAt"].as_str().expect("a time").starts_with("2001"));
        }
        alice.post("/api/userInfo", json!({"permission": "admin", "bio": "x"})).await.refused(403, 403);
        let ignored = json!({"bio": "new", "id": bob.id, "online": false, "createdAt": "2001-01-01T00:00:00.000Z",
            "password": "another one", "passwordHash": "x", "verified": true, "role": "admin"});
        let profile = alice.post("/api/userInfo", ignored).await.data();
        assert_eq!((&profile["id"], &profile["bio"], &profile["permission"]), (&json!(alice.id), &json!("new"), &json!("user")));
        alice.sign_in().await;
        let admin = json!({"email": "eve@banter.example", "password": "long enough", "permission": "admin", "role": "admin", "id": 1});
        assert_eq!(Person::anonymous(&server).post("/api/register", admin).await.data()["permission"], "user");
        let elsewhere = json!({"items": [{"key": "theme", "value": "dark", "userId": bob.id}]});
        alice.post("/api/preference", elsewhere).await.data();
        assert_eq!(bob.get("/api/preference").await.data(), json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_answer_reaches_into_no_other_room() {
    on_each_backend(|server| async move {
        let (alice, eve) = (Person::join(&server, "Alice").await, Person::join(&server, "Eve").await);
        let secret = alice.room(&[], &[]).await;
        let foreign = alice.say(secret, "the password is swordfish").await["id"].clone();
        let own = eve.room(&[], &[]).await;
        let elsewhere = eve.room(&[], &[]).await;
        let other = eve.say(elsewhere, "said elsewhere").await["id"].clone();
        let mut socket = eve.socket().await;
        for target in [&foreign, &other, &json!(999_999)] {
            let mut reply = text_message(own, "as you said");
            reply["replyId"] = target.clone();
            let answer = eve.post("/api/room/message", reply.clone()).await;
            answer.refused(400, 400);
            assert!(!answer.body.to_string().contains("swordfish"));
            let answer = socket.request("room.sendMessage", reply).await;
            assert_eq!(answer["code"], 400, "{answer}");
        }
        assert_eq!(log_of(&eve, own).await, (json!(0), json!(0)));
    })
    .await;
}

#[tokio::test]
async fn messages_are_changed_by_their_author_in_time_and_removed_by_who_leads_the_room() {
    let windows = [("CHAT__EDIT_WINDOW", "1ms"), ("CHAT__RECALL_WINDOW", "1ms")];
    let server = Server::start(Backend::Sqlite, &windows).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let bobs_own = bob.room(&[], &[]).await;
    bob.say(bobs_own, "here he leads").await;
    let alices = alice.say(room, "Alice's").await["id"].clone();
    let bobs = bob.say(room, "Bob's").await["id"].clone();
    let added = json!({"id": room, "name": "Renamed"});
    alice.patch("/api/room", added).await.data();
    let history = bob.get(&format!("/api/room/messages?id={room}")).await.data();
    let mut notices = history.as_array().expect("messages").iter();
    let notice = notices
        .rfind(|message| message["contentType"] == "SYSTEM_MESSAGE")
        .expect("a notice")["id"]
        .clone();
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    // Bob leads a room, but not this one; his own words are past the time; notices are nobody's.
    for id in [&alices, &bobs, &notice] {
        bob.delete(&format!("/api/room/message?id={id}"))
            .await
            .refused(403, 403);
        assert_eq!(b.request("room.recall", json!({"messageId": id})).await["code"], 403);
        let edit = json!({"id": id, "textMessage": {"text": "changed"}});
        bob.patch("/api/room/message", edit.clone()).await.refused(403, 403);
        assert_eq!(b.request("room.edit", edit).await["code"], 403);
    }
    for id in [&alices, &notice] {
        assert_eq!(a.request("room.recall", json!({"messageId": id})).await["code"], 403);
    }
    let edit = json!({"id": bobs, "textMessage": {"text": "he never said that"}});
    alice.patch("/api/room/message", edit).await.refused(403, 403);
    let removed = alice.delete(&format!("/api/room/message?id={bobs}")).await.data();
    assert_eq!(removed["recallMessage"]["operator"], alice.id, "it shows who did it");
    alice
        .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
        .await
        .data();
    // Who used power over others stands in the log, without a word of what was said.
    let audit = loop {
        let logs = server.logs();
        let audit: Vec<_> = logs
            .lines()
            .filter(|line| line.contains("audit"))
            .map(str::to_owned)
            .collect();
        if audit.len() >= 2 {
            break audit;
        }
        tokio::task::yield_now().await;
    };
    let (remove, expel) = (&audit[0], &audit[1]);
    assert!(
        remove.contains("message.remove") && remove.contains(&bobs.to_string()),
        "{remove}"
    );
    assert!(
        expel.contains("member.remove") && expel.contains(&bob.id.to_string()),
        "{expel}"
    );
    assert!(!audit.concat().contains("Bob's"));
}

#[tokio::test]
async fn who_was_removed_gets_nothing_more_of_a_room() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        for way in ["removed", "left", "deleted"] {
            let room = alice.room(&[], &[&bob]).await;
            let upload = alice.upload("message", "plan.txt", b"the plan").await.data();
            let file =
                json!({"channelId": room, "contentType": "MEDIA_MESSAGE", "mediaMessage": {"url": upload["url"]}});
            alice.post("/api/room/message", file).await.data();
            let before = alice.say(room, "wombat before").await;
            let url = server.url(upload["url"].as_str().expect("a URL"));
            let load = |person: &Person| server.client.get(&url).bearer_auth(&person.token).send();
            assert_eq!(load(&bob).await.expect("an answer").status(), 200);
            let (mut phone, mut desk) = (bob.socket().await, bob.sign_in().await.socket().await);
            match way {
                "removed" => drop(
                    alice
                        .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
                        .await
                        .data(),
                ),
                "left" => drop(phone.request("room.leave", json!({"id": room})).await),
                _ => drop(alice.delete(&format!("/api/room?id={room}")).await.data()),
            }
            for socket in [&mut phone, &mut desk] {
                socket.push("onRoomRemoved", |push| push["id"] == room).await;
            }
            if way != "deleted" {
                alice.say(room, "wombat after").await;
                let edit = json!({"id": before["id"], "textMessage": {"text": "wombat changed"}});
                alice.patch("/api/room/message", edit).await.data();
                alice
                    .post("/api/room/reaction", json!({"id": before["id"], "emoji": "👍"}))
                    .await
                    .data();
                let mut a = alice.socket().await;
                a.notify("room.typing", json!({"id": room, "on": true})).await;
                a.request("room.read", json!({"id": room, "seq": 2})).await;
                alice
                    .patch("/api/room", json!({"id": room, "name": "Wombats"}))
                    .await
                    .data();
            }
            for socket in [&mut phone, &mut desk] {
                let heard = socket.pushes_so_far().await;
                let leaked: Vec<_> = heard
                    .iter()
                    .filter(|(_, push)| {
                        push["roomId"] == room || push["id"] == room || push.to_string().contains("wombat")
                    })
                    .collect();
                assert!(leaked.is_empty(), "{way}: {leaked:?}");
            }
            let sync = json!({"rooms": [{"id": room, "rev": before["rev"]}]});
            let synced = bob.socket().await.request("room.sync", sync).await["data"].clone();
            assert_eq!(synced, json!({"rooms": [], "gone": [room]}), "{way}");
            for path in [
                format!("/api/room?id={room}"),
                format!("/api/room/messages?id={room}&beforeSeq=9"),
                format!("/api/room/member?id={room}"),
                format!("/api/search?q=wombat&roomId={room}"),
            ] {
                bob.get(&path).await.refused(404, 404);
            }
            assert_eq!(bob.get("/api/search?q=wombat").await.data(), json!([]), "{way}");
            assert!(!bob.get("/api/userInfo").await.body.to_string().contains("wombat"));
            assert_eq!(load(&bob).await.expect("an answer").status(), 404, "{way}");
            bob.post("/api/room/message", text_message(room, "still here?"))
                .await
                .refused(404, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn read_marks_are_ones_own_and_move_forward_to_the_end_at_most() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let foreign = alice.room(&[], &[]).await;
        for n in 0..5 {
            alice.say(room, &format!("message {n}")).await;
            alice.say(foreign, &format!("message {n}")).await;
        }
        let mut b = bob.socket().await;
        let receipt = |seq: i64| {
            json!({"channelId": room, "contentType": "READ_MESSAGE", "readMessage": {"operator": alice.id, "lastReadSeq": seq}})
        };
        // Asked for, and where the mark stands then.
        for (seq, mark) in [(2, 2), (1, 2), (0, 2), (3, 3), (999_999, 5), (4, 5), (i64::MAX, 5)] {
            let answer = bob.post("/api/room/read", json!({"id": room, "seq": seq})).await;
            assert_eq!(answer.data()["readSeq"], mark, "{seq}");
            assert_eq!(b.request("room.read", json!({"id": room, "seq": seq})).await["data"]["readSeq"], mark);
            assert_eq!(b.request("room.sendMessage", receipt(seq)).await["data"]["readSeq"], mark);
        }
        for bad in [json!(-1), json!("x"), json!(1.5), json!(null), json!(i64::MIN)] {
            bob.post("/api/room/read", json!({"id": room, "seq": bad})).await.refused(400, 400);
            let code = b.request("room.read", json!({"id": room, "seq": bad})).await["code"].clone();
            assert!(code == 400 || code == "PIT-400", "{bad}: {code}");
        }
        bob.post("/api/room/read", json!({"id": foreign, "seq": 3})).await.refused(404, 404);
        assert_eq!(b.request("room.read", json!({"id": foreign, "seq": 3})).await["code"], 404);
        let marks = alice.get(&format!("/api/room?id={room}")).await.data()["readSeq"].clone();
        assert_eq!(marks[bob.id.to_string()], 5, "{marks}");
        assert_ne!(alice.get(&format!("/api/room?id={foreign}")).await.data()["readSeq"][bob.id.to_string()], 3);
    })
    .await;
}
