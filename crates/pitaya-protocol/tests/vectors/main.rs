//! Runs the wire vectors of `pitaya-wire.json`, all of them.
//!
//! The vectors were recorded from Pitaya, from the JavaScript client libraries
//! and from a browser client; every group of the file says how in `source`, and
//! what to check in `rule`. One test runs them in order, so that the number of
//! vectors run can be checked at the end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failing helper fails its test, and the test harness shows what it printed"
)]

mod connection;
mod messages;
mod packets;
mod server_captures;
mod strings;

use std::collections::BTreeMap;

use bytes::Bytes;
use pitaya_protocol::{PacketType, RouteDictionary};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

const VECTOR_FILE: &str = include_str!("pitaya-wire.json");
const GROUPS_IN_FILE: usize = 12;
const VECTORS_IN_FILE: usize = 226;

/// More than any vector needs; limits have tests of their own.
const NO_LIMIT: usize = 1 << 24;

#[derive(Deserialize)]
struct VectorFile {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    #[serde(default)]
    dictionary: BTreeMap<String, u16>,
    notify_example_hex: Option<String>,
    notify_example_text: Option<String>,
    vectors: Vec<Value>,
}

/// What a server must do with some bytes.
#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Expectation {
    Accept,
    Reject,
    Any,
}

#[test]
fn every_vector_passes() {
    let file: VectorFile = serde_json::from_str(VECTOR_FILE).unwrap();
    assert_eq!(file.groups.len(), GROUPS_IN_FILE);
    let mut vectors_run = 0;
    for group in &file.groups {
        for vector in &group.vectors {
            // Shown by the test harness when the vector fails.
            println!("{}: {}", group.id, vector);
            run_vector(group, vector);
            vectors_run += 1;
        }
    }
    assert_eq!(vectors_run, VECTORS_IN_FILE);
}

fn run_vector(group: &Group, vector: &Value) {
    match group.id.as_str() {
        "packets" => packets::encodes_and_decodes(&parse(vector)),
        "streams" => packets::splits(&parse(vector)),
        "ws-messages-malformed" => packets::judges_websocket_message(&parse(vector)),
        "messages" | "messages-big-id" => messages::encodes_and_decodes(&parse(vector)),
        "messages-broken-by-client" => messages::survives_cut_message(&parse(vector)),
        "data-malformed" => messages::judges_data(&dictionary(group), &parse(vector)),
        "server-captures" => server_captures::reads_and_writes(&parse(vector)),
        "strings-browser-encode" => strings::reads_from_browser(&parse(vector)),
        "strings-browser-decode" => strings::writes_for_browser(&parse(vector)),
        "handshake-requests" => connection::answers_handshake(&parse(vector)),
        "sequences" => connection::follows_sequence(&parse(vector)),
        unknown => panic!("no rule for group {unknown}"),
    }
}

#[test]
fn the_notify_example_of_a_browser_is_read() {
    let file: VectorFile = serde_json::from_str(VECTOR_FILE).unwrap();
    let examples = file.groups.iter().filter_map(|group| {
        group
            .notify_example_hex
            .as_deref()
            .zip(group.notify_example_text.as_deref())
    });
    assert_eq!(examples.map(|(hex, text)| strings::reads_notify(hex, text)).count(), 1);
}

fn parse<T: DeserializeOwned>(vector: &Value) -> T {
    serde_json::from_value(vector.clone()).unwrap()
}

fn dictionary(group: &Group) -> RouteDictionary {
    let mut dictionary = RouteDictionary::new();
    for (route, code) in &group.dictionary {
        dictionary.register_with_code(route, *code).unwrap();
    }
    dictionary
}

fn bytes_of_hex(hex: &str) -> Bytes {
    let (pairs, odd_digit) = hex.as_bytes().as_chunks::<2>();
    assert!(odd_digit.is_empty(), "odd number of hex digits");
    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap();
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high) << 4 | digit(*low)).unwrap();
    pairs.iter().map(byte).collect()
}

fn packet_type_of_name(name: &str) -> PacketType {
    match name {
        "handshake" => PacketType::Handshake,
        "handshake_ack" => PacketType::HandshakeAck,
        "heartbeat" => PacketType::Heartbeat,
        "data" => PacketType::Data,
        "kick" => PacketType::Kick,
        unknown => panic!("packet type {unknown}"),
    }
}
