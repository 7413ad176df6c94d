//! The group of packets captured from a Pitaya server.

use std::num::NonZeroU32;

use bytes::Bytes;
use pitaya_protocol::{
    ErrorBody, HEARTBEAT_PACKET, HandshakeCode, HandshakeResponse, Message, MessageKind, MessageRoute, Packet,
    PacketType, RouteDictionary, inflate_zlib,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{NO_LIMIT, bytes_of_hex};

#[derive(Deserialize)]
pub(crate) struct CaptureVector {
    packet_hex: String,
    packet_type: u8,
    #[serde(default)]
    zlib: bool,
    flag_hex: Option<String>,
    id: Option<String>,
    #[serde(default)]
    route: Value,
    error: Option<bool>,
    json: Option<Value>,
}

impl CaptureVector {
    fn plain_body(&self, body: &Bytes) -> Bytes {
        if self.zlib {
            inflate_zlib(body, NO_LIMIT).unwrap().into()
        } else {
            body.clone()
        }
    }
}

pub(crate) fn reads_and_writes(vector: &CaptureVector) {
    let captured = bytes_of_hex(&vector.packet_hex);
    let packet = Packet::decode_exact(captured.clone(), NO_LIMIT).unwrap();
    assert_eq!(packet.packet_type.to_byte(), vector.packet_type);
    assert_eq!(packet.encode().unwrap(), captured);
    match packet.packet_type {
        PacketType::Handshake => is_handshake_answer(vector, &vector.plain_body(&packet.body)),
        PacketType::Data => is_message(vector, packet.body),
        PacketType::Heartbeat => assert_eq!(&captured[..], HEARTBEAT_PACKET),
        PacketType::Kick | PacketType::HandshakeAck => assert!(packet.body.is_empty()),
    }
}

fn is_handshake_answer(vector: &CaptureVector, body: &[u8]) {
    let json = vector.json.as_ref().unwrap();
    assert_eq!(&serde_json::from_slice::<Value>(body).unwrap(), json);

    let mut dictionary = RouteDictionary::new();
    for (route, code) in json["sys"]["dict"].as_object().unwrap() {
        let code = u16::try_from(code.as_u64().unwrap()).unwrap();
        dictionary.register_with_code(route, code).unwrap();
    }
    // The writer has whole seconds only, on purpose.
    let Some(heartbeat_seconds) = json["sys"]["heartbeat"].as_u64() else {
        return;
    };
    let response = HandshakeResponse {
        code: match json["code"].as_u64() {
            Some(200) => HandshakeCode::Accepted,
            _ => HandshakeCode::Refused,
        },
        heartbeat_seconds: NonZeroU32::new(u32::try_from(heartbeat_seconds).unwrap()).unwrap(),
        dictionary: &dictionary,
        batch: false,
        compact: false,
    };
    assert_eq!(response.to_json().unwrap(), body);
    if !vector.zlib {
        let captured = bytes_of_hex(&vector.packet_hex);
        assert_eq!(response.encode_packet().unwrap(), captured);
    }
}

fn is_message(vector: &CaptureVector, packet_body: Bytes) {
    assert!(packet_body.starts_with(&bytes_of_hex(vector.flag_hex.as_deref().unwrap())));
    let message = Message::decode(packet_body.clone()).unwrap();
    assert_eq!(message.encode().unwrap(), packet_body);
    assert_eq!(message.is_zlib, vector.zlib);
    assert_eq!(Some(message.is_error), vector.error);
    assert_eq!(message.kind, expected_kind(vector));

    let body = vector.plain_body(&message.body);
    let Some(json) = &vector.json else {
        assert!(body.is_empty());
        return;
    };
    assert_eq!(&serde_json::from_slice::<Value>(&body).unwrap(), json);
    if message.is_error {
        let error: ErrorBody = serde_json::from_slice(&body).unwrap();
        assert_eq!(error.to_json().unwrap(), body);
    }
}

/// Servers send nothing but responses, which have an id, and pushes.
fn expected_kind(vector: &CaptureVector) -> MessageKind {
    if let Some(id) = &vector.id {
        assert!(vector.route.is_null());
        return MessageKind::Response {
            id: id.parse().unwrap(),
        };
    }
    let route = match &vector.route {
        Value::String(name) => MessageRoute::Name(name.clone()),
        code => MessageRoute::Code(u16::try_from(code.as_u64().unwrap()).unwrap()),
    };
    MessageKind::Push { route }
}
