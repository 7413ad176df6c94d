//! How connections end: silence, slowness, shutdown.

use std::time::Duration;

use domain::{Event, RevocationReason, RoomId, SessionId, UserId};
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use ws_gateway::GatewayOptions;

use crate::client::{PATIENCE, Seen, request};
use crate::raw::{Raw, frame};
use crate::server::{Server, options};

fn ended(reason: &str, code: u16) -> [Seen; 2] {
    [Seen::Kick(reason.to_owned()), Seen::Close(code, reason.to_owned())]
}

#[actix_web::test]
async fn who_never_shakes_hands_is_closed_without_a_packet() {
    let server = Server::with(GatewayOptions {
        handshake_timeout: Duration::from_millis(100),
        ..options()
    });
    let mut silent = server.connect().await;
    let expected = [Seen::Close(1008, "handshake_timeout".to_owned())];
    assert_eq!(silent.rest().await, expected);
    let mut without_ack = server.connect().await;
    without_ack.raw(b"\x01\0\0\x02{}".to_vec()).await;
    let seen = without_ack.rest().await;
    assert!(
        matches!(seen[..], [Seen::Handshake(_), Seen::Close(1008, _)]),
        "{seen:?}"
    );
    server.stop().await;
}

#[actix_web::test]
async fn heartbeats_come_from_the_ack_on_and_a_silent_client_is_given_up_after_three() {
    let heartbeat = Duration::from_millis(400);
    let server = Server::with(GatewayOptions { heartbeat, ..options() });
    let start = Instant::now();
    let mut silent = server.anonymous().await;
    let mut lively = server.anonymous().await;
    let mut heartbeats = 0;
    let end = loop {
        match silent.next().await {
            Seen::Heartbeat => {
                heartbeats += 1;
                lively.heartbeat().await;
            }
            other => break other,
        }
    };
    assert_eq!(end, Seen::Kick("heartbeat_timeout".to_owned()));
    assert!(start.elapsed() > heartbeat * 3, "{:?}", start.elapsed());
    assert!((1..=3).contains(&heartbeats), "{heartbeats}");
    assert!(lively.is_alive().await);
    server.stop().await;
}

#[actix_web::test]
async fn a_shutdown_answers_what_is_in_work_kicks_and_waits() {
    let server = Server::start();
    let mut busy = server.signed_in("alice").await;
    let mut idle = server.anonymous().await;
    let body = json!({"channelId": 1, "contentType": "TEXT_MESSAGE", "textMessage": {"text": "slow"}});
    let id = busy.ask("room.sendMessage", &body.to_string()).await;
    server.world.wait_for("send 1 slow", 1).await;
    let gateway = server.gateway.clone();
    let shutdown = actix_web::rt::spawn(async move { gateway.shutdown().await });
    assert_eq!(idle.rest().await, ended("shutdown", 1012));
    server.world.slow.add_permits(1);
    let seen = busy.rest().await;
    let answer = seen
        .iter()
        .position(|seen| matches!(seen, Seen::Answer(answered, _) if *answered == id));
    assert!(answer.is_some(), "{seen:?}");
    assert_eq!(seen[seen.len() - 2..], ended("shutdown", 1012));
    timeout(PATIENCE, shutdown).await.unwrap().unwrap();
    let stats = server.gateway.stats();
    assert_eq!((stats.connections, stats.signed_in), (0, 0));
    server.stop().await;
}

/// A client that signs in and then never reads again.
async fn reads_nothing(server: &Server) -> TcpStream {
    let mut raw = Raw::connect(server).await;
    let handshake = b"\x01\0\0\x02{}".to_vec();
    let auth = request(1, "session.auth", r#"{"token":"bob"}"#).to_vec();
    for packet in [handshake, b"\x02\0\0\0".to_vec(), auth] {
        raw.write(&frame(0x82, &packet)).await;
    }
    server.world.wait_for("connected 2", 1).await;
    raw.0
}

#[actix_web::test]
async fn who_reads_nothing_is_ended_as_slow_and_harms_nobody_else() {
    let server = Server::with(GatewayOptions {
        queue_bytes: 256 * 1024,
        ..options()
    });
    let mut reader = server.signed_in("alice").await;
    let mut stuck = reads_nothing(&server).await;
    let body = json!({"channelId": 1, "contentType": "TEXT_MESSAGE", "textMessage": {"text": "x".repeat(4000)}});
    let body = body.to_string();
    let mut sent = 0;
    while server.gateway.stats().slow == 0 {
        reader.request("room.sendMessage", &body).await;
        sent += 1;
        assert!(sent < 5000, "nothing bounds what waits");
    }
    server.world.wait_for("disconnected 2", 1).await;
    let end = async {
        while server.gateway.stats().connections > 1 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, end).await.unwrap();
    assert!(reader.is_alive().await);
    // What the kernel still holds can be read; then the socket is at its end.
    let mut rest = Vec::new();
    let read = timeout(PATIENCE, stuck.read_to_end(&mut rest)).await.unwrap();
    assert!(read.is_err() || rest.len() < 8 << 20);
    server.stop().await;
}

#[actix_web::test]
async fn who_was_told_of_the_end_sees_the_server_close_first() {
    let server = Server::with(GatewayOptions {
        flush_timeout: PATIENCE * 3,
        ..options()
    });
    let mut stream = reads_nothing(&server).await;
    server.tell(Event::SessionsRevoked {
        user_id: UserId(2),
        sessions: vec![SessionId(20)],
        reason: RevocationReason::Logout,
    });
    let mut rest = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut rest)).await.unwrap().unwrap();
    assert!(rest.ends_with(b"logout"), "{rest:?}");
    drop(stream);
    server.stop().await;
}

#[actix_web::test]
async fn a_burst_beyond_the_queue_ends_only_the_one_who_cannot_follow() {
    let server = Server::with(GatewayOptions { queue: 8, ..options() });
    let mut alice = server.signed_in("alice").await;
    let mut carol = server.anonymous().await;
    // Faster than any connection can write them.
    for read_seq in 0..1_000_000 {
        server.tell(Event::Read {
            room_id: RoomId(1),
            user_id: UserId(1),
            read_seq,
        });
        if server.gateway.stats().slow > 0 {
            break;
        }
    }
    let seen = alice.rest().await;
    assert_eq!(seen[seen.len() - 2..], ended("slow", 1013));
    assert!(carol.is_alive().await);
    server.stop().await;
}
