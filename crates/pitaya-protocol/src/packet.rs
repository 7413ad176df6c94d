//! Packets: the outer frame of everything on a connection.
//!
//! A packet is one type byte, a body length of three bytes (big-endian) and the
//! body (docs/protocol.md, section 2; "Packet format" in the pomelo wiki's
//! communication protocol page). One WebSocket message carries one packet.

use bytes::{BufMut, Bytes, BytesMut};

use crate::bytes_reader::{take_array, take_bytes};
use crate::error::{DecodeError, EncodeError};

/// Bytes of a packet header: one for the type, three for the body length.
pub const PACKET_HEADER_BYTES: usize = 4;

/// The largest body a packet can declare, in bytes (2^24 - 1).
pub const MAX_PACKET_BODY_BYTES: usize = 0x00ff_ffff;

/// What a packet is for. The discriminants are the type bytes of the wire.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[repr(u8)]
pub enum PacketType {
    /// First packet of either side; the body is a JSON object.
    Handshake = 1,
    /// The client has read the server's handshake; the body is empty.
    HandshakeAck = 2,
    /// A sign of life; the body is empty.
    Heartbeat = 3,
    /// The body is one message, see [`crate::Message`].
    Data = 4,
    /// The server is about to close; the body is `{"reason":"…"}` or empty.
    Kick = 5,
}

impl PacketType {
    /// The type byte of the wire, 1 to 5.
    #[must_use]
    pub const fn to_byte(self) -> u8 {
        self as u8
    }
}

impl TryFrom<u8> for PacketType {
    type Error = DecodeError;

    /// Reads a type byte; anything but 1 to 5 is [`DecodeError::UnknownPacketType`].
    fn try_from(packet_type: u8) -> Result<Self, DecodeError> {
        match packet_type {
            1 => Ok(Self::Handshake),
            2 => Ok(Self::HandshakeAck),
            3 => Ok(Self::Heartbeat),
            4 => Ok(Self::Data),
            5 => Ok(Self::Kick),
            _ => Err(DecodeError::UnknownPacketType { packet_type }),
        }
    }
}

/// One packet: its type and its body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Packet {
    /// What the packet is for.
    pub packet_type: PacketType,
    /// The body, 0 to [`MAX_PACKET_BODY_BYTES`] bytes.
    pub body: Bytes,
}

impl Packet {
    /// A packet with this body. Lengths are checked when it is encoded.
    #[must_use]
    pub fn new(packet_type: PacketType, body: impl Into<Bytes>) -> Self {
        Self {
            packet_type,
            body: body.into(),
        }
    }

    /// Reads a buffer that holds exactly one packet, as a WebSocket message from
    /// a client does. The body shares the buffer's memory.
    ///
    /// `max_body_bytes` is the largest body to accept.
    ///
    /// # Errors
    ///
    /// Everything in section 2 of docs/protocol.md: a short header, an unknown
    /// type, a body above the limit, and a declared length that is not equal to
    /// the rest of the buffer.
    pub fn decode_exact(mut websocket_message: Bytes, max_body_bytes: usize) -> Result<Self, DecodeError> {
        let packet = Self::take_first(&mut websocket_message, max_body_bytes)?;
        match websocket_message.len() {
            0 => Ok(packet),
            extra => Err(DecodeError::BytesAfterPacket { extra }),
        }
    }

    /// Writes the packet into a buffer of its own.
    ///
    /// # Errors
    ///
    /// [`EncodeError::PacketBodyTooLarge`] for a body above [`MAX_PACKET_BODY_BYTES`].
    pub fn encode(&self) -> Result<Bytes, EncodeError> {
        let mut output = BytesMut::with_capacity(PACKET_HEADER_BYTES + self.body.len());
        self.encode_into(&mut output)?;
        Ok(output.freeze())
    }

    /// Appends the packet to `output`, which stays as it was on an error.
    ///
    /// # Errors
    ///
    /// As for [`Packet::encode`].
    pub fn encode_into(&self, output: &mut BytesMut) -> Result<(), EncodeError> {
        write_packet_header(self.packet_type, self.body.len(), output)?;
        output.extend_from_slice(&self.body);
        Ok(())
    }

    /// Takes the first packet off the front of `remaining`.
    fn take_first(remaining: &mut Bytes, max_body_bytes: usize) -> Result<Self, DecodeError> {
        let length = remaining.len();
        let [type_byte, high, middle, low] =
            take_array::<PACKET_HEADER_BYTES>(remaining).ok_or(DecodeError::PacketTooShort { length })?;
        let packet_type = PacketType::try_from(type_byte)?;
        let declared = usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low);
        if declared > max_body_bytes {
            return Err(DecodeError::PacketBodyTooLarge {
                declared,
                limit: max_body_bytes,
            });
        }
        let available = remaining.len();
        let body = take_bytes(remaining, declared).ok_or(DecodeError::PacketBodyTruncated { declared, available })?;
        Ok(Self { packet_type, body })
    }
}

/// Appends a packet header for a body of `body_bytes` bytes to `output`.
pub(crate) fn write_packet_header(
    packet_type: PacketType,
    body_bytes: usize,
    output: &mut impl BufMut,
) -> Result<(), EncodeError> {
    let too_large = EncodeError::PacketBodyTooLarge { length: body_bytes };
    // A body of 2^24 bytes would read as an empty one followed by garbage.
    let Ok(length) = u32::try_from(body_bytes) else {
        return Err(too_large);
    };
    let [0, high, middle, low] = length.to_be_bytes() else {
        return Err(too_large);
    };
    output.put_slice(&[packet_type.to_byte(), high, middle, low]);
    Ok(())
}

/// The packets of one buffer that may hold several, in order.
///
/// Pomelo servers batch packets this way, and so does a server that has agreed
/// on the `batch` extension of the handshake. The iterator ends after the last
/// packet or after the first error. An empty buffer is an error, as it is for
/// [`Packet::decode_exact`].
#[derive(Clone, Debug)]
pub struct PacketSplitter {
    remaining: Option<Bytes>,
    max_body_bytes: usize,
}

impl PacketSplitter {
    /// Splits `websocket_message`; `max_body_bytes` is the largest body to
    /// accept in each packet.
    #[must_use]
    pub fn new(websocket_message: Bytes, max_body_bytes: usize) -> Self {
        Self {
            remaining: Some(websocket_message),
            max_body_bytes,
        }
    }
}

impl Iterator for PacketSplitter {
    type Item = Result<Packet, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut remaining = self.remaining.take()?;
        let packet = Packet::take_first(&mut remaining, self.max_body_bytes);
        if packet.is_ok() && !remaining.is_empty() {
            self.remaining = Some(remaining);
        }
        Some(packet)
    }
}

impl std::iter::FusedIterator for PacketSplitter {}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &'static [u8]) -> Result<Packet, DecodeError> {
        Packet::decode_exact(Bytes::from_static(bytes), 1024)
    }

    #[test]
    fn reads_one_packet() {
        let packet = decode(&[4, 0, 0, 2, 0xaa, 0xbb]).unwrap();
        assert_eq!(packet.packet_type, PacketType::Data);
        assert_eq!(&packet.body[..], [0xaa, 0xbb]);
    }

    #[test]
    fn the_declared_length_must_be_the_rest() {
        assert_eq!(
            decode(&[4, 0, 0, 2, 0xaa]),
            Err(DecodeError::PacketBodyTruncated {
                declared: 2,
                available: 1
            })
        );
        assert_eq!(
            decode(&[3, 0, 0, 0, 0xaa]),
            Err(DecodeError::BytesAfterPacket { extra: 1 })
        );
    }

    #[test]
    fn the_limit_is_checked_before_the_body_is_there() {
        assert_eq!(
            decode(&[4, 0xff, 0xff, 0xff]),
            Err(DecodeError::PacketBodyTooLarge {
                declared: MAX_PACKET_BODY_BYTES,
                limit: 1024
            })
        );
    }

    #[test]
    fn short_headers_and_unknown_types_are_refused() {
        assert_eq!(decode(&[]), Err(DecodeError::PacketTooShort { length: 0 }));
        assert_eq!(decode(&[1, 0, 0]), Err(DecodeError::PacketTooShort { length: 3 }));
        for packet_type in [0, 6, 0x80, 0xff] {
            assert_eq!(
                PacketType::try_from(packet_type),
                Err(DecodeError::UnknownPacketType { packet_type })
            );
        }
    }

    #[test]
    fn the_largest_body_is_written_and_one_byte_more_is_refused() {
        let largest = Packet::new(PacketType::Data, vec![0; MAX_PACKET_BODY_BYTES]);
        let encoded = largest.encode().unwrap();
        assert_eq!(&encoded[..4], [4, 0xff, 0xff, 0xff]);

        let mut output = BytesMut::new();
        let too_large = Packet::new(PacketType::Data, vec![0; MAX_PACKET_BODY_BYTES + 1]);
        assert!(matches!(
            too_large.encode_into(&mut output),
            Err(EncodeError::PacketBodyTooLarge { length }) if length == 1 << 24
        ));
        assert!(output.is_empty());
    }

    #[test]
    fn the_splitter_stops_after_an_error() {
        let buffer = Bytes::from_static(&[3, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 3, 0, 0, 0]);
        let results: Vec<_> = PacketSplitter::new(buffer, 10).collect();
        assert_eq!(results.len(), 3);
        assert!(results[0].is_ok() && results[1].is_ok());
        assert_eq!(results[2], Err(DecodeError::UnknownPacketType { packet_type: 9 }));
    }

    #[test]
    fn an_empty_buffer_holds_no_packet() {
        let results: Vec<_> = PacketSplitter::new(Bytes::new(), 10).collect();
        assert_eq!(results, [Err(DecodeError::PacketTooShort { length: 0 })]);
    }
}
