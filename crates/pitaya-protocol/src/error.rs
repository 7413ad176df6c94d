//! The errors of the binary layers: what makes a packet or a message malformed,
//! and what can not be written.
//!
//! A server answers every [`DecodeError`] the same way, by closing the
//! connection (docs/protocol.md, sections 2 and 6). The variants exist for logs
//! and metrics.

use thiserror::Error;

/// Why bytes from the other side are not a valid packet or message.
#[derive(Clone, Copy, Debug, Error, Eq, PartialEq)]
pub enum DecodeError {
    /// Fewer bytes than the four of a packet header; also an empty WebSocket message.
    #[error("packet header needs 4 bytes, got {length}")]
    PacketTooShort {
        /// Bytes that were there.
        length: usize,
    },
    /// The first byte is not one of the types 1 to 5.
    #[error("unknown packet type {packet_type}")]
    UnknownPacketType {
        /// The type byte as received.
        packet_type: u8,
    },
    /// The header declares a body above the limit given by the caller.
    #[error("packet body of {declared} bytes is above the limit of {limit}")]
    PacketBodyTooLarge {
        /// Body bytes declared by the header.
        declared: usize,
        /// Body bytes allowed by the caller.
        limit: usize,
    },
    /// The header declares more body bytes than there are.
    #[error("packet declares a body of {declared} bytes, got {available}")]
    PacketBodyTruncated {
        /// Body bytes declared by the header.
        declared: usize,
        /// Body bytes that were there.
        available: usize,
    },
    /// Bytes follow the packet where exactly one packet was expected.
    #[error("{extra} bytes follow the packet")]
    BytesAfterPacket {
        /// Number of bytes after the packet.
        extra: usize,
    },
    /// A message has at least two bytes: a flag and an id, a route length or a route code.
    #[error("message needs at least 2 bytes, got {length}")]
    MessageTooShort {
        /// Bytes that were there.
        length: usize,
    },
    /// The type bits of the flag byte hold 4 to 7.
    #[error("unknown message type {type_bits}")]
    UnknownMessageType {
        /// The three type bits as a number.
        type_bits: u8,
    },
    /// The message ends before the last byte of its id.
    #[error("message ends inside its id")]
    MessageIdTruncated,
    /// The id takes more than ten bytes or more than 64 bits.
    #[error("message id is larger than 64 bits")]
    MessageIdTooLarge,
    /// The message ends where its route must begin.
    #[error("message has no route")]
    RouteMissing,
    /// The route length byte points past the end of the message.
    #[error("message declares a route of {declared} bytes, got {available}")]
    RouteTruncated {
        /// Route bytes declared by the length byte.
        declared: usize,
        /// Bytes left in the message.
        available: usize,
    },
    /// The two bytes of a route code are not both there.
    #[error("message ends inside its route code")]
    RouteCodeTruncated,
    /// The route code is not in the dictionary.
    #[error("route code {code} is not in the dictionary")]
    RouteCodeUnknown {
        /// The code as received.
        code: u16,
    },
}

/// Why something can not be written to the wire.
#[derive(Debug, Error)]
pub enum EncodeError {
    /// The length field of a packet has three bytes, so a body ends at 16,777,215 bytes.
    #[error("packet body of {length} bytes is above the limit of 16777215")]
    PacketBodyTooLarge {
        /// Body bytes asked for.
        length: usize,
    },
    /// The length field of a route has one byte.
    #[error("route of {length} bytes is above the limit of 255")]
    RouteTooLong {
        /// Route bytes asked for.
        length: usize,
    },
    /// A JSON body could not be written.
    #[error("JSON body: {0}")]
    Json(#[from] serde_json::Error),
}
