//! Two nodes that work as one, also when Redis or one of them dies.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    Nodes, PASSWORD, Person, Redis, RedisCluster, Socket, has_database, hear_each_other, on, said_once, servers,
    text_message,
};

#[tokio::test]
async fn people_on_two_nodes_hear_each_other_as_if_there_were_one() {
    let Some(nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);

    // What is said, changed, answered with an emoji and read on one node shows on the other.
    let hello = a.request("room.sendMessage", text_message(room, "hello")).await["data"].clone();
    let heard = b.push("onMessage", |push| push["id"] == hello["id"]).await;
    assert_eq!(
        (heard["textMessage"]["text"].clone(), heard["user"]["userName"].clone()),
        (json!("hello"), json!(alice.name))
    );
    let edit = json!({"messageId": hello["id"], "textMessage": {"text": "hello Bob"}});
    a.request("room.edit", edit).await;
    let changed = b.push("onMessageUpdated", |push| push["id"] == hello["id"]).await;
    assert_eq!(changed["textMessage"]["text"], "hello Bob");
    b.request(
        "room.react",
        json!({"messageId": hello["id"], "emoji": "👍", "on": true}),
    )
    .await;
    let liked = a
        .push("onMessageUpdated", |push| push["reactions"][0]["count"] == 1)
        .await;
    assert_eq!(liked["reactions"][0]["mine"], false);
    b.request("room.read", json!({"id": room, "seq": 1})).await;
    let read = a.push("onRead", |push| push["userId"] == bob.id).await;
    assert_eq!(
        (read["roomId"].clone(), read["readSeq"].clone()),
        (json!(room), json!(1))
    );
    a.notify("room.typing", json!({"id": room, "on": true})).await;
    assert_eq!(b.push("onTyping", |push| push["on"] == true).await["userId"], alice.id);

    // So does who is there, who comes in, and what the room is called.
    let cora = Person::join(&nodes.a, "Cora").await;
    let cora_here = cora.socket().await;
    b.push("onPresence", |push| push["userId"] == cora.id && push["online"] == true)
        .await;
    let there = b.request("presence.get", json!({"userIds": [cora.id]})).await;
    assert_eq!(there["data"][0]["online"], true);
    drop(cora_here);
    b.push("onPresence", |push| {
        push["userId"] == cora.id && push["online"] == false
    })
    .await;
    let mut c = on(&nodes.b, &cora).socket().await;
    c.request("room.join", json!({"id": room})).await;
    a.push("onNewUser", |push| {
        push["roomId"] == room && push["user"]["id"] == cora.id
    })
    .await;
    alice
        .patch("/api/room", json!({"id": room, "name": "Renamed"}))
        .await
        .data();
    assert_eq!(b.push("onRoom", |push| push["name"] == "Renamed").await["id"], room);
    bob.post("/api/userInfo", json!({"bio": "new words"})).await.data();
    a.push("onUser", |push| push["id"] == bob.id && push["bio"] == "new words")
        .await;
    bob.say(room, "see my new words").await;
    let history = alice.get(&format!("/api/room/messages?id={room}")).await.data();
    let last = history
        .as_array()
        .and_then(|messages| messages.last())
        .expect("messages");
    assert_eq!(
        last["user"]["bio"], "new words",
        "what is remembered of people is forgotten"
    );

    // Who is removed on one node hears no more of the room on the other.
    let other_room = alice.room(&[], &[&bob]).await;
    alice
        .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
        .await
        .data();
    a.request("room.sendMessage", text_message(room, "he is gone")).await;
    a.request("room.sendMessage", text_message(other_room, "still here"))
        .await;
    assert_eq!(
        b.push("onRoomRemoved", |push| push["id"] == room).await["reason"],
        "removed"
    );
    b.push("onMessage", |push| push["roomId"] == other_room).await;
    let leaked = b.pushes_so_far().await;
    assert!(
        leaked
            .iter()
            .all(|(_, push)| push["textMessage"]["text"] != "he is gone"),
        "{leaked:?}"
    );

    // A session that ends on one node loses its sockets on the other.
    let phone = bob.sign_in().await;
    let mut phone_there = on(&nodes.a, &phone).socket().await;
    let change = json!({"oldPassword": PASSWORD, "newPassword": PASSWORD});
    bob.post("/api/password", change).await.data();
    assert_eq!(phone_there.ended().await.kick.as_deref(), Some("session_revoked"));
    on(&nodes.a, &phone).get("/api/userInfo").await.refused(401, 401);
}

#[tokio::test]
async fn guessing_is_slow_on_both_nodes_together() {
    let Some(nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let room = alice.room(&[], &[&bob]).await;
    let mut b = bob.socket().await;
    let guess = json!({"email": alice.email, "password": "not her password"});
    for _ in 0..4 {
        let answer = Person::anonymous(&nodes.a).post("/api/login", guess.clone()).await;
        answer.refused(401, 1002);
    }
    // What one node says arrives in order: when this has, so have the failures before it.
    alice.say(room, "hello").await;
    b.push("onMessage", |push| push["roomId"] == room).await;
    let there = Person::anonymous(&nodes.b);
    there.post("/api/login", guess.clone()).await.refused(401, 1002);
    there.post("/api/login", guess.clone()).await.refused(429, 429);
}

#[tokio::test]
async fn nobody_misses_anything_when_redis_dies_and_comes_back() {
    let Some(mut nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    let (mut heard_a, mut heard_b) = (alice.socket().await, bob.socket().await);

    for turn in 0..60 {
        match turn {
            20 => nodes.redis.kill().await,
            40 => nodes.redis.restart().await,
            _ => {}
        }
        // All at once, so that each node stores between the other's messages.
        let mut asked = Vec::new();
        for number in 0..5 {
            let text = |who: &str| text_message(room, &format!("{who}{turn}.{number}"));
            asked.push((
                a.ask("room.sendMessage", text("a")).await,
                b.ask("room.sendMessage", text("b")).await,
            ));
        }
        for (one, other) in asked {
            assert_eq!(a.answer(one).await["code"], 0);
            assert_eq!(b.answer(other).await["code"], 0);
        }
    }
    for socket in [&mut a, &mut b, &mut heard_a, &mut heard_b] {
        hear_in_order(socket, room, 600).await;
    }
    nodes.hear_each_other().await;
}

#[tokio::test]
async fn who_comes_in_the_middle_of_it_misses_nothing_from_where_they_came_in() {
    let Some(mut nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let room = alice.room(&[], &[&bob]).await;
    let mut talking = JoinSet::new();
    for person in [&alice, &bob] {
        let mut socket = person.socket().await;
        talking.spawn(async move {
            loop {
                let sent = socket.request("room.sendMessage", text_message(room, "and on")).await;
                assert_eq!(sent["code"], 0);
            }
        });
    }
    for turn in 0..18 {
        match turn {
            6 => nodes.redis.kill().await,
            12 => nodes.redis.restart().await,
            _ => {}
        }
        let person = if turn % 2 == 0 { &alice } else { &bob };
        let mut socket = Socket::connect(&person.server).await;
        socket.handshake().await;
        let bound = socket.request("session.auth", json!({"token": person.token})).await;
        let rooms = bound["data"]["rooms"].as_array().expect("rooms").clone();
        let head = rooms.iter().find(|head| head["id"] == room).expect("the room");
        let rev = head["lastRev"].as_i64().expect("a rev");
        // What came before the answer is in it.
        let is_new = |push: &Value| push["roomId"] == room && push["rev"].as_i64() > Some(rev);
        for next in rev + 1..=rev + 10 {
            let heard = socket.push("onMessage", is_new).await;
            assert_eq!(heard["rev"].as_i64(), Some(next), "in turn {turn}");
        }
    }
    talking.abort_all();
    while let Some(ended) = talking.join_next().await {
        assert!(
            ended.is_err_and(|error| error.is_cancelled()),
            "who talked was never refused"
        );
    }
}

#[tokio::test]
async fn sends_do_not_wait_for_a_redis_that_stands_still() {
    let Some(nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);

    nodes.redis.freeze().await;
    for turn in 0..20 {
        let sent = a
            .request("room.sendMessage", text_message(room, &format!("{turn}")))
            .await;
        assert_eq!(sent["code"], 0);
    }
    // The other node hears all the same, while Redis still says nothing.
    hear_in_order(&mut b, room, 20).await;
    nodes.miss_redis().await;
    nodes.redis.thaw().await;
    nodes.hear_each_other().await;
    a.request("room.sendMessage", text_message(room, "and on")).await;
    let next = b.push("onMessage", |push| push["roomId"] == room).await;
    assert_eq!(next["seq"], 21, "nothing was told twice");
}

#[tokio::test]
async fn memberships_and_sessions_change_without_redis_too() {
    let Some(mut nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let eve = Person::join(&nodes.b, "Eve").await;
    let room = alice.room(&[], &[&bob]).await;
    let doomed = alice.room(&[], &[&bob]).await;
    let phone = bob.sign_in().await;
    let (mut b, mut e, mut p) = (bob.socket().await, eve.socket().await, phone.socket().await);

    nodes.redis.kill().await;
    nodes.miss_redis().await;
    alice
        .patch("/api/room", json!({"id": room, "memberIds": [eve.id]}))
        .await
        .data();
    alice
        .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
        .await
        .data();
    let last = alice.say(room, "he is gone").await;
    alice.delete(&format!("/api/room?id={doomed}")).await.data();

    assert_eq!(
        e.push("onRoom", |push| push["id"] == room).await["name"],
        room_name(&alice, room).await
    );
    e.push("onMessage", |push| push["id"] == last["id"]).await;
    assert_eq!(
        b.push("onRoomRemoved", |push| push["id"] == room).await["reason"],
        "removed"
    );
    assert_eq!(
        b.push("onRoomRemoved", |push| push["id"] == doomed).await["reason"],
        "deleted"
    );
    let leaked = b.pushes_so_far().await;
    assert!(
        leaked
            .iter()
            .all(|(_, push)| push["textMessage"]["text"] != "he is gone"),
        "{leaked:?}"
    );
    let change = json!({"oldPassword": PASSWORD, "newPassword": PASSWORD});
    on(&nodes.a, &bob).post("/api/password", change).await.data();
    assert_eq!(p.ended().await.kick.as_deref(), Some("session_revoked"));
    // What is not read from the database meanwhile follows.
    alice.post("/api/userInfo", json!({"bio": "new words"})).await.data();
    nodes.redis.restart().await;
    e.push("onUser", |push| push["id"] == alice.id && push["bio"] == "new words")
        .await;
    nodes.hear_each_other().await;
}

#[tokio::test]
async fn people_of_a_killed_node_go_on_at_another() {
    let Some(nodes) = Nodes::start().await else { return };
    let alice = Person::join(&nodes.a, "Alice").await;
    let bob = Person::join(&nodes.b, "Bob").await;
    let cora = Person::join(&nodes.a, "Cora").await;
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    let _cora_there = cora.socket().await;
    b.push("onPresence", |push| push["userId"] == cora.id && push["online"] == true)
        .await;

    // Alice's node dies while messages of hers are on their way.
    for turn in 0..10 {
        let said = a.request("room.sendMessage", said_once(room, &format!("{turn}"))).await;
        assert_eq!(said["code"], 0);
    }
    let heard = hear_in_order(&mut a, room, 10).await;
    for turn in 10..20 {
        a.ask("room.sendMessage", said_once(room, &format!("{turn}"))).await;
    }
    nodes.a.kill().await;

    // She comes back at the other node and says again what was not answered.
    let mut a = on(&nodes.b, &alice).socket().await;
    for turn in 10..20 {
        let said = a.request("room.sendMessage", said_once(room, &format!("{turn}"))).await;
        assert_eq!(said["code"], 0);
    }
    let missed = a
        .request("room.sync", json!({"rooms": [{"id": room, "rev": heard}]}))
        .await;
    let missed = missed["data"]["rooms"][0]["messages"]
        .as_array()
        .expect("messages")
        .clone();
    let texts: Vec<_> = missed.iter().map(|one| one["textMessage"]["text"].clone()).collect();
    let mut sorted: Vec<i64> = texts.iter().filter_map(|text| text.as_str()?.parse().ok()).collect();
    sorted.sort_unstable();
    assert_eq!(sorted, (10..20).collect::<Vec<_>>(), "each once");
    hear_in_order(&mut b, room, 20).await;

    // Those who do not come back are not there any more.
    b.push("onPresence", |push| {
        push["userId"] == cora.id && push["online"] == false
    })
    .await;
}

#[tokio::test]
async fn a_redis_cluster_carries_every_room() {
    if !has_database() {
        return;
    }
    let redis = RedisCluster::start().await;
    let (a, b) = servers(&redis.url(), &[]).await;
    hear_each_other(&a, &b).await;
    let (alice, bob) = (Person::join(&a, "Alice").await, Person::join(&b, "Bob").await);
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    for _ in 0..8 {
        let room = alice.room(&[], &[&bob]).await;
        b.push("onRoom", |push| push["id"] == room).await;
        // Nothing but Redis carries this one.
        a.notify("room.typing", json!({"id": room, "on": true})).await;
        b.push("onTyping", |push| push["roomId"] == room).await;
        let sent = a.request("room.sendMessage", text_message(room, "hello")).await;
        let heard = b.push("onMessage", |push| push["roomId"] == room).await;
        assert_eq!(heard["id"], sent["data"]["id"]);
    }
}

#[tokio::test]
async fn nodes_start_without_their_redis_and_find_it_later() {
    if !has_database() {
        return;
    }
    let mut redis = Redis::start().await;
    redis.kill().await;
    let (node_a, node_b) = servers(&redis.url(), &[]).await;
    let (alice, bob) = (Person::join(&node_a, "Alice").await, Person::join(&node_b, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let mut b = bob.socket().await;
    alice.say(room, "one").await;
    b.push("onMessage", |push| push["roomId"] == room && push["seq"] == 1)
        .await;
    redis.restart().await;
    hear_each_other(&node_a, &node_b).await;
    alice.say(room, "two").await;
    let heard = b.push("onMessage", |push| push["roomId"] == room).await;
    assert_eq!(heard["seq"], 2);
}

async fn room_name(person: &Person, room: i64) -> Value {
    person.get(&format!("/api/room?id={room}")).await.data()["name"].clone()
}

/// Hears the room's messages from the first to that one, each once and in its order; the last rev.
async fn hear_in_order(socket: &mut Socket, room: i64, last: i64) -> i64 {
    let mut rev = 0;
    for seq in 1..=last {
        let heard = socket.push("onMessage", |push| push["roomId"] == room).await;
        assert_eq!(heard["seq"], seq, "nothing lost, doubled or out of order");
        let next = heard["rev"].as_i64().expect("a rev");
        assert_eq!(next, rev + 1);
        rev = next;
    }
    rev
}
