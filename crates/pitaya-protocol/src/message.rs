//! Messages: the body of a data packet.
//!
//! ```text
//! flag | id (request, response) | route (request, notify, push) | body
//! ```
//!
//! See docs/protocol.md, section 6, and "Message format" in the pomelo wiki's
//! communication protocol page. The codec leaves bodies as they are: a body
//! with the zlib flag is inflated by [`crate::inflate_zlib`], text is read by
//! [`crate::decode_client_text`] or [`crate::from_json`].

use bytes::{BufMut, Bytes, BytesMut};

use crate::bytes_reader::{take_array, take_byte, take_bytes};
use crate::error::{DecodeError, EncodeError};
use crate::message_id::{MAX_MESSAGE_ID_BYTES, take_message_id, write_message_id};
use crate::packet::{PACKET_HEADER_BYTES, PacketType, write_packet_header};
use crate::text::decode_client_text;

/// The longest route that can be written as text, in bytes.
pub const MAX_ROUTE_BYTES: usize = 255;

const MIN_MESSAGE_BYTES: usize = 2;

const FLAG_COMPRESSED_ROUTE: u8 = 0x01;
pub(crate) const FLAG_TYPE_SHIFT: u32 = 1;
const FLAG_TYPE_MASK: u8 = 0x07;
const FLAG_ZLIB: u8 = 0x10;
pub(crate) const FLAG_ERROR: u8 = 0x20;

const TYPE_REQUEST: u8 = 0;
const TYPE_NOTIFY: u8 = 1;
pub(crate) const TYPE_RESPONSE: u8 = 2;
pub(crate) const TYPE_PUSH: u8 = 3;

/// How a message names its route.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MessageRoute {
    /// The route as text, 0 to [`MAX_ROUTE_BYTES`] bytes of UTF-8.
    Name(String),
    /// A code of the [`crate::RouteDictionary`] sent with the handshake.
    Code(u16),
}

/// The type of a message with the parts that only this type has.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MessageKind {
    /// Client to server, wants an answer (unless the id is 0).
    Request {
        /// Chosen by the client, repeated by the answer.
        id: u64,
        /// What is called.
        route: MessageRoute,
    },
    /// Client to server, without an answer.
    Notify {
        /// What is called.
        route: MessageRoute,
    },
    /// Server to client, the answer to a request.
    Response {
        /// The id of the request.
        id: u64,
    },
    /// Server to client, not asked for.
    Push {
        /// What the page listens to.
        route: MessageRoute,
    },
}

/// One message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// Type, id and route.
    pub kind: MessageKind,
    /// The body is an error object, see [`crate::ErrorBody`]. Means nothing from a client.
    pub is_error: bool,
    /// The body is a zlib stream (RFC 1950).
    pub is_zlib: bool,
    /// The body as it is on the wire.
    pub body: Bytes,
}

impl Message {
    /// A message with this body and neither the error nor the zlib flag.
    #[must_use]
    pub fn new(kind: MessageKind, body: impl Into<Bytes>) -> Self {
        Self {
            kind,
            is_error: false,
            is_zlib: false,
            body: body.into(),
        }
    }

    /// The answer to the request with this id.
    #[must_use]
    pub fn response(id: u64, body: impl Into<Bytes>) -> Self {
        Self::new(MessageKind::Response { id }, body)
    }

    /// The answer to a request that failed; the body is an [`crate::ErrorBody`] as JSON.
    #[must_use]
    pub fn error_response(id: u64, body: impl Into<Bytes>) -> Self {
        Self {
            is_error: true,
            ..Self::response(id, body)
        }
    }

    /// A push. [`crate::RouteDictionary::shorten`] gives the route.
    #[must_use]
    pub fn push(route: MessageRoute, body: impl Into<Bytes>) -> Self {
        Self::new(MessageKind::Push { route }, body)
    }

    /// Reads the body of a data packet. The message's body shares its memory.
    ///
    /// Routes are read like client text; a route that is not even that is read
    /// with U+FFFD in place of the bad bytes, so that it is an unknown route and
    /// not a malformed message (as in Pitaya). Flag bits 6 and 7 are ignored.
    ///
    /// # Errors
    ///
    /// The malformed cases of section 6 of docs/protocol.md, except those that
    /// need the dictionary or the inflated body. Ids above 64 bits or ten bytes
    /// are refused, where Pitaya drops the upper bits.
    pub fn decode(data_packet_body: Bytes) -> Result<Self, DecodeError> {
        let mut remaining = data_packet_body;
        let length = remaining.len();
        if length < MIN_MESSAGE_BYTES {
            return Err(DecodeError::MessageTooShort { length });
        }
        let flag = take_byte(&mut remaining).ok_or(DecodeError::MessageTooShort { length })?;
        let has_route_code = flag & FLAG_COMPRESSED_ROUTE != 0;
        let kind = match (flag >> FLAG_TYPE_SHIFT) & FLAG_TYPE_MASK {
            TYPE_REQUEST => MessageKind::Request {
                id: take_message_id(&mut remaining)?,
                route: take_route(&mut remaining, has_route_code)?,
            },
            TYPE_NOTIFY => MessageKind::Notify {
                route: take_route(&mut remaining, has_route_code)?,
            },
            TYPE_RESPONSE => MessageKind::Response {
                id: take_message_id(&mut remaining)?,
            },
            TYPE_PUSH => MessageKind::Push {
                route: take_route(&mut remaining, has_route_code)?,
            },
            type_bits => return Err(DecodeError::UnknownMessageType { type_bits }),
        };
        Ok(Self {
            kind,
            is_error: flag & FLAG_ERROR != 0,
            is_zlib: flag & FLAG_ZLIB != 0,
            body: remaining,
        })
    }

    /// Writes the message alone, without a packet around it.
    ///
    /// # Errors
    ///
    /// [`EncodeError::RouteTooLong`] for a route name above [`MAX_ROUTE_BYTES`].
    pub fn encode(&self) -> Result<Bytes, EncodeError> {
        let head = self.encode_head()?;
        let mut output = BytesMut::with_capacity(head.len() + self.body.len());
        output.extend_from_slice(&head);
        output.extend_from_slice(&self.body);
        Ok(output.freeze())
    }

    /// Writes the message as a whole data packet, ready for a WebSocket message.
    ///
    /// # Errors
    ///
    /// As for [`Message::encode`], and [`EncodeError::PacketBodyTooLarge`].
    pub fn encode_packet(&self) -> Result<Bytes, EncodeError> {
        let head = self.encode_head()?;
        let length = head.len() + self.body.len();
        let mut output = BytesMut::with_capacity(PACKET_HEADER_BYTES + length);
        write_packet_header(PacketType::Data, length, &mut output)?;
        output.extend_from_slice(&head);
        output.extend_from_slice(&self.body);
        Ok(output.freeze())
    }

    /// Everything before the body: flag, id and route.
    fn encode_head(&self) -> Result<BytesMut, EncodeError> {
        let (type_bits, id, route) = match &self.kind {
            MessageKind::Request { id, route } => (TYPE_REQUEST, Some(*id), Some(route)),
            MessageKind::Notify { route } => (TYPE_NOTIFY, None, Some(route)),
            MessageKind::Response { id } => (TYPE_RESPONSE, Some(*id), None),
            MessageKind::Push { route } => (TYPE_PUSH, None, Some(route)),
        };
        let mut flag = type_bits << FLAG_TYPE_SHIFT;
        if matches!(route, Some(MessageRoute::Code(_))) {
            flag |= FLAG_COMPRESSED_ROUTE;
        }
        if self.is_zlib {
            flag |= FLAG_ZLIB;
        }
        if self.is_error {
            flag |= FLAG_ERROR;
        }
        let mut head = BytesMut::with_capacity(2 + MAX_MESSAGE_ID_BYTES + MAX_ROUTE_BYTES);
        head.put_u8(flag);
        if let Some(id) = id {
            write_message_id(id, &mut head);
        }
        match route {
            Some(MessageRoute::Name(name)) => write_route_name(name, &mut head)?,
            Some(MessageRoute::Code(code)) => head.put_u16(*code),
            None => {}
        }
        Ok(head)
    }
}

/// Takes a route off `remaining`: a code of two bytes, or a length byte and text.
fn take_route(remaining: &mut Bytes, has_route_code: bool) -> Result<MessageRoute, DecodeError> {
    if has_route_code {
        return take_array(remaining)
            .map(|code| MessageRoute::Code(u16::from_be_bytes(code)))
            .ok_or(DecodeError::RouteCodeTruncated);
    }
    let declared = take_byte(remaining).map(usize::from).ok_or(DecodeError::RouteMissing)?;
    let available = remaining.len();
    let name = take_bytes(remaining, declared).ok_or(DecodeError::RouteTruncated { declared, available })?;
    Ok(MessageRoute::Name(read_route_name(&name)))
}

/// Reads route bytes, with U+FFFD for whatever is not text.
fn read_route_name(name: &[u8]) -> String {
    match decode_client_text(name) {
        Ok(text) => text.into_owned(),
        Err(_) => String::from_utf8_lossy(name).into_owned(),
    }
}

/// Writes a length byte and the route.
pub(crate) fn write_route_name(name: &str, output: &mut impl BufMut) -> Result<(), EncodeError> {
    let length = name.len();
    let length_byte = u8::try_from(length).map_err(|_| EncodeError::RouteTooLong { length })?;
    output.put_u8(length_byte);
    output.put_slice(name.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &'static [u8]) -> Result<Message, DecodeError> {
        Message::decode(Bytes::from_static(bytes))
    }

    #[test]
    fn a_request_has_an_id_a_route_and_a_body() {
        let message = decode(b"\x00\x80\x01\x09room.join{}").unwrap();
        let kind = MessageKind::Request {
            id: 128,
            route: MessageRoute::Name("room.join".into()),
        };
        assert_eq!(message, Message::new(kind, "{}"));
        assert_eq!(&message.encode().unwrap()[..], b"\x00\x80\x01\x09room.join{}");
    }

    #[test]
    fn route_codes_are_big_endian() {
        let message = decode(b"\x03\x01\x02{}").unwrap();
        let route = MessageRoute::Code(258);
        assert_eq!(message.kind, MessageKind::Notify { route });
    }

    #[test]
    fn a_request_that_ends_after_its_id_has_no_route() {
        assert_eq!(decode(&[0, 1]), Err(DecodeError::RouteMissing));
    }

    #[test]
    fn a_route_must_end_inside_the_message() {
        assert_eq!(
            decode(b"\x00\x01\x02a"),
            Err(DecodeError::RouteTruncated {
                declared: 2,
                available: 1
            })
        );
        assert_eq!(
            decode(&[1, 1, 0]),
            Err(DecodeError::RouteCodeTruncated),
            "one byte of two"
        );
    }

    #[test]
    fn unknown_types_and_short_messages_are_refused() {
        assert_eq!(
            decode(&[0x0e, 1]),
            Err(DecodeError::UnknownMessageType { type_bits: 7 })
        );
        assert_eq!(decode(&[2]), Err(DecodeError::MessageTooShort { length: 1 }));
    }

    #[test]
    fn flags_are_read_and_the_two_top_bits_ignored() {
        let message = decode(b"\xf4\x07x").unwrap();
        assert!(message.is_error && message.is_zlib);
        assert_eq!(message.kind, MessageKind::Response { id: 7 });
        assert_eq!(&message.encode().unwrap()[..], b"\x34\x07x");
    }

    #[test]
    fn a_route_is_read_like_client_text() {
        let with_surrogates = decode(b"\x02\x06\xed\xa0\xbd\xed\xb8\x81").unwrap();
        let route = MessageRoute::Name("\u{1f601}".into());
        assert_eq!(with_surrogates.kind, MessageKind::Notify { route });

        let not_text = decode(b"\x02\x03\xff\x00.").unwrap();
        let route = MessageRoute::Name("\u{fffd}\0.".into());
        assert_eq!(not_text.kind, MessageKind::Notify { route });
    }

    #[test]
    fn routes_end_at_255_bytes() {
        let push = |length| Message::push(MessageRoute::Name("r".repeat(length)), "{}");
        assert!(push(255).encode().is_ok());
        assert!(matches!(
            push(256).encode_packet(),
            Err(EncodeError::RouteTooLong { length: 256 })
        ));
    }

    #[test]
    fn an_error_response_has_flag_24() {
        let packet = Message::error_response(1, "{}").encode_packet().unwrap();
        assert_eq!(&packet[..], b"\x04\0\0\x04\x24\x01{}");
    }
}
