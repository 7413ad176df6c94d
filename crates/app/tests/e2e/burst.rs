//! More at once than the server takes, and readers that do not read: whoever is refused is told
//! so, what was acknowledged is there once, and neither memory nor other people notice.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::metrics::metric;
use crate::support::{Backend, Person, Server, Socket, text_message};

/// Most changes that may wait in these tests.
const QUEUE: usize = 64;
const PEOPLE: usize = 4;
const SOCKETS: usize = 16;
const ROOMS: usize = 3;
/// By each socket, in each of its person's rooms.
const TEXTS: usize = 2;
/// By each person over HTTP.
const POSTS: usize = 64;

/// How long may be waited for what must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody who throws, and what of it was acknowledged: the texts of each room.
struct Thrower {
    person: Person,
    sockets: Vec<Socket>,
    acknowledged: BTreeMap<i64, Vec<String>>,
}

#[tokio::test]
async fn a_burst_of_ten_times_what_may_wait_loses_doubles_and_harms_nothing() {
    const { assert!(PEOPLE * (SOCKETS * ROOMS * TEXTS + POSTS) >= 10 * QUEUE) };
    let server = Server::start(Backend::Sqlite, &[("DATA__DB__QUEUE", "64")]).await;
    let bystander = Person::join(&server, "Bystander").await;
    let calm_room = bystander.room(&[], &[]).await;
    let mut calm = bystander.socket().await;
    let mut throwers = Vec::new();
    for _ in 0..PEOPLE {
        throwers.push(Thrower::come(&server).await);
    }
    let before = server.resident_bytes();

    let disk = slow_disk(&server).await;
    let mut posts = JoinSet::new();
    let mut asked = Vec::new();
    for (number, thrower) in throwers.iter_mut().enumerate() {
        asked.push(thrower.throw().await);
        for (room, text) in thrower.texts("post", POSTS.div_ceil(ROOMS)).take(POSTS) {
            let person = thrower.person.clone();
            posts.spawn(async move {
                let answer = person.post("/api/room/message", said_once(room, &text)).await;
                (number, room, text, answer)
            });
        }
    }
    // While nothing can be stored, there is no more room, and others read as ever.
    until_counted(&server, "banter_changes_refused_total").await;
    assert!(calm.is_served().await);
    let during = server.resident_bytes();
    disk.execute_unprepared("ROLLBACK").await.expect("an unlocked database");

    // Every request is answered.
    let mut refused = 0;
    while let Some(post) = posts.join_next().await {
        let (number, room, text, answer) = post.expect("an answer");
        if answer.status == 200 {
            answer.data();
            throwers[number].acknowledge(room, text);
        } else {
            answer.refused(503, 503);
            assert!(answer.headers.contains_key("retry-after"), "when to try again");
            refused += 1;
        }
    }
    for (thrower, asked) in throwers.iter_mut().zip(asked) {
        refused += thrower.hear_answers(asked).await;
    }
    assert!(refused > 0);

    // What was acknowledged is there, once and in a row, and nothing else is.
    for thrower in &mut throwers {
        for (room, mut texts) in std::mem::take(&mut thrower.acknowledged) {
            let history = whole_history(&thrower.person, room).await;
            let seqs: Vec<i64> = history.iter().filter_map(|one| one["seq"].as_i64()).collect();
            assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>());
            let mut stored: Vec<String> = history.iter().map(text_of).collect();
            stored.sort_unstable();
            texts.sort_unstable();
            assert_eq!(stored, texts);
        }
    }
    let sent = calm.request("room.sendMessage", text_message(calm_room, "calm")).await;
    assert_eq!((&sent["code"], &sent["data"]["seq"]), (&json!(0), &json!(1)), "{sent}");
    let after = server.resident_bytes();
    assert!(
        during < 2 * before && after < 2 * before,
        "{before} grew to {during} and {after} bytes"
    );
}

#[tokio::test]
async fn one_slow_reader_among_quick_ones_harms_only_itself() {
    let server = Server::start(Backend::Sqlite, &[("WS__QUEUE_BYTES", "64KiB")]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let eve = Person::join(&server, "Eve").await;
    let room = alice.room(&[], &[&bob, &eve]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    let mut slow = Socket::connect_narrow(&server).await;
    slow.handshake().await;
    slow.request("session.auth", json!({"token": eve.token})).await;
    let before = server.resident_bytes();

    // She reads nothing any more, while the others hear each message as it is sent.
    let start = Instant::now();
    let mut seq = 0;
    while metric(&server, "banter_ws_slow_total").await != Some(1.0) {
        assert!(start.elapsed() < PATIENCE, "she is never too slow");
        seq += 1;
        let sent = a
            .request("room.sendMessage", text_message(room, &"x".repeat(3000)))
            .await;
        assert_eq!((&sent["code"], &sent["data"]["seq"]), (&json!(0), &json!(seq)));
        for socket in [&mut a, &mut b] {
            let heard = socket.push("onMessage", |push| push["roomId"] == room).await;
            assert_eq!(heard["seq"], seq);
        }
    }
    assert!(server.resident_bytes() < 2 * before);

    // She is told why, and misses nothing once she is back.
    assert_eq!(slow.ended().await.kick.as_deref(), Some("slow"));
    let mut back = eve.socket().await;
    let mut rev = 0;
    while rev < seq {
        let asked = json!({"rooms": [{"id": room, "rev": rev}]});
        let synced = back.request("room.sync", asked).await["data"]["rooms"][0].clone();
        for message in synced["messages"].as_array().expect("messages") {
            rev += 1;
            assert_eq!((&message["seq"], &message["rev"]), (&json!(rev), &json!(rev)));
        }
    }
    assert_eq!(rev, seq);
}

impl Thrower {
    async fn come(server: &std::sync::Arc<Server>) -> Self {
        let person = Person::join(server, "Thrower").await;
        let mut acknowledged = BTreeMap::new();
        for _ in 0..ROOMS {
            acknowledged.insert(person.room(&[], &[]).await, Vec::new());
        }
        let mut sockets = Vec::new();
        for _ in 0..SOCKETS {
            sockets.push(person.socket().await);
        }
        Self {
            person,
            sockets,
            acknowledged,
        }
    }

    /// So many texts for each room, each another one.
    fn texts(&self, by: &str, count: usize) -> impl Iterator<Item = (i64, String)> + use<> {
        let rooms: Vec<i64> = self.acknowledged.keys().copied().collect();
        let by = by.to_owned();
        (0..count).flat_map(move |number| {
            let text = format!("{by}.{number} {}", "x".repeat(500));
            let texts = rooms.clone().into_iter().map(move |room| (room, text.clone()));
            texts.collect::<Vec<_>>()
        })
    }

    /// Throws all that the sockets have to say, without waiting for answers: for each socket what
    /// was asked.
    async fn throw(&mut self) -> Vec<Vec<(u64, i64, String)>> {
        let mut asked = Vec::new();
        for number in 0..SOCKETS {
            let mut by_this = Vec::new();
            for (room, text) in self.texts(&format!("socket{number}"), TEXTS) {
                let ask = self.sockets[number].ask("room.sendMessage", said_once(room, &text));
                by_this.push((ask.await, room, text));
            }
            asked.push(by_this);
        }
        asked
    }

    /// Hears the answers, and says again what was refused until it is not; how much was refused.
    async fn hear_answers(&mut self, asked: Vec<Vec<(u64, i64, String)>>) -> usize {
        let mut refused = Vec::new();
        for (number, by_this) in asked.into_iter().enumerate() {
            let mut waiting: BTreeMap<u64, (i64, String)> =
                by_this.into_iter().map(|(id, room, text)| (id, (room, text))).collect();
            while !waiting.is_empty() {
                let (id, answer) = self.sockets[number].next_answer().await;
                let (room, text) = waiting.remove(&id).expect("one answer to each request");
                if is_refused(&answer) {
                    refused.push((number, room, text));
                } else {
                    self.acknowledge(room, text);
                }
            }
        }
        let count = refused.len();
        for (number, room, text) in refused {
            let again = said_once(room, &text);
            while is_refused(&self.sockets[number].request("room.sendMessage", again.clone()).await) {}
            self.acknowledge(room, text);
        }
        count
    }

    fn acknowledge(&mut self, room: i64, text: String) {
        self.acknowledged.entry(room).or_default().push(text);
    }
}

/// False when it was done; anything but a hint to try again later ends the test.
fn is_refused(answer: &Value) -> bool {
    if answer["code"] == 0 {
        return false;
    }
    assert_eq!(answer["code"], 503, "{answer}");
    let hint = answer["message"].as_str().unwrap_or_default();
    assert!(hint.contains("try again in"), "{answer}");
    true
}

/// A text with an id by which it is known when it comes again.
fn said_once(room: i64, text: &str) -> Value {
    let mut message = text_message(room, text);
    let word = text.split(' ').next().unwrap_or_default();
    message["clientMsgId"] = json!(format!("{room}.{word}"));
    message
}

fn text_of(message: &Value) -> String {
    message["textMessage"]["text"].as_str().expect("a text").to_owned()
}

/// All messages of a room, the oldest first.
async fn whole_history(person: &Person, room: i64) -> Vec<Value> {
    let mut history: Vec<Value> = Vec::new();
    loop {
        let after = history.len();
        let path = format!("/api/room/messages?id={room}&afterSeq={after}&limit=100");
        let page = person.get(&path).await.data();
        let page = page.as_array().expect("messages");
        if page.is_empty() {
            return history;
        }
        history.extend(page.iter().cloned());
    }
}

/// Keeps the server from storing anything until this lets go of the database.
async fn slow_disk(server: &Server) -> DatabaseConnection {
    let file = server.folder.path().join("banter.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    options.max_connections(1);
    let disk = Database::connect(options).await.expect("the database");
    disk.execute_unprepared("BEGIN IMMEDIATE")
        .await
        .expect("a locked database");
    disk
}

/// Waits until the server has counted something.
async fn until_counted(server: &Server, name: &str) {
    let start = Instant::now();
    while metric(server, name).await.is_none_or(|count| count < 1.0) {
        assert!(start.elapsed() < PATIENCE, "{name} stays 0");
    }
}
