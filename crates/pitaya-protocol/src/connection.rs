//! The states of one connection, as a machine without input or output.
//!
//! Packets go in, what the server has to do comes out. Clocks, sockets and
//! handlers are the caller's; so are the answers, because a caller may have
//! reasons of its own to refuse a handshake. See docs/protocol.md, sections 4
//! and 6, for the table this file follows.

use std::sync::Arc;

use bytes::Bytes;
use thiserror::Error;

use crate::dictionary::RouteDictionary;
use crate::error::DecodeError;
use crate::handshake::{HandshakeError, HandshakeRequest};
use crate::inflate::{InflateError, inflate_zlib};
use crate::message::{Message, MessageKind};
use crate::packet::{Packet, PacketType};

/// Where a connection stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ConnectionState {
    /// Nothing but heartbeats has come.
    Start,
    /// A good handshake has come, its ack has not.
    Handshake,
    /// The ack has come: data is processed.
    Working,
    /// Nothing is processed any more.
    Closed,
}

/// Whether a client must send a handshake before its ack.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HandshakeRule {
    /// An ack without a handshake closes the connection. No known client sends one.
    Required,
    /// An ack alone opens the connection, as in Pitaya.
    Optional,
}

/// What a connection accepts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ConnectionLimits {
    /// The largest packet body, in bytes.
    pub max_packet_body_bytes: usize,
    /// The largest message body after inflating, in bytes.
    pub max_inflated_body_bytes: usize,
    /// Whether the handshake may be skipped.
    pub handshake_rule: HandshakeRule,
}

/// How a call from a client wants to be answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CallKind {
    /// Answer with this id.
    Request {
        /// The id as sent, never 0.
        id: u64,
    },
    /// A request with id 0: handled as a request, but never answered.
    RequestWithoutAnswer,
    /// No answer, whatever happens; errors are only logged.
    Notify,
}

/// A message from a client, ready for a handler: its route is text and its body
/// inflated.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientCall {
    /// How to answer.
    pub kind: CallKind,
    /// The route, not yet parsed; see [`crate::Route::parse`]. Empty for a
    /// message of type response, which a client has no business sending: it is
    /// then answered with the error for that route, as in Pitaya.
    pub route: String,
    /// The body, not yet decoded; see [`crate::from_json`].
    pub body: Bytes,
}

impl ClientCall {
    /// The id for the answer, if there is to be one.
    #[must_use]
    pub fn answer_id(&self) -> Option<u64> {
        match self.kind {
            CallKind::Request { id } => Some(id),
            CallKind::RequestWithoutAnswer | CallKind::Notify => None,
        }
    }
}

/// What the server has to do about a packet.
#[derive(Debug)]
pub enum ConnectionAction {
    /// Nothing: a heartbeat, a kick or a repeated ack. It is a sign of life.
    Ignore,
    /// Answer the handshake with 200; or with 400, calling [`Connection::close`].
    AnswerHandshake(HandshakeRequest),
    /// Answer with 400, then close. The connection is closed already.
    RefuseHandshake(HandshakeError),
    /// The ack has come: heartbeats and pushes may be sent.
    StartWorking,
    /// Run the handler.
    Call(ClientCall),
    /// Close the socket. The connection is closed already.
    Close(CloseReason),
}

/// Why a connection has ended.
#[derive(Clone, Copy, Debug, Error, Eq, PartialEq)]
pub enum CloseReason {
    /// A malformed packet or message.
    #[error(transparent)]
    Malformed(#[from] DecodeError),
    /// A body with the zlib flag that can not be inflated.
    #[error(transparent)]
    Inflate(#[from] InflateError),
    /// Data before the ack.
    #[error("data before the handshake ack")]
    DataBeforeAck,
    /// An ack before the handshake, where one is required.
    #[error("ack without a handshake")]
    AckWithoutHandshake,
    /// The connection had ended before this packet.
    #[error("connection is closed")]
    AlreadyClosed,
}

/// The protocol state of one connection.
#[derive(Clone, Debug)]
pub struct Connection {
    state: ConnectionState,
    limits: ConnectionLimits,
    dictionary: Arc<RouteDictionary>,
}

impl Connection {
    /// A new connection. The dictionary is the server's, shared by all of them.
    #[must_use]
    pub fn new(limits: ConnectionLimits, dictionary: Arc<RouteDictionary>) -> Self {
        Self {
            state: ConnectionState::Start,
            limits,
            dictionary,
        }
    }

    /// Where the connection stands.
    #[must_use]
    pub fn state(&self) -> ConnectionState {
        self.state
    }

    /// Ends the connection, for a reason of the caller's own.
    pub fn close(&mut self) {
        self.state = ConnectionState::Closed;
    }

    /// Takes one WebSocket message, which must hold exactly one packet.
    pub fn receive(&mut self, websocket_message: Bytes) -> ConnectionAction {
        match Packet::decode_exact(websocket_message, self.limits.max_packet_body_bytes) {
            Ok(packet) => self.receive_packet(packet),
            Err(error) => self.close_because(error),
        }
    }

    /// Takes one packet, for a caller that splits messages itself.
    pub fn receive_packet(&mut self, packet: Packet) -> ConnectionAction {
        if self.state == ConnectionState::Closed {
            return ConnectionAction::Close(CloseReason::AlreadyClosed);
        }
        match packet.packet_type {
            PacketType::Handshake => self.receive_handshake(&packet.body),
            PacketType::HandshakeAck => self.receive_ack(),
            PacketType::Heartbeat | PacketType::Kick => ConnectionAction::Ignore,
            PacketType::Data => self.receive_data(packet.body),
        }
    }

    fn receive_handshake(&mut self, body: &[u8]) -> ConnectionAction {
        match HandshakeRequest::parse(body) {
            Ok(request) => {
                // A repeated handshake needs its own ack before data flows again.
                self.state = ConnectionState::Handshake;
                ConnectionAction::AnswerHandshake(request)
            }
            Err(error) => {
                self.close();
                ConnectionAction::RefuseHandshake(error)
            }
        }
    }

    fn receive_ack(&mut self) -> ConnectionAction {
        match (self.state, self.limits.handshake_rule) {
            (ConnectionState::Working, _) => ConnectionAction::Ignore,
            (ConnectionState::Start, HandshakeRule::Required) => self.close_because(CloseReason::AckWithoutHandshake),
            _ => {
                self.state = ConnectionState::Working;
                ConnectionAction::StartWorking
            }
        }
    }

    fn receive_data(&mut self, body: Bytes) -> ConnectionAction {
        if self.state != ConnectionState::Working {
            return self.close_because(CloseReason::DataBeforeAck);
        }
        match self.read_call(body) {
            Ok(call) => ConnectionAction::Call(call),
            Err(reason) => self.close_because(reason),
        }
    }

    fn read_call(&self, data_packet_body: Bytes) -> Result<ClientCall, CloseReason> {
        let message = Message::decode(data_packet_body)?;
        let (kind, route) = match message.kind {
            MessageKind::Request { id, route } => (request_kind(id), self.dictionary.expand(route)?),
            MessageKind::Response { id } => (request_kind(id), String::new()),
            MessageKind::Notify { route } | MessageKind::Push { route } => {
                (CallKind::Notify, self.dictionary.expand(route)?)
            }
        };
        let body = if message.is_zlib {
            inflate_zlib(&message.body, self.limits.max_inflated_body_bytes)?.into()
        } else {
            message.body
        };
        Ok(ClientCall { kind, route, body })
    }

    fn close_because(&mut self, reason: impl Into<CloseReason>) -> ConnectionAction {
        self.close();
        ConnectionAction::Close(reason.into())
    }
}

fn request_kind(id: u64) -> CallKind {
    match id {
        0 => CallKind::RequestWithoutAnswer,
        id => CallKind::Request { id },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANDSHAKE: &[u8] = b"\x01\0\0\x02{}";
    const ACK: &[u8] = b"\x02\0\0\0";
    const REQUEST: &[u8] = b"\x04\0\0\x08\x00\x07\x03a.b{}";

    fn connection(handshake_rule: HandshakeRule) -> Connection {
        let limits = ConnectionLimits {
            max_packet_body_bytes: 1024,
            max_inflated_body_bytes: 1024,
            handshake_rule,
        };
        Connection::new(limits, Arc::new(RouteDictionary::new()))
    }

    fn receive(connection: &mut Connection, message: &'static [u8]) -> ConnectionAction {
        connection.receive(Bytes::from_static(message))
    }

    /// A connection that has read these messages.
    fn connection_after(messages: &[&'static [u8]]) -> Connection {
        let mut connection = connection(HandshakeRule::Required);
        for message in messages {
            receive(&mut connection, message);
        }
        connection
    }

    #[test]
    fn handshake_ack_data() {
        let mut connection = connection(HandshakeRule::Required);
        assert!(matches!(
            receive(&mut connection, HANDSHAKE),
            ConnectionAction::AnswerHandshake(_)
        ));
        assert_eq!(connection.state(), ConnectionState::Handshake);
        assert!(matches!(receive(&mut connection, ACK), ConnectionAction::StartWorking));
        assert!(matches!(receive(&mut connection, ACK), ConnectionAction::Ignore));
        let ConnectionAction::Call(call) = receive(&mut connection, REQUEST) else {
            panic!("no call");
        };
        assert_eq!(call.answer_id(), Some(7));
        assert_eq!((call.route.as_str(), &call.body[..]), ("a.b", &b"{}"[..]));
    }

    #[test]
    fn data_before_the_ack_closes() {
        for messages in [&[][..], &[HANDSHAKE], &[HANDSHAKE, ACK, HANDSHAKE]] {
            let mut connection = connection_after(messages);
            assert!(matches!(
                receive(&mut connection, REQUEST),
                ConnectionAction::Close(CloseReason::DataBeforeAck)
            ));
            assert_eq!(connection.state(), ConnectionState::Closed);
        }
    }

    #[test]
    fn an_ack_alone_opens_only_where_the_rule_says_so() {
        assert!(matches!(
            receive(&mut connection(HandshakeRule::Required), ACK),
            ConnectionAction::Close(CloseReason::AckWithoutHandshake)
        ));
        assert!(matches!(
            receive(&mut connection(HandshakeRule::Optional), ACK),
            ConnectionAction::StartWorking
        ));
    }

    #[test]
    fn a_bad_handshake_is_refused_in_every_state() {
        for messages in [&[][..], &[HANDSHAKE], &[HANDSHAKE, ACK]] {
            let mut connection = connection_after(messages);
            assert!(matches!(
                receive(&mut connection, b"\x01\0\0\x01{"),
                ConnectionAction::RefuseHandshake(_)
            ));
            assert_eq!(connection.state(), ConnectionState::Closed);
        }
    }

    #[test]
    fn a_closed_connection_stays_closed() {
        let mut connection = connection_after(&[HANDSHAKE, ACK]);
        connection.close();
        for message in [HANDSHAKE, ACK, REQUEST] {
            assert!(matches!(
                receive(&mut connection, message),
                ConnectionAction::Close(CloseReason::AlreadyClosed)
            ));
        }
    }

    #[test]
    fn heartbeats_and_kicks_change_nothing() {
        for messages in [&[][..], &[HANDSHAKE], &[HANDSHAKE, ACK]] {
            let mut connection = connection_after(messages);
            let state = connection.state();
            for message in [&b"\x03\0\0\x01x"[..], b"\x05\0\0\0"] {
                assert!(matches!(receive(&mut connection, message), ConnectionAction::Ignore));
            }
            assert_eq!(connection.state(), state);
        }
    }

    #[test]
    fn id_zero_and_the_types_of_a_server() {
        let call = |message: &'static [u8]| {
            let mut connection = connection_after(&[HANDSHAKE, ACK]);
            match receive(&mut connection, message) {
                ConnectionAction::Call(call) => call,
                other => panic!("{other:?}"),
            }
        };
        let without_answer = call(b"\x04\0\0\x06\x00\x00\x03a.b");
        assert_eq!(without_answer.kind, CallKind::RequestWithoutAnswer);
        let push = call(b"\x04\0\0\x05\x06\x03a.b");
        assert_eq!(push.kind, CallKind::Notify);
        assert_eq!(push.answer_id(), None);
        let response = call(b"\x04\0\0\x03\x04\x05x");
        assert_eq!(response.kind, CallKind::Request { id: 5 });
        assert_eq!(response.route, "");
    }
}
