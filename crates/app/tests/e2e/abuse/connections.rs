//! What a connection may do to the server and to other connections.

use std::cell::Cell;
use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pitaya_protocol::{Message, MessageKind, MessageRoute};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::Frame as Fragment;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::support::{Backend, Ended, Incoming, Person, Server, Socket, on_each_backend_with, text_message};

/// Bytes that are sent too much.
const FLOOD: usize = 64 << 20;
/// Connections that come back at once, and how many of them one person has.
const COMING_BACK: usize = 400;
const CONNECTIONS_EACH: usize = 20;

/// A request whose body is that, as bytes.
fn request(route: &str, body: Vec<u8>, is_zlib: bool) -> Vec<u8> {
    let kind = MessageKind::Request {
        id: 7,
        route: MessageRoute::Name(route.into()),
    };
    let message = Message {
        is_zlib,
        ..Message::new(kind, body)
    };
    message.encode_packet().expect("a packet").to_vec()
}

#[tokio::test]
async fn a_message_over_the_limit_ends_its_connection_before_it_is_read() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let mut bystander = alice.socket().await;
    let before = server.peak_bytes();
    let mut whole = alice.socket().await;
    whole.send_frame(Frame::binary(vec![0; 70 * 1024])).await;
    assert_eq!(whole.ended().await, Ended::TOO_BIG);
    let mut pieces = alice.socket().await;
    for n in 0..9 {
        let code = if n == 0 { Data::Binary } else { Data::Continue };
        pieces
            .send_frame(Frame::Frame(Fragment::message(
                vec![0; 8 * 1024],
                OpCode::Data(code),
                false,
            )))
            .await;
    }
    assert_eq!(pieces.ended().await, Ended::TOO_BIG);
    // A header that promises a gigabyte is enough; nobody waits for the rest or makes room for it.
    for address in [&server.ws, &server.http.replace("http://", "ws://")] {
        let address = address.trim_start_matches("ws://");
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let upgrade = format!(
            "GET /ws HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             sec-websocket-extensions: permessage-deflate\r\n\r\n"
        );
        stream.write_all(upgrade.as_bytes()).await.expect("a server");
        let mut promise = vec![0x82, 0xff];
        promise.extend((1_u64 << 30).to_be_bytes());
        promise.extend([1, 2, 3, 4]);
        stream.write_all(&promise).await.expect("a server");
        let mut answer = Vec::new();
        let end = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
        let _ = end.expect("an end within the time");
        let head = String::from_utf8_lossy(&answer).to_lowercase();
        assert!(head.starts_with("http/1.1 101"), "{head}");
        assert!(
            !head.contains("sec-websocket-extensions"),
            "nothing is compressed that was not asked for"
        );
        assert!(
            answer.windows(2).any(|code| code == 1009_u16.to_be_bytes()),
            "{answer:?}"
        );
    }
    // Whoever sends on is not listened to: of all these bytes the server keeps nothing.
    let urls = [server.ws_url(), server.http.replace("http://", "ws://") + "/ws"];
    let floods = urls.iter().cycle().take(16).map(|url| async move {
        let mut socket = Socket::reach(url).await.expect("a connection");
        socket.send_frame(Frame::binary(vec![0; FLOOD / 16])).await;
    });
    futures_util::future::join_all(floods).await;
    let grown = server.peak_bytes() - before;
    assert!(grown < FLOOD as u64 / 2, "{grown} bytes more than before");
    assert!(bystander.is_served().await);
}

#[tokio::test]
async fn a_small_body_does_not_grow_beyond_the_limit() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let squeeze = |body: &[u8]| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).expect("memory");
        encoder.finish().expect("memory")
    };
    let mut bystander = alice.socket().await;
    let mut honest = alice.socket().await;
    honest.send_bytes(request("room.list", squeeze(b"{}"), true)).await;
    assert_eq!(honest.answer(7).await["code"], 0);
    let bomb = squeeze(&vec![b' '; 32 << 20]);
    assert!(bomb.len() < 64 * 1024, "it fits into a message");
    let mut socket = alice.socket().await;
    socket.send_bytes(request("room.list", bomb, true)).await;
    assert_eq!(socket.ended().await, Ended::TOO_BIG);
    assert!(bystander.is_served().await);
}

#[tokio::test]
async fn broken_json_is_answered_and_costs_nobody_else_anything() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let (mut socket, mut bystander) = (alice.socket().await, alice.socket().await);
    let deep = |open: &str, close: &str, levels: usize| open.repeat(levels) + &close.repeat(levels);
    let bodies: Vec<Vec<u8>> = vec![
        b"".into(),
        b"{".into(),
        b"[]".into(),
        b"7".into(),
        b"{\"id\":}".into(),
        b"{\"id\": 1".into(),
        b"{\"id\": 1} {\"id\": 1}".into(),
        b"{\"id\": 1e400}".into(),
        format!("{{\"id\": {}}}", "9".repeat(30_000)).into(),
        format!("{{\"id\": -0.{}1}}", "0".repeat(30_000)).into(),
        b"{\"id\": 1, \"id\": 2}".into(),
        b"{\"id\": NaN}".into(),
        b"{\"id\": \"\\ud800\\ud800\"}".into(),
        b"{\"id\": \"\xff\xfe\"}".into(),
        b"\xff\xfe\x00\x00".into(),
        b"\xef\xbb\xbf{}".into(),
        b"{\"id\": \"\x00\"}".into(),
        format!("{{\"id\": {}}}", deep("[", "]", 10_000)).into(),
        format!("{{\"more\": {}, \"id\": {room}}}", deep("[", "]", 1_000)).into(),
        deep("[", "", 30_000).into(),
    ];
    for body in bodies {
        socket.send_bytes(request("room.get", body.clone(), false)).await;
        let answer = socket.answer(7).await;
        assert!(
            answer["code"] != 0 && answer["code"] != 500,
            "{}: {answer}",
            String::from_utf8_lossy(&body)
        );
    }
    assert_eq!(socket.request("room.get", json!({"id": room})).await["code"], 0);
    assert!(bystander.is_served().await);
    // The same over HTTP.
    for (depth, status) in [(31, 200), (40, 400), (10_000, 400)] {
        let value = deep("[", "]", depth - 3);
        let body = format!("{{\"items\": [{{\"key\": \"deep\", \"value\": {value}}}]}}");
        let request = server
            .client
            .post(server.url("/api/preference"))
            .bearer_auth(&alice.token);
        let request = request.header("content-type", "application/json").body(body);
        assert_eq!(request.send().await.expect("an answer").status(), status, "{depth}");
    }
}

#[tokio::test]
async fn an_unknown_route_is_answered_to_its_sender_and_told_to_nobody() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    for route in [
        "onMessage",
        "onMessageUpdated",
        "room.onMessage",
        "chat.room.broadcast",
        "sys.kick",
        "room.nothing",
        "a.b",
    ] {
        let body = json!({"id": room, "roomId": room, "channelId": room, "content": "relay this"});
        let answer = a.request(route, body.clone()).await;
        assert!(
            answer["code"].as_str().is_some_and(|code| code.starts_with("PIT-4")),
            "{route}: {answer}"
        );
        a.notify(route, body).await;
    }
    assert!(a.is_served().await);
    let heard = b.pushes_so_far().await;
    assert!(
        heard.iter().all(|(_, push)| !push.to_string().contains("relay this")),
        "{heard:?}"
    );
}

#[tokio::test]
async fn who_falls_silent_is_given_up_and_seen_to_be_gone() {
    let server = Server::start(Backend::Sqlite, &[("WS__HEARTBEAT", "1s")]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let mut watcher = alice.socket().await;
    let mut silent = bob.socket().await;
    watcher
        .push("onPresence", |push| push["userId"] == bob.id && push["online"] == true)
        .await;
    // A cable that was pulled says nothing, not even goodbye. The watcher says something.
    let (gone, _) = tokio::join!(silent.ended(), async {
        loop {
            let seen = watcher.request("presence.get", json!({"userIds": [bob.id]})).await;
            if seen["data"][0]["online"] == false {
                return;
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(gone.kick.as_deref(), Some("heartbeat_timeout"));
    watcher
        .push("onPresence", |push| push["userId"] == bob.id && push["online"] == false)
        .await;
}

#[tokio::test]
async fn answers_errors_pushes_and_heartbeats_come_whole_and_in_order() {
    let server = Server::start(Backend::Sqlite, &[("WS__HEARTBEAT", "1s")]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let room = alice.room(&[], &[&bob]).await;
    let (mut a, mut b) = (alice.socket().await, bob.socket().await);
    // Whoever only listens for too long would be given up.
    let is_over = Cell::new(false);
    let talk = async {
        for n in 0..400 {
            let said = a
                .request(
                    "room.sendMessage",
                    text_message(room, &format!("{n} {}", "x".repeat(n * 5))),
                )
                .await;
            assert_eq!(said["code"], 0);
        }
        is_over.set(true);
    };
    let ask = async {
        while !is_over.get() {
            let mut asked = Vec::new();
            for n in 0..8 {
                let (route, code) = match n % 4 {
                    0 => ("no.such", json!("PIT-404")),
                    1 => ("room.get", json!("PIT-400")),
                    2 => ("room.list", json!(0)),
                    _ => ("room.typing", json!("PIT-400")),
                };
                asked.push((b.ask(route, json!({"id": "x"})).await, code));
            }
            for (id, code) in asked {
                assert_eq!(b.answer(id).await["code"], code);
            }
        }
    };
    // Every packet is taken apart by the codec: a torn or mixed one ends the test.
    tokio::join!(talk, ask);
    for n in 0..400 {
        let heard = b.push("onMessage", |push| push["roomId"] == room).await;
        assert_eq!(heard["seq"], n + 1);
        assert_eq!(
            heard["content"].as_str().map(str::len),
            Some(n.to_string().len() + 1 + n * 5)
        );
    }
}

#[tokio::test]
async fn one_person_holds_a_bounded_number_of_connections() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let mut sockets = Vec::new();
    for _ in 0..20 {
        sockets.push(alice.socket().await);
    }
    let mut one_more = Socket::connect(&server).await;
    one_more.handshake_with(json!({"user": {"token": alice.token}})).await;
    assert_eq!(one_more.ended().await.kick.as_deref(), Some("too_many_connections"));
    let mut other = bob.socket().await;
    assert!(other.is_served().await);
    assert!(sockets[0].is_served().await);
}

#[tokio::test]
async fn one_address_holds_a_bounded_number_of_strangers_and_any_number_of_people() {
    let settings = [
        ("SECURITY__RATE_LIMIT__ANONYMOUS_CONNECTIONS", "3"),
        ("HTTP__TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let server = Server::start(Backend::Sqlite, &settings).await;
    let alice = Person::join(&server, "Alice").await;
    for address in [server.ws_url(), server.http.replace("http://", "ws://") + "/ws"] {
        let knock = |from: &str| {
            let mut request = address.as_str().into_client_request().expect("an address");
            request
                .headers_mut()
                .insert("x-forwarded-for", from.parse().expect("a header"));
            Socket::open(request)
        };
        let mut strangers = Vec::new();
        for _ in 0..3 {
            strangers.push(knock("192.0.2.1").await.expect("a connection"));
        }
        let refused = knock("192.0.2.1").await.err().expect("a refusal").to_string();
        assert!(refused.contains("429"), "{refused}");
        assert!(knock("192.0.2.2").await.is_ok(), "others come in");
        // Who signs in is a stranger no more, and makes room for the next one.
        for stranger in &mut strangers {
            stranger.handshake().await;
            assert_eq!(
                stranger.request("session.auth", json!({"token": alice.token})).await["code"],
                0
            );
        }
        assert!(knock("192.0.2.1").await.is_ok());
    }
}

#[tokio::test]
async fn everybody_comes_back_at_once_and_misses_nothing() {
    // They all have one address here, which they have not in life.
    let settings = [("SECURITY__RATE_LIMIT__ANONYMOUS_CONNECTIONS", "0")];
    on_each_backend_with(&settings, |server| async move {
        let alice = Person::join(&server, "Alice").await;
        let mut people = Vec::new();
        while people.len() < COMING_BACK / CONNECTIONS_EACH {
            people.push(Person::join(&server, "Guest").await);
        }
        let room = alice.room(&[], &people.iter().collect::<Vec<_>>()).await;
        for n in 0..20 {
            alice.say(room, &format!("message {n}")).await;
        }
        let server = server.killed_and_restarted().await;
        // All connections at the same moment, each at another place.
        let returns = (0..COMING_BACK).map(|n| {
            let (server, person) = (&server, &people[n % people.len()]);
            let known = i64::try_from(n % 20).expect("small");
            async move {
                loop {
                    // As clients do, whoever is turned away tries again.
                    if let Some(socket) = come_back(server, person, room, known).await {
                        return socket;
                    }
                }
            }
        });
        let mut sockets = futures_util::future::join_all(returns).await;
        let alice = Person {
            server: server.clone(),
            ..alice
        };
        let news: Value = alice.say(room, "welcome back").await;
        for socket in &mut sockets {
            socket.push("onMessage", |push| push["id"] == news["id"]).await;
        }
    })
    .await;
}

/// Comes back to a room of 20 messages, of which so many are known, and hears of the others.
async fn come_back(server: &Server, person: &Person, room: i64, known: i64) -> Option<Socket> {
    let mut socket = Socket::reach(&server.ws_url()).await?;
    let token = json!({"user": {"token": person.token}});
    socket.try_handshake(token).await?;
    let wish = json!({"rooms": [{"id": room, "rev": known}]});
    let asked = socket.ask("room.sync", wish).await;
    let answer = loop {
        if let Incoming::Answer(id, answer) = socket.incoming().await?
            && id == asked
        {
            break answer;
        }
    };
    let synced = &answer["data"]["rooms"][0];
    let messages = synced["messages"].as_array().expect("messages");
    let seqs: Vec<_> = messages.iter().map(|message| message["seq"].as_i64()).collect();
    assert_eq!(seqs, (known + 1..=20).map(Some).collect::<Vec<_>>());
    assert_eq!(synced["more"], false);
    Some(socket)
}
