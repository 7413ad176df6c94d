//! Groups about a connection: handshakes, and sequences of packets with the
//! answers of a server that has no handlers at all.

use std::num::NonZeroU32;
use std::sync::Arc;

use bytes::Bytes;
use pitaya_protocol::{
    ClientCall, Connection, ConnectionAction, ConnectionLimits, ConnectionState, ErrorBody, HandshakeCode,
    HandshakeResponse, HandshakeRule, Message, MessageKind, Packet, PacketType, Route, RouteDictionary,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{NO_LIMIT, bytes_of_hex};

/// A server without handlers: everything it does follows from the protocol.
struct Server {
    connection: Connection,
    dictionary: Arc<RouteDictionary>,
}

impl Server {
    fn new(handshake_rule: HandshakeRule, dictionary: RouteDictionary) -> Self {
        let limits = ConnectionLimits {
            max_packet_body_bytes: NO_LIMIT,
            max_inflated_body_bytes: NO_LIMIT,
            handshake_rule,
        };
        let dictionary = Arc::new(dictionary);
        Self {
            connection: Connection::new(limits, Arc::clone(&dictionary)),
            dictionary,
        }
    }

    /// Takes one WebSocket message and returns the packet that answers it.
    fn receive(&mut self, websocket_message: Bytes) -> Option<Bytes> {
        match self.connection.receive(websocket_message) {
            ConnectionAction::AnswerHandshake(_) => Some(self.handshake_answer(HandshakeCode::Accepted)),
            ConnectionAction::RefuseHandshake(_) => Some(self.handshake_answer(HandshakeCode::Refused)),
            ConnectionAction::Call(call) => answer_without_handler(&call),
            ConnectionAction::Ignore | ConnectionAction::StartWorking | ConnectionAction::Close(_) => None,
        }
    }

    fn handshake_answer(&self, code: HandshakeCode) -> Bytes {
        HandshakeResponse {
            code,
            heartbeat_seconds: NonZeroU32::MIN,
            dictionary: &self.dictionary,
            batch: false,
            compact: false,
        }
        .encode_packet()
        .unwrap()
    }

    fn is_closed(&self) -> bool {
        self.connection.state() == ConnectionState::Closed
    }
}

fn answer_without_handler(call: &ClientCall) -> Option<Bytes> {
    let id = call.answer_id()?;
    let error = match Route::parse(&call.route) {
        Ok(route) => ErrorBody::route_not_found(route.with_server_type("chat")),
        Err(error) => ErrorBody::from(error),
    };
    let answer = Message::error_response(id, error.to_json().unwrap());
    Some(answer.encode_packet().unwrap())
}

/// A connection that takes data.
pub(crate) fn working_connection() -> Connection {
    working_connection_with_dictionary(RouteDictionary::new())
}

/// A connection that takes data, also with the routes of this dictionary.
pub(crate) fn working_connection_with_dictionary(dictionary: RouteDictionary) -> Connection {
    let mut server = Server::new(HandshakeRule::Required, dictionary);
    server.receive(Bytes::from_static(b"\x01\0\0\x02{}"));
    server.receive(Bytes::from_static(b"\x02\0\0\0"));
    assert_eq!(server.connection.state(), ConnectionState::Working);
    server.connection
}

pub(crate) fn is_close(action: &ConnectionAction) -> bool {
    matches!(action, ConnectionAction::Close(_))
}

#[derive(Deserialize)]
pub(crate) struct HandshakeVector {
    body_text: String,
    packet_hex: String,
    answer_code: u16,
    then: String,
}

pub(crate) fn answers_handshake(vector: &HandshakeVector) {
    let packet = bytes_of_hex(&vector.packet_hex);
    assert!(packet.ends_with(vector.body_text.as_bytes()));
    let mut server = Server::new(HandshakeRule::Required, RouteDictionary::new());
    let answer = server.receive(packet).unwrap();
    let expected = json!({"packet": 1, "code": vector.answer_code});
    assert_eq!(describe_answer(answer), expected);
    assert_eq!(server.is_closed(), vector.then == "close");
}

#[derive(Deserialize)]
pub(crate) struct SequenceVector {
    name: String,
    send: Vec<String>,
    expect: Vec<Value>,
}

pub(crate) fn follows_sequence(vector: &SequenceVector) {
    let optional = run_sequence(vector, HandshakeRule::Optional);
    assert_eq!(optional, vector.expect);

    let required = run_sequence(vector, HandshakeRule::Required);
    if vector.name.starts_with("ack with no handshake") {
        // The one difference between this rule and Pitaya.
        assert_eq!(required, [json!("close")]);
    } else {
        assert_eq!(required, vector.expect);
    }
}

fn run_sequence(vector: &SequenceVector, handshake_rule: HandshakeRule) -> Vec<Value> {
    let mut server = Server::new(handshake_rule, RouteDictionary::new());
    let mut seen = Vec::new();
    for websocket_message in &vector.send {
        let answer = server.receive(bytes_of_hex(websocket_message));
        seen.extend(answer.map(describe_answer));
        if server.is_closed() {
            seen.push(json!("close"));
            break;
        }
    }
    seen
}

/// An answer in the form the vectors use.
fn describe_answer(packet: Bytes) -> Value {
    let packet = Packet::decode_exact(packet, NO_LIMIT).unwrap();
    let packet_type = packet.packet_type.to_byte();
    if packet.packet_type == PacketType::Handshake {
        let body: Value = serde_json::from_slice(&packet.body).unwrap();
        return json!({"packet": packet_type, "code": body["code"]});
    }
    let flag_hex = format!("{:02x}", packet.body[0]);
    let message = Message::decode(packet.body).unwrap();
    let MessageKind::Response { id } = message.kind else {
        panic!("not a response: {message:?}");
    };
    let error: ErrorBody = serde_json::from_slice(&message.body).unwrap();
    json!({"packet": packet_type, "flag_hex": flag_hex, "id": id.to_string(), "code": error.code})
}
