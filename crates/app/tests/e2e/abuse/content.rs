//! What people write: shown as it is, found only where it may be, and gone when it is taken back.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::{Backend, Person, Server, on_each_backend, text_message, unique};

/// A little of everything that means something to somebody: SQL, HTML, JSON, shells, searches.
const QUOTES: &str = r#"'"`\/%_$${};--#<b>&amp;*()[]|^~:+ 'a' OR 1=1 \" \' \n \u0000 %00 {{x}}"#;

#[tokio::test]
async fn a_quote_in_every_field_comes_back_as_it_was() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let short: String = QUOTES.chars().take(28).collect();
        let profile = json!({"bio": QUOTES, "github": short, "qq": short, "wechat": short, "userName": short});
        let changed = alice.post("/api/userInfo", profile.clone()).await.data();
        for (field, value) in profile.as_object().expect("fields") {
            assert_eq!(changed[field], *value, "{field}");
        }
        let found = bob
            .get(&format!("/api/user?userName={}", escaped(&short[..5])))
            .await
            .data();
        assert_eq!(found[0]["userName"], json!(short));
        let name: String = QUOTES.chars().take(60).collect();
        let room = alice
            .post("/api/room", json!({"name": name, "memberIds": [bob.id]}))
            .await
            .data();
        assert_eq!(room["name"], json!(name));
        let id = room["id"].as_i64().expect("an id");
        let open = bob.get(&format!("/api/room/open?q={}", escaped(&name))).await.data();
        assert_eq!(open[0]["id"], json!(id), "{open}");
        let mut message = text_message(id, QUOTES);
        message["clientMsgId"] = json!(name);
        let said = alice.post("/api/room/message", message.clone()).await.data();
        assert_eq!(said["textMessage"]["text"], QUOTES);
        let mut socket = bob.socket().await;
        let again = alice.socket().await.request("room.sendMessage", message).await["data"]["id"].clone();
        assert_eq!(again, said["id"], "its own id is compared as it is, too");
        let heard = socket.request("room.history", json!({"id": id})).await["data"][0]["textMessage"]["text"].clone();
        assert_eq!(heard, QUOTES);
        let edit = json!({"id": said["id"], "textMessage": {"text": format!("{QUOTES}{QUOTES}")}});
        assert_eq!(
            alice.patch("/api/room/message", edit).await.data()["textMessage"]["text"],
            QUOTES.repeat(2)
        );
        let hits = bob.get(&format!("/api/search?q={}", escaped(QUOTES))).await.data();
        assert_eq!(hits[0]["id"], said["id"]);
        let items = json!({"items": [{"key": "note", "value": {QUOTES: QUOTES}}]});
        assert_eq!(
            alice.post("/api/preference", items).await.data()[0]["value"],
            json!({QUOTES: QUOTES})
        );
        let request = server
            .client
            .post(server.url("/api/login"))
            .header("user-agent", QUOTES);
        let login = json!({"email": alice.email, "password": crate::support::PASSWORD});
        let request = request
            .header("content-type", "application/json")
            .body(login.to_string());
        assert_eq!(request.send().await.expect("an answer").status(), 200);
        let sessions = alice.get("/api/session").await.data().to_string();
        assert!(sessions.contains("OR 1=1"), "{sessions}");
        for field in ["email", "password"] {
            let mut wrong = json!({"email": "x@banter.example", "password": "long enough"});
            wrong[field] = json!(QUOTES);
            let status = Person::anonymous(&server).post("/api/login", wrong).await.status;
            assert_eq!(status, 401, "{field}");
        }
    })
    .await;
}

/// Text for a query string.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn searching_takes_every_text_as_text() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        alice.say(room, "这里什么都没有").await;
        let mut socket = alice.socket().await;
        let long = "a".repeat(250);
        let repeated = "%_".repeat(100);
        for text in [
            "'",
            "\"",
            "\"\"",
            "'; DROP TABLE users; --",
            "%",
            "_",
            "\\",
            "\\%",
            "*",
            "OR",
            "AND NOT",
            "NEAR(a b)",
            "a*",
            "(",
            ")",
            "+a -b >c <d ~e @f",
            "^a",
            "{a b}",
            "col:x",
            "MATCH 'x'",
            "\u{0}",
            "\u{202e}x",
            "😀",
            "\u{fffd}",
            &long,
            &repeated,
            QUOTES,
        ] {
            let q = escaped(text);
            for path in [
                format!("/api/search?q={q}"),
                format!("/api/search?q={q}&roomId={room}&has=link"),
                format!("/api/user?userName={q}"),
                format!("/api/user?email={q}"),
                format!("/api/room/open?q={q}"),
                format!("/api/userImage?username={q}"),
            ] {
                let answer = alice.get(&path).await;
                assert!(
                    matches!(answer.status, 200 | 400),
                    "{text:?} {path}: {} {}",
                    answer.status,
                    answer.body
                );
                if answer.status == 200 && path.starts_with("/api/search") {
                    assert_eq!(answer.data(), json!([]), "{text:?}");
                }
            }
            for (route, field) in [
                ("user.search", "userName"),
                ("user.search", "email"),
                ("room.open", "q"),
            ] {
                let code = socket.request(route, json!({field: text})).await["code"].clone();
                assert!(
                    code == 0 || code == 400 || code == "PIT-400",
                    "{route} {text:?}: {code}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_quote_shows_one_level_however_long_the_chain_is() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        let mut socket = alice.socket().await;
        let mut answer = async |to: &Value| {
            let mut reply = text_message(room, "on and on");
            reply["replyId"] = to.clone();
            let said = socket.request("room.sendMessage", reply).await["data"].clone();
            assert_eq!(said["reply"]["reply"], Value::Null, "{said}");
            said
        };
        let mut last = answer(&Value::Null).await;
        while last["seq"] != 100 {
            last = answer(&last["id"]).await;
        }
        let early = last.to_string().len();
        lengthen_a_hundredfold(&server, room, last["id"].as_i64().expect("an id")).await;
        let page = alice.get(&format!("/api/room/messages?id={room}&limit=100")).await;
        let newest = page.data()[99].clone();
        assert_eq!(
            (&newest["seq"], &newest["reply"]["seq"]),
            (&json!(10_000), &json!(9_999))
        );
        let late = answer(&newest["id"]).await.to_string().len();
        assert!(late < early + 40, "{early} {late}: only numbers grow");
        assert!(page.bytes.len() < 100 * (late + 40), "{}", page.bytes.len());
        for message in page.data().as_array().expect("messages") {
            assert_eq!(message["reply"]["reply"], Value::Null);
        }
    })
    .await;
}

/// Makes 10 000 messages of the first 100 of a room, the last of which has this id: each answers
/// the one before.
async fn lengthen_a_hundredfold(server: &Server, room: i64, last: i64) {
    let database = server.database().await;
    let number = "(a.seq - 1) * 100 + b.seq";
    let insert = format!(
        "INSERT INTO messages (id, room_id, seq, rev, user_id, unread_author, content_type, text_message, reply_id, \
         is_edited, reaction_count, created_at, updated_at) \
         SELECT {last} + {number}, a.room_id, 100 + {number}, 100 + {number}, a.user_id, a.unread_author, \
         a.content_type, a.text_message, {last} + {number} - 1, a.is_edited, 0, a.created_at, a.updated_at \
         FROM messages a JOIN messages b ON b.room_id = a.room_id WHERE a.room_id = {room} AND a.seq < 100"
    );
    database.execute_unprepared(&insert).await.expect("a chain");
    let room = format!("UPDATE rooms SET last_seq = 10000, last_rev = 10000 WHERE id = {room}");
    database.execute_unprepared(&room).await.expect("a room");
}

#[tokio::test]
async fn what_was_taken_back_or_changed_is_found_nowhere() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let mut b = bob.socket().await;
        for way in ["edit", "recall"] {
            let secret = unique("platypus");
            let said = alice.say(room, &format!("the word is {secret}")).await;
            let mut reply = text_message(room, "really?");
            reply["replyId"] = said["id"].clone();
            assert!(
                bob.post("/api/room/message", reply)
                    .await
                    .data()
                    .to_string()
                    .contains(&secret)
            );
            if way == "edit" {
                let edit = json!({"id": said["id"], "textMessage": {"text": "never mind"}});
                alice.patch("/api/room/message", edit).await.data();
            } else {
                alice
                    .delete(&format!("/api/room/message?id={}", said["id"]))
                    .await
                    .data();
            }
            // Everybody who has it is told to forget it.
            let told = b.push("onMessageUpdated", |push| push["id"] == said["id"]).await;
            assert!(!told.to_string().contains(&secret));
            for path in [
                format!("/api/room/messages?id={room}"),
                format!("/api/room/messages?id={room}&aroundSeq={}", said["seq"]),
                format!("/api/room?id={room}"),
                "/api/room".to_owned(),
                "/api/userInfo".to_owned(),
                format!("/api/search?q={secret}"),
                format!("/api/search?q=word&roomId={room}"),
            ] {
                for person in [&alice, &bob] {
                    let answer = person.get(&path).await;
                    assert!(
                        !answer.data().to_string().contains(&secret),
                        "{way} {path}: {}",
                        answer.body
                    );
                }
            }
            for rev in [0, said["rev"].as_i64().expect("a rev") - 1] {
                let synced = b
                    .request("room.sync", json!({"rooms": [{"id": room, "rev": rev}]}))
                    .await;
                assert!(!synced.to_string().contains(&secret), "{way} {rev}");
            }
            let again = json!({"messageId": said["id"], "emoji": "👍", "on": true});
            let reacted = b.request("room.react", again).await;
            assert!(!reacted.to_string().contains(&secret), "{way}");
        }
    })
    .await;
}

#[tokio::test]
async fn mentions_reach_members_only_and_too_many_are_told() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = alice.room(&[], &[&bob]).await;
        let mut socket = alice.socket().await;
        let mention = |ids: Vec<i64>| {
            let mut body = text_message(room, "@all of you");
            body["textMessage"]["mention"] = json!(ids);
            body
        };
        let said = alice
            .post("/api/room/message", mention(vec![bob.id, eve.id, 999_999, bob.id]))
            .await
            .data();
        assert_eq!(said["textMessage"]["mention"], json!([bob.id]));
        let many = mention((1..=51).collect());
        let refused = alice.post("/api/room/message", many.clone()).await;
        assert!(
            refused.refused(400, 400).body["message"]
                .to_string()
                .contains("textMessage.mention")
        );
        let refused = socket.request("room.sendMessage", many).await;
        assert_eq!(refused["code"], 400, "{refused}");
        assert_eq!(
            alice.post("/api/room/message", mention(vec![bob.id; 200])).await.status,
            200
        );
    })
    .await;
}

#[tokio::test]
async fn no_message_makes_the_server_call_anybody() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let room = alice.room(&[], &[&bob]).await;
    let mut socket = bob.socket().await;
    let called = tokio::spawn(async move { listener.accept().await.map(|(_, from)| from) });
    let hosts = [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.nip.io",
        "0.0.0.0",
        "user@127.0.0.1",
        "169.254.169.254",
    ];
    for (n, host) in hosts.iter().enumerate() {
        let url = format!("http://{host}:{port}/latest/meta-data?n={n}");
        alice
            .say(room, &format!("look {url} ![picture]({url}) <img src=\"{url}\">"))
            .await;
        socket.push("onMessage", |push| push["roomId"] == room).await;
        // Nor does any field that could hold an address.
        for (path, body) in [
            ("/api/userInfo", json!({"image": url})),
            ("/api/room", json!({"name": "x", "image": url})),
            (
                "/api/room/message",
                json!({"channelId": room, "contentType": "MEDIA_MESSAGE", "mediaMessage": {"url": url}}),
            ),
        ] {
            alice.post(path, body).await.refused(400, 400);
        }
        let linked = json!({"bio": url, "github": url});
        assert!(matches!(alice.post("/api/userInfo", linked).await.status, 200 | 400));
    }
    // Whatever it might do with them comes after what it answers; so ask it some more.
    let found = bob.get(&format!("/api/search?has=link&roomId={room}")).await.data();
    assert_eq!(found.as_array().map(Vec::len), Some(hosts.len()));
    assert!(
        !called.is_finished(),
        "the server fetched an address that somebody wrote"
    );
    called.abort();
}
