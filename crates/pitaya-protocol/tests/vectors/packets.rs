//! Groups about packets: one to a buffer, several to a buffer, and malformed ones.

use bytes::{BufMut, Bytes, BytesMut};
use pitaya_protocol::{DecodeError, Packet, PacketSplitter};
use serde::Deserialize;

use crate::connection::{is_close, working_connection};
use crate::{Expectation, NO_LIMIT, bytes_of_hex, packet_type_of_name};

#[derive(Deserialize)]
pub(crate) struct PacketVector {
    r#type: String,
    type_code: u8,
    body_hex: Option<String>,
    body_fill: Option<BodyFill>,
    encoded_hex: Option<String>,
    header_hex: Option<String>,
}

/// A long body: one byte, repeated.
#[derive(Deserialize)]
struct BodyFill {
    byte_hex: String,
    count: usize,
}

impl PacketVector {
    fn body(&self) -> Bytes {
        match (&self.body_hex, &self.body_fill) {
            (Some(hex), None) => bytes_of_hex(hex),
            (None, Some(fill)) => bytes_of_hex(&fill.byte_hex).repeat(fill.count).into(),
            _ => panic!("a packet has one body"),
        }
    }

    fn encoded(&self) -> Bytes {
        match (&self.encoded_hex, &self.header_hex) {
            (Some(hex), None) => bytes_of_hex(hex),
            (None, Some(header_hex)) => {
                let mut encoded = BytesMut::from(bytes_of_hex(header_hex));
                encoded.put(self.body());
                encoded.freeze()
            }
            _ => panic!("a packet has one encoding"),
        }
    }
}

pub(crate) fn encodes_and_decodes(vector: &PacketVector) {
    let packet_type = packet_type_of_name(&vector.r#type);
    assert_eq!(packet_type.to_byte(), vector.type_code);
    let packet = Packet::new(packet_type, vector.body());
    assert_eq!(packet.encode().unwrap(), vector.encoded());
    assert_eq!(Packet::decode_exact(vector.encoded(), NO_LIMIT), Ok(packet));
}

/// A packet as the vectors write it.
#[derive(Deserialize)]
struct DecodedPacket {
    r#type: String,
    body_hex: String,
}

impl DecodedPacket {
    fn packet(&self) -> Packet {
        Packet::new(packet_type_of_name(&self.r#type), bytes_of_hex(&self.body_hex))
    }
}

#[derive(Deserialize)]
pub(crate) struct StreamVector {
    encoded_hex: String,
    packets: Vec<DecodedPacket>,
}

pub(crate) fn splits(vector: &StreamVector) {
    let stream = bytes_of_hex(&vector.encoded_hex);
    let packets: Vec<_> = PacketSplitter::new(stream.clone(), NO_LIMIT)
        .map(Result::unwrap)
        .collect();
    let expected: Vec<_> = vector.packets.iter().map(DecodedPacket::packet).collect();
    assert_eq!(packets, expected);

    let mut written = BytesMut::new();
    for packet in &packets {
        packet.encode_into(&mut written).unwrap();
    }
    assert_eq!(written, stream);

    // A server takes one packet per WebSocket message.
    assert!(matches!(
        Packet::decode_exact(stream, NO_LIMIT),
        Err(DecodeError::BytesAfterPacket { .. })
    ));
}

#[derive(Deserialize)]
pub(crate) struct WebsocketMessageVector {
    hex: String,
    expect: Expectation,
    decoded: Option<Vec<DecodedPacket>>,
}

pub(crate) fn judges_websocket_message(vector: &WebsocketMessageVector) {
    let websocket_message = bytes_of_hex(&vector.hex);
    let split: Result<Vec<_>, _> = PacketSplitter::new(websocket_message.clone(), NO_LIMIT).collect();
    let decoded = Packet::decode_exact(websocket_message.clone(), NO_LIMIT);
    match vector.expect {
        Expectation::Accept => {
            let expected = vector.decoded.iter().flatten().map(DecodedPacket::packet);
            assert!(expected.eq([decoded.unwrap()]));
            assert_eq!(split.unwrap().len(), 1);
        }
        Expectation::Reject => {
            assert!(decoded.is_err() && split.is_err());
            assert!(is_close(&working_connection().receive(websocket_message)));
        }
        // Closed here by a connection, split by a caller that chooses to.
        Expectation::Any => {
            assert!(is_close(&working_connection().receive(websocket_message)));
            assert_eq!(split.unwrap().len(), 2);
        }
    }
}
