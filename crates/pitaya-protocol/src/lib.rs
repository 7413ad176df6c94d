//! The wire protocol of Pitaya and pomelo clients, as pure functions over bytes.
//!
//! Nothing here reads, writes or waits, and nothing panics, whatever the input.
//! docs/protocol.md is the contract; section numbers in this crate refer to it.
//!
//! | Layer | Items |
//! |---|---|
//! | packets, one to a WebSocket message | [`Packet`], [`PacketSplitter`], [`HEARTBEAT_PACKET`], [`KickBody`] |
//! | messages, the body of a data packet | [`Message`], [`MessageRoute`], [`RouteDictionary`] |
//! | bodies | [`to_json`], [`from_json`], [`decode_client_text`], [`inflate_zlib`], [`ErrorBody`] |
//! | a connection's states | [`Connection`], [`ConnectionAction`] |
//!
//! ```
//! use bytes::Bytes;
//! use pitaya_protocol::{Message, MessageKind, Packet, to_json};
//!
//! let from_client = Bytes::from_static(b"\x04\0\0\x0e\x00\x01\x09room.join{}");
//! let packet = Packet::decode_exact(from_client, 64 * 1024)?;
//! let message = Message::decode(packet.body)?;
//! assert!(matches!(message.kind, MessageKind::Request { id: 1, .. }));
//!
//! let answer = Message::response(1, to_json(&serde_json::json!({"code": 0}))?);
//! assert_eq!(&answer.encode_packet()?[..], b"\x04\0\0\x0c\x04\x01{\"code\":0}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bytes_reader;
mod connection;
mod control;
mod dictionary;
mod error;
mod error_body;
mod handshake;
mod inflate;
mod json;
mod message;
mod message_id;
mod packet;
mod packet_writer;
mod route;
mod text;

pub use connection::{
    CallKind, ClientCall, CloseReason, Connection, ConnectionAction, ConnectionLimits, ConnectionState, HandshakeRule,
};
pub use control::{HANDSHAKE_ACK_PACKET, HEARTBEAT_PACKET, KickBody};
pub use dictionary::{DictionaryError, RouteDictionary};
pub use error::{DecodeError, EncodeError};
pub use error_body::{CODE_BAD_REQUEST, CODE_INTERNAL_ERROR, CODE_NOT_FOUND, ErrorBody};
pub use handshake::{HandshakeCode, HandshakeError, HandshakeRequest, HandshakeResponse, HandshakeSystem};
pub use inflate::{InflateError, inflate_zlib};
pub use json::{JsonBodyError, append_json, from_json, to_json};
pub use message::{MAX_ROUTE_BYTES, Message, MessageKind, MessageRoute};
pub use packet::{MAX_PACKET_BODY_BYTES, PACKET_HEADER_BYTES, Packet, PacketSplitter, PacketType};
pub use packet_writer::PacketWriter;
pub use route::{Route, RouteError};
pub use text::{TextError, decode_client_text};
