//! The vectors of the wire contract, against the running gateway.
//!
//! One rule of ours differs from Pitaya's, which the vectors were taken from: several packets
//! may share a WebSocket message.

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::client::{Client, Seen};
use crate::server::Server;
use pitaya_protocol::{Packet, PacketType};

const FILE: &str = include_str!("../../../pitaya-protocol/tests/vectors/pitaya-wire.json");

#[derive(Deserialize)]
struct Sequence {
    name: String,
    send: Vec<String>,
    expect: Vec<Value>,
}

#[derive(Deserialize)]
struct Malformed {
    name: String,
    hex: String,
    expect: String,
}

/// The vectors of one group.
fn group<T: serde::de::DeserializeOwned>(id: &str) -> Vec<T> {
    let file: Value = serde_json::from_str(FILE).unwrap();
    let groups = file["groups"].as_array().unwrap();
    let group = groups.iter().find(|group| group["id"] == id).unwrap();
    serde_json::from_value(group["vectors"].clone()).unwrap()
}

fn bytes_of_hex(hex: &str) -> Bytes {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Everything that came, in the form of the vectors, until the end or an answer to the probe.
async fn seen_by(client: &mut Client) -> Vec<Value> {
    const PROBE: u64 = 999_999;
    client.raw(crate::client::request(PROBE, "probe.nothere", "{}")).await;
    let mut seen = Vec::new();
    loop {
        let flagged =
            |id: u64, body: &Value| json!({"packet": 4, "flag_hex": "24", "id": id.to_string(), "code": body["code"]});
        match client.next().await {
            Seen::Handshake(body) => seen.push(json!({"packet": 1, "code": body["code"]})),
            Seen::Error(PROBE, _) => return seen,
            Seen::Error(id, body) => seen.push(flagged(id, &body)),
            Seen::Heartbeat => {}
            Seen::Close(..) | Seen::Gone => {
                seen.push(json!("close"));
                return seen;
            }
            other => panic!("{other:?}"),
        }
    }
}

#[actix_web::test]
async fn sequences_are_answered_as_the_contract_says() {
    let server = Server::start();
    for Sequence { name, send, mut expect } in group("sequences") {
        let is_ready = send.iter().any(|message| message.starts_with("02"));
        match name.as_str() {
            "handshake and ack in one WS message" => expect = vec![json!({"packet": 1, "code": 200})],
            "two heartbeats in one WS message" => {
                expect.pop();
            }
            // The probe comes before an ack.
            _ if !is_ready && expect.last() != Some(&json!("close")) => expect.push(json!("close")),
            _ => {}
        }
        let mut client = server.connect().await;
        for message in &send {
            client.raw(bytes_of_hex(message)).await;
        }
        assert_eq!(seen_by(&mut client).await, expect, "{name}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn malformed_websocket_messages_close_and_odd_ones_do_not() {
    let server = Server::start();
    for Malformed { name, hex, expect } in group("ws-messages-malformed") {
        let mut client = server.anonymous().await;
        client.raw(bytes_of_hex(&hex)).await;
        let closes = seen_by(&mut client).await.last() == Some(&json!("close"));
        // An empty handshake and a handshake without its ack end by rules of their own.
        let is_handshake = hex.starts_with("01");
        match expect.as_str() {
            "reject" => assert!(closes, "{name}"),
            "accept" if !is_handshake => assert!(!closes, "{name}"),
            _ => {}
        }
    }
    server.stop().await;
}

#[actix_web::test]
async fn malformed_data_closes_and_odd_data_does_not() {
    let server = Server::start();
    for Malformed { name, hex, expect } in group("data-malformed") {
        // Codes of the vectors' own dictionary mean other routes here, or none.
        let is_route_code = name.starts_with("compressed");
        let mut client = server.anonymous().await;
        client.send(Packet::new(PacketType::Data, bytes_of_hex(&hex))).await;
        let closes = seen_by(&mut client).await.last() == Some(&json!("close"));
        match expect.as_str() {
            "reject" if name == "compressed: unknown code 9" => {}
            "reject" => assert!(closes, "{name}"),
            "accept" if !is_route_code => assert!(!closes, "{name}"),
            _ => {}
        }
    }
    server.stop().await;
}
