//! Groups about messages: good ones, ones cut off by a client, and malformed ones.

use pitaya_protocol::{
    CallKind, ConnectionAction, Message, MessageKind, MessageRoute, Packet, PacketType, RouteDictionary,
};
use serde::Deserialize;

use crate::connection::{is_close, working_connection_with_dictionary};
use crate::{Expectation, NO_LIMIT, bytes_of_hex};

#[derive(Deserialize)]
pub(crate) struct MessageVector {
    r#type: String,
    flag_hex: String,
    id: Option<String>,
    route: Option<String>,
    route_code: Option<u16>,
    gzip: bool,
    error: bool,
    body_hex: String,
    encoded_hex: String,
    packet_hex: String,
}

impl MessageVector {
    fn id(&self) -> u64 {
        self.id.as_deref().unwrap().parse().unwrap()
    }

    fn route(&self) -> MessageRoute {
        match (&self.route, self.route_code) {
            (Some(name), None) => MessageRoute::Name(name.clone()),
            (None, Some(code)) => MessageRoute::Code(code),
            _ => panic!("a message has one route"),
        }
    }

    fn message(&self) -> Message {
        let kind = match self.r#type.as_str() {
            "request" => MessageKind::Request {
                id: self.id(),
                route: self.route(),
            },
            "notify" => MessageKind::Notify { route: self.route() },
            "response" => MessageKind::Response { id: self.id() },
            "push" => MessageKind::Push { route: self.route() },
            unknown => panic!("message type {unknown}"),
        };
        Message {
            kind,
            is_error: self.error,
            is_zlib: self.gzip,
            body: bytes_of_hex(&self.body_hex),
        }
    }
}

pub(crate) fn encodes_and_decodes(vector: &MessageVector) {
    let message = vector.message();
    let encoded = message.encode().unwrap();
    assert_eq!(encoded, bytes_of_hex(&vector.encoded_hex));
    assert!(encoded.starts_with(&bytes_of_hex(&vector.flag_hex)));
    let packet = message.encode_packet().unwrap();
    assert_eq!(packet, bytes_of_hex(&vector.packet_hex));

    let packet = Packet::decode_exact(packet, NO_LIMIT).unwrap();
    assert_eq!(packet.packet_type, PacketType::Data);
    assert_eq!(packet.body, encoded);
    assert_eq!(Message::decode(packet.body), Ok(message));
}

#[derive(Deserialize)]
pub(crate) struct CutMessageVector {
    encoded_hex: String,
    expect: Expectation,
}

pub(crate) fn survives_cut_message(vector: &CutMessageVector) {
    let decoded = Message::decode(bytes_of_hex(&vector.encoded_hex));
    assert!(vector.expect == Expectation::Reject && decoded.is_err());
}

#[derive(Deserialize)]
pub(crate) struct DataVector {
    hex: String,
    expect: Expectation,
    decoded: Option<DecodedMessage>,
}

/// A message as Pitaya reads it, with its route in full and its body inflated.
#[derive(Deserialize)]
struct DecodedMessage {
    r#type: String,
    id: Option<String>,
    route: Option<String>,
    body_hex: String,
}

pub(crate) fn judges_data(dictionary: &RouteDictionary, vector: &DataVector) {
    let mut connection = working_connection_with_dictionary(dictionary.clone());
    let packet = Packet::new(PacketType::Data, bytes_of_hex(&vector.hex));
    let action = connection.receive_packet(packet);
    match vector.expect {
        Expectation::Accept => is_call_for(&action, vector.decoded.as_ref().unwrap()),
        Expectation::Reject => assert!(is_close(&action)),
        Expectation::Any => {
            assert!(is_close(&action) || matches!(action, ConnectionAction::Call(_)));
        }
    }
}

fn is_call_for(action: &ConnectionAction, decoded: &DecodedMessage) {
    let ConnectionAction::Call(call) = action else {
        panic!("refused: {action:?}");
    };
    assert_eq!(call.body, bytes_of_hex(&decoded.body_hex));
    match decoded.r#type.as_str() {
        "request" | "response" => {
            let id = decoded.id.as_deref().unwrap().parse().unwrap();
            assert_eq!(call.kind, CallKind::Request { id });
        }
        "notify" | "push" => assert_eq!(call.kind, CallKind::Notify),
        unknown => panic!("message type {unknown}"),
    }
    match decoded.route.as_deref() {
        Some(route) => assert_eq!(call.route, route),
        // Either a response, or a route that is not text and so leads nowhere.
        None => assert!(call.route.is_empty() || call.route.contains('\u{fffd}')),
    }
}
