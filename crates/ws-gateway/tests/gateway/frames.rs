//! Bad bytes end one connection at most, with the code that says why.

use bytes::Bytes;
use pitaya_protocol::{Packet, PacketType};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame as RawFrame};

use crate::client::Seen;
use crate::server::Server;

/// How the connection ends after this frame.
async fn end_after(server: &Server, frame: Frame) -> Seen {
    let mut client = server.anonymous().await;
    client.frame(frame).await;
    client.rest().await.pop().unwrap()
}

fn closed(code: u16, reason: &str) -> Seen {
    Seen::Close(code, reason.to_owned())
}

fn fragment(payload: &[u8], code: Data, is_final: bool) -> Frame {
    Frame::Frame(RawFrame::message(payload.to_vec(), OpCode::Data(code), is_final))
}

#[actix_web::test]
async fn every_kind_of_bad_message_has_its_code() {
    let server = Server::start();
    let mut bystander = server.anonymous().await;
    let inflating = {
        // 1 MiB of zeros as a zlib stream behind a request for `a.b`.
        let mut body = vec![0x10, 0x01, 0x03, b'a', b'.', b'b'];
        body.extend(zlib_of_zeros(1 << 20));
        Packet::new(PacketType::Data, body).encode().unwrap()
    };
    for (frame, code, reason) in [
        (Frame::text("hello"), 1003, "unsupported"),
        (Frame::Binary(Bytes::from_static(b"\x09\0\0\0")), 1002, "protocol"),
        (Frame::Binary(Bytes::new()), 1002, "protocol"),
        (Frame::Binary(Bytes::from_static(b"\x04\xff\xff\xff")), 1009, "too_big"),
        (Frame::Binary(Bytes::from(vec![3; 64 * 1024 + 1])), 1009, "too_big"),
        (Frame::Binary(Bytes::from_static(b"\x01\0\0\x01{")), 1007, "bad_payload"),
        (
            Frame::Binary(Bytes::from_static(b"\x04\0\0\x07\x10\x01\x03a.bx")),
            1007,
            "bad_payload",
        ),
        (Frame::Binary(inflating), 1009, "too_big"),
        (fragment(b"\x03\0", Data::Continue, true), 1002, "protocol"),
    ] {
        let shown = format!("{frame:?}").chars().take(80).collect::<String>();
        assert_eq!(end_after(&server, frame).await, closed(code, reason), "{shown}");
    }
    assert!(bystander.is_alive().await);
    server.stop().await;
}

fn zlib_of_zeros(length: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![0; length]).unwrap();
    encoder.finish().unwrap()
}

#[actix_web::test]
async fn fragments_are_joined_up_to_the_limit() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    let packet = crate::client::request(77, "room.nope", "{}");
    let (start, end) = packet.split_at(5);
    client.frame(fragment(start, Data::Binary, false)).await;
    client.frame(Frame::Ping(Bytes::from_static(b"between"))).await;
    client.frame(fragment(end, Data::Continue, true)).await;
    assert_eq!(
        client.next_frame().await,
        Some(Frame::Pong(Bytes::from_static(b"between")))
    );
    assert!(matches!(client.answer().await, Seen::Error(77, _)));

    client.frame(fragment(&[3; 40_000], Data::Binary, false)).await;
    client.frame(fragment(&[3; 40_000], Data::Continue, true)).await;
    assert_eq!(client.rest().await, [closed(1009, "too_big")]);
    server.stop().await;
}

#[actix_web::test]
async fn a_message_of_exactly_the_limit_is_read() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    let packet = Packet::new(PacketType::Heartbeat, vec![b'x'; 64 * 1024 - 4]);
    client.send(packet).await;
    assert!(client.is_alive().await);
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_closes_is_answered_with_its_code() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    let close = CloseFrame {
        code: CloseCode::Away,
        reason: "bye".into(),
    };
    client.frame(Frame::Close(Some(close))).await;
    assert_eq!(client.rest().await, [closed(1001, "")]);
    server.stop().await;
}

#[actix_web::test]
async fn emoji_leave_in_escapes_that_every_client_can_read() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    // As a browser of the starx family writes it: two surrogates of three bytes each.
    let body = b"{\"content\":\"\xed\xa0\xbd\xed\xb8\x81\"}";
    let notify = [&b"\x02\x0croom.message"[..], body].concat();
    client.send(Packet::new(PacketType::Data, notify)).await;
    let message = loop {
        let Some(Frame::Binary(message)) = client.next_frame().await else {
            panic!("no push");
        };
        if message.len() > 4 {
            break message;
        }
    };
    assert!(message.is_ascii());
    let text = String::from_utf8(message.to_vec()).unwrap();
    assert!(text.contains(r"\ud83d\ude01"), "{text}");
    server.stop().await;
}
