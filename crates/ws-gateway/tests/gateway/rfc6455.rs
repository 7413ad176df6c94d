//! The corners of RFC 6455, byte for byte.

use futures_util::future::join_all;
use tokio::io::AsyncWriteExt;

use crate::client::request;
use crate::raw::{Raw, frame, frame_of};
use crate::server::Server;

const CONTINUE: u8 = 0x00;
const TEXT: u8 = 0x01;
const BINARY: u8 = 0x02;
const CLOSE: u8 = 0x08;
const PING: u8 = 0x09;
const PONG: u8 = 0x0a;
/// The bit of a message's last frame.
const FIN: u8 = 0x80;
/// Most bytes of a message.
const LIMIT: usize = 64 * 1024;

/// What comes back.
#[derive(Debug, PartialEq)]
enum Back {
    Pong(Vec<u8>),
    /// The answer to a call.
    Answer,
    Close(u16, String),
}

use Back::{Answer, Close, Pong};

/// A connection that has shaken hands.
async fn working(server: &Server) -> Raw {
    let mut raw = Raw::connect(server).await;
    raw.write(&frame(FIN | BINARY, b"\x01\0\0\x02{}")).await;
    raw.write(&frame(FIN | BINARY, b"\x02\0\0\0")).await;
    raw.frame().await.expect("no handshake");
    raw.frame().await.expect("no heartbeat");
    raw
}

/// The next thing that comes back, heartbeats left out; `None` once the connection has ended.
async fn next(raw: &mut Raw) -> Option<Back> {
    loop {
        let (first, payload) = raw.frame().await?;
        match first ^ FIN {
            BINARY if payload[0] == 4 => return Some(Answer),
            BINARY => assert_eq!(payload, [3, 0, 0, 0], "neither an answer nor a heartbeat"),
            PONG => return Some(Pong(payload)),
            CLOSE => {
                let (code, reason) = payload.split_at(2);
                let code = u16::from_be_bytes([code[0], code[1]]);
                return Some(Close(code, String::from_utf8(reason.to_vec()).unwrap()));
            }
            _ => panic!("a server does not send {first:#x}"),
        }
    }
}

/// All that comes back for these bytes and a call behind them, up to the call's answer or the
/// connection's end.
async fn back(server: &Server, bytes: &[u8]) -> Vec<Back> {
    let mut raw = working(server).await;
    raw.write(bytes).await;
    raw.write(&call()).await;
    let mut seen = Vec::new();
    while let Some(back) = next(&mut raw).await {
        let is_answer = back == Answer;
        seen.push(back);
        if is_answer {
            break;
        }
    }
    seen
}

fn call() -> Vec<u8> {
    frame(FIN | BINARY, &request(1, "probe.nothere", "{}"))
}

fn heartbeat(first: u8) -> Vec<u8> {
    frame(first, b"\x03\0\0\0")
}

/// A packet that does nothing, as large as a message may be.
fn largest() -> Vec<u8> {
    let body = u32::try_from(LIMIT - 4).unwrap();
    let mut packet = [&[3], &body.to_be_bytes()[1..]].concat();
    packet.resize(LIMIT, b'x');
    packet
}

fn close(code: u16, reason: &[u8]) -> Vec<u8> {
    frame(FIN | CLOSE, &[&code.to_be_bytes()[..], reason].concat())
}

#[actix_web::test]
async fn what_the_rfc_allows_is_read() {
    let server = Server::start();
    let (start, end) = (&largest()[..LIMIT - 10], &largest()[LIMIT - 10..]);
    let cases: &[(&str, Vec<u8>, Vec<Back>)] = &[
        ("a ping without payload", frame(FIN | PING, b""), vec![Pong(vec![])]),
        (
            "a ping of bytes",
            frame(FIN | PING, b"\0\xff\xfe"),
            vec![Pong(b"\0\xff\xfe".to_vec())],
        ),
        (
            "the longest ping",
            frame(FIN | PING, &[7; 125]),
            vec![Pong(vec![7; 125])],
        ),
        ("a pong that nobody asked for", frame(FIN | PONG, b"hello"), vec![]),
        ("an empty pong", frame(FIN | PONG, b""), vec![]),
        ("the longest pong", frame(FIN | PONG, &[7; 125]), vec![]),
        (
            "two fragments",
            [frame(BINARY, b"\x03\0"), frame(FIN | CONTINUE, b"\0\0")].concat(),
            vec![],
        ),
        (
            "fragments of one byte and of none",
            [
                frame(BINARY, b""),
                frame(CONTINUE, b"\x03"),
                frame(CONTINUE, b""),
                frame(CONTINUE, b"\0"),
                frame(CONTINUE, b"\0"),
                frame(CONTINUE, b"\0"),
                frame(FIN | CONTINUE, b""),
            ]
            .concat(),
            vec![],
        ),
        (
            "controls between fragments",
            [
                frame(BINARY, b"\x03"),
                frame(FIN | PING, b"1"),
                frame(CONTINUE, b"\0\0"),
                frame(FIN | PONG, b"x"),
                frame(FIN | CONTINUE, b"\0"),
            ]
            .concat(),
            vec![Pong(b"1".to_vec())],
        ),
        (
            "a ping between fragments that fill the limit",
            [
                frame(BINARY, start),
                frame(FIN | PING, &[7; 100]),
                frame(FIN | CONTINUE, end),
            ]
            .concat(),
            vec![Pong(vec![7; 100])],
        ),
        (
            "a message of the limit in one frame",
            frame(FIN | BINARY, &largest()),
            vec![],
        ),
        (
            "a length in more bytes than it needs",
            [
                frame_of(FIN | BINARY, &[126, 0, 4], b"\x03\0\0\0"),
                frame_of(FIN | BINARY, &[127, 0, 0, 0, 0, 0, 0, 0, 4], b"\x03\0\0\0"),
                frame_of(FIN | PING, &[126, 0, 1], b"p"),
            ]
            .concat(),
            vec![Pong(b"p".to_vec())],
        ),
    ];
    let backs = join_all(cases.iter().map(|(_, bytes, _)| back(&server, bytes))).await;
    for ((name, _, expected), mut seen) in cases.iter().zip(backs) {
        assert_eq!(seen.pop(), Some(Answer), "{name}");
        assert_eq!(seen, *expected, "{name}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn of_several_pings_the_last_is_answered_for_certain() {
    let server = Server::start();
    let pings: Vec<u8> = (0..100).flat_map(|number| frame(FIN | PING, &[number])).collect();
    let seen = back(&server, &pings).await;
    assert!(seen.ends_with(&[Pong(vec![99]), Answer]), "{seen:?}");
    server.stop().await;
}

#[actix_web::test]
async fn what_the_rfc_forbids_ends_the_connection() {
    let server = Server::start();
    let mut cases = vec![
        ("a fragmented ping".to_owned(), frame(PING, b"x"), 1002),
        ("a fragmented pong".to_owned(), frame(PONG, b"x"), 1002),
        ("a fragmented close".to_owned(), frame(CLOSE, b""), 1002),
        ("a ping too long".to_owned(), frame(FIN | PING, &[7; 126]), 1002),
        ("a pong too long".to_owned(), frame(FIN | PONG, &[7; 126]), 1002),
        ("a close too long".to_owned(), close(1000, &[b'x'; 124]), 1002),
        (
            "a ping that declares too much, and nothing more".to_owned(),
            vec![FIN | PING, 0x80 | 126, 0xf0, 0],
            1002,
        ),
        ("a continuation of nothing".to_owned(), frame(CONTINUE, b"x"), 1002),
        ("the end of nothing".to_owned(), frame(FIN | CONTINUE, b"x"), 1002),
        (
            "a continuation of what was whole".to_owned(),
            [heartbeat(FIN | BINARY), frame(FIN | CONTINUE, b"")].concat(),
            1002,
        ),
        (
            "a message inside another".to_owned(),
            [frame(BINARY, b"\x03\0"), heartbeat(FIN | BINARY)].concat(),
            1002,
        ),
        (
            "a begin inside another".to_owned(),
            [frame(BINARY, b"\x03\0"), frame(BINARY, b"\0\0")].concat(),
            1002,
        ),
        (
            "text inside a binary message".to_owned(),
            [frame(BINARY, b"\x03\0"), frame(FIN | TEXT, b"x")].concat(),
            1002,
        ),
        (
            "an unmasked message".to_owned(),
            vec![FIN | BINARY, 4, 3, 0, 0, 0],
            1002,
        ),
        ("an unmasked ping".to_owned(), vec![FIN | PING, 0], 1002),
        ("an unmasked close".to_owned(), vec![FIN | CLOSE, 2, 3, 0xe8], 1002),
        ("a close of one byte".to_owned(), frame(FIN | CLOSE, b"\x03"), 1002),
        (
            "a close with half a character".to_owned(),
            close(1000, b"\xe4\xbd"),
            1002,
        ),
        ("text".to_owned(), frame(FIN | TEXT, b"hello"), 1003),
        ("empty text".to_owned(), frame(FIN | TEXT, b""), 1003),
        ("text that is none".to_owned(), frame(FIN | TEXT, b"\xff"), 1003),
        ("the begin of a text".to_owned(), frame(TEXT, b"hel"), 1003),
        ("a byte too many".to_owned(), frame(FIN | BINARY, &[3; LIMIT + 1]), 1009),
        (
            "a byte too many in fragments".to_owned(),
            [frame(BINARY, &largest()), frame(FIN | CONTINUE, b"x")].concat(),
            1009,
        ),
        (
            "a length of four gigabytes, and nothing more".to_owned(),
            vec![FIN | BINARY, 0xff, 0, 0, 0, 1, 0, 0, 0, 0],
            1009,
        ),
        (
            "a length with the top bit".to_owned(),
            vec![FIN | BINARY, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 4],
            1009,
        ),
        (
            "the longest of all lengths".to_owned(),
            [&[FIN | BINARY][..], &[0xff; 9]].concat(),
            1009,
        ),
    ];
    for bit in [0x40, 0x20, 0x10] {
        for code in [BINARY, PING, CLOSE] {
            let frame = frame(FIN | bit | code, b"");
            cases.push((format!("the reserved bit {bit:#x} on {code:#x}"), frame, 1002));
        }
    }
    for code in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        cases.push((format!("the reserved code {code}"), frame(FIN | code, b""), 1002));
    }
    let backs = join_all(cases.iter().map(|(_, bytes, _)| back(&server, bytes))).await;
    for ((name, _, code), seen) in cases.into_iter().zip(backs) {
        let reason = match code {
            1002 => "protocol",
            1003 => "unsupported",
            _ => "too_big",
        };
        assert_eq!(seen, [Close(code, reason.to_owned())], "{name}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_close_is_answered_with_its_code_and_nothing_behind_it_is_read() {
    let server = Server::start();
    let known = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
    let free = [3000, 3999, 4000, 4999];
    let forbidden = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];
    let mut cases = vec![(frame(FIN | CLOSE, b""), Close(1000, String::new()))];
    for code in known.into_iter().chain(free) {
        for reason in [&b""[..], "再见".as_bytes(), &[b'x'; 123]] {
            cases.push((close(code, reason), Close(code, String::new())));
        }
    }
    let refused = || Close(1002, "protocol".to_owned());
    cases.extend(forbidden.map(|code| (close(code, b""), refused())));
    let backs = join_all(cases.iter().map(async |(close, _)| {
        let behind = [&close[..], &frame(FIN | PING, b"late")].concat();
        back(&server, &behind).await
    }));
    for ((close, expected), seen) in cases.iter().zip(backs.await) {
        assert_eq!(seen, std::slice::from_ref(expected), "{close:x?}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_close_inside_a_message_counts() {
    let server = Server::start();
    let bytes = [frame(BINARY, b"\x03\0"), close(1001, b"")].concat();
    assert_eq!(back(&server, &bytes).await, [Close(1001, String::new())]);
    server.stop().await;
}

#[actix_web::test]
async fn frames_may_be_cut_anywhere() {
    let server = Server::start();
    let packet = request(1, "probe.nothere", "{}");
    let bytes = [
        frame(FIN | PING, b"ping"),
        frame(BINARY, &packet[..7]),
        frame_of(
            FIN | CONTINUE,
            &[127, 0, 0, 0, 0, 0, 0, 0, packet.len() as u8 - 7],
            &packet[7..],
        ),
    ]
    .concat();
    let mut raw = working(&server).await;
    for cut in 0..=bytes.len() {
        raw.write(&bytes[..cut]).await;
        // Its answer to what is whole shows that the server has read all of it.
        let is_ping_whole = cut >= 10;
        if is_ping_whole {
            assert_eq!(next(&mut raw).await, Some(Pong(b"ping".to_vec())), "{cut}");
        }
        raw.write(&bytes[cut..]).await;
        if !is_ping_whole {
            assert_eq!(next(&mut raw).await, Some(Pong(b"ping".to_vec())), "{cut}");
        }
        assert_eq!(next(&mut raw).await, Some(Answer), "{cut}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_closes_its_half_is_gone() {
    let server = Server::start();
    for bytes in [&b""[..], &frame(BINARY, b"\x03\0"), &[FIN | BINARY, 0x84, 0]] {
        let mut raw = working(&server).await;
        raw.write(bytes).await;
        raw.0.shutdown().await.unwrap();
        assert_eq!(next(&mut raw).await, None);
    }
    let nobody = async {
        while server.gateway.stats().connections > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(crate::client::PATIENCE, nobody).await.unwrap();
    server.stop().await;
}
