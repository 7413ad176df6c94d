//! Rooms that one can find without being in them, and what one has not read.

use serde_json::{Value, json};

use crate::support::{Person, on_each_backend};

#[tokio::test]
async fn a_room_counts_the_unread_messages_that_mention_one() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        for mention in [vec![bob.id], vec![], vec![alice.id, bob.id]] {
            let text = json!({"text": "hey", "mention": mention});
            let message = json!({"channelId": room, "contentType": "TEXT_MESSAGE", "textMessage": text});
            alice.post("/api/room/message", message).await.data();
        }
        let counts = async |person: &Person| -> Value {
            let rooms = person.get("/api/room").await.data();
            let listed = rooms
                .as_array()
                .expect("rooms")
                .iter()
                .find(|listed| listed["id"] == room);
            let listed = listed.expect("the room").clone();
            assert_eq!(
                person.get(&format!("/api/room?id={room}")).await.data()["unreadMentions"],
                listed["unreadMentions"]
            );
            json!([listed["unreadCount"], listed["unreadMentions"]])
        };
        assert_eq!(
            (counts(&bob).await, counts(&alice).await),
            (json!([3, 2]), json!([0, 0]))
        );
        bob.post("/api/room/read", json!({"id": room, "seq": 2})).await.data();
        assert_eq!(counts(&bob).await, json!([1, 1]));
    })
    .await;
}

#[tokio::test]
async fn open_rooms_are_found_before_one_is_in_and_show_nothing_else() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        alice.post("/api/friend", json!({"id": bob.id})).await.data();
        let make = async |name: &str, policy: &str| -> Value {
            let wish = json!({"name": name, "joinPolicy": policy});
            alice.post("/api/room", wish).await.data()["id"].clone()
        };
        let hiking = make("Hiking in the Alps", "open").await;
        let cooking = make("Kochen 做饭", "open").await;
        make("Hiking secrets", "invite").await;
        let ids = |rooms: &Value| -> Vec<Value> {
            let rooms = rooms.as_array().expect("rooms");
            rooms.iter().map(|room| room["id"].clone()).collect()
        };

        let found = bob.get("/api/room/open?q=HIKING").await.data();
        assert_eq!(ids(&found), std::slice::from_ref(&hiking));
        let room = found[0].as_object().expect("a room");
        let fields: Vec<&str> = room.keys().map(String::as_str).collect();
        assert_eq!(fields, ["createdAt", "id", "image", "joined", "memberCount", "name"]);
        assert_eq!(
            (room["joined"].clone(), room["memberCount"].clone()),
            (json!(false), json!(1))
        );
        bob.post("/api/joinRoom", json!({"id": hiking})).await.data();
        let room = bob.get("/api/room/open?q=hiking").await.data()[0].clone();
        assert_eq!(
            (room["joined"].clone(), room["memberCount"].clone()),
            (json!(true), json!(2))
        );

        // The lobby, which everybody is in, is the first one.
        let mut socket = bob.socket().await;
        let all = socket.request("room.open", json!({})).await["data"].clone();
        assert_eq!(ids(&all)[1..], [hiking.clone(), cooking.clone()]);
        assert_eq!(all[0]["name"], "General");
        let page = json!({"cursor": hiking, "limit": 1});
        assert_eq!(
            ids(&socket.request("room.open", page).await["data"]),
            std::slice::from_ref(&cooking)
        );
        assert_eq!(
            ids(&socket.request("room.open", json!({"q": "做饭"})).await["data"]),
            [cooking]
        );
        for bad in ["limit=0", "cursor=-1", &format!("q={}", "x".repeat(257))] {
            bob.get(&format!("/api/room/open?{bad}")).await.refused(400, 400);
        }
    })
    .await;
}
