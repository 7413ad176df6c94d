//! Properties of the codec over generated input.
//!
//! The seed is fixed, so every run generates the same input; the fuzz targets
//! are there for what is not generated here.

#![allow(clippy::unwrap_used, reason = "a failing helper fails its test")]

use bytes::{Bytes, BytesMut};
use pitaya_protocol::{
    Connection, ConnectionAction, ConnectionLimits, ConnectionState, DecodeError, HandshakeRequest, HandshakeRule,
    MAX_ROUTE_BYTES, Message, MessageKind, MessageRoute, Packet, PacketSplitter, PacketType, Route, RouteDictionary,
    decode_client_text, from_json, inflate_zlib, to_json,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const LIMIT: usize = 4096;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(0x0070_6974_6179_6121),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn any_packet() -> impl Strategy<Value = Packet> {
    let packet_type = (1_u8..=5).prop_map(|byte| PacketType::try_from(byte).unwrap());
    let body = vec(any::<u8>(), 0..300);
    (packet_type, body).prop_map(|(packet_type, body)| Packet::new(packet_type, body))
}

fn any_route() -> impl Strategy<Value = MessageRoute> {
    let name = any::<String>().prop_filter("fits", |name| name.len() <= MAX_ROUTE_BYTES);
    prop_oneof![
        name.prop_map(MessageRoute::Name),
        any::<u16>().prop_map(MessageRoute::Code),
    ]
}

fn any_kind() -> impl Strategy<Value = MessageKind> {
    // Shifted, so that short ids come up as often as long ones.
    let id = || (any::<u64>(), 0..64_u32).prop_map(|(id, shift)| id >> shift);
    prop_oneof![
        (id(), any_route()).prop_map(|(id, route)| MessageKind::Request { id, route }),
        any_route().prop_map(|route| MessageKind::Notify { route }),
        id().prop_map(|id| MessageKind::Response { id }),
        any_route().prop_map(|route| MessageKind::Push { route }),
    ]
}

fn any_message() -> impl Strategy<Value = Message> {
    let body = vec(any::<u8>(), 0..300);
    (any_kind(), any::<bool>(), any::<bool>(), body).prop_map(|(kind, is_error, is_zlib, body)| Message {
        kind,
        is_error,
        is_zlib,
        body: body.into(),
    })
}

/// Bytes that are likely to be close to what the text decoder looks for.
fn nearly_text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<char>().prop_map(|character| character.to_string().into_bytes()),
        (0xd800_u16..=0xdfff).prop_map(|code_unit| code_unit_bytes(code_unit).to_vec()),
        vec(any::<u8>(), 0..3),
        Just(vec![0xed, 0xa0]),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// One UTF-16 code unit in three bytes, as browser clients write it.
fn code_unit_bytes(code_unit: u16) -> [u8; 3] {
    let [high, low] = code_unit.to_be_bytes();
    [
        0xe0 | high >> 4,
        0x80 | (high & 0x0f) << 2 | low >> 6,
        0x80 | low & 0x3f,
    ]
}

/// The bytes a browser client writes for code units, paired or not.
fn write_like_browser(code_units: &[u16]) -> Vec<u8> {
    let encode = |code_unit: &u16| match char::from_u32(u32::from(*code_unit)) {
        Some(character) => character.to_string().into_bytes(),
        None => code_unit_bytes(*code_unit).to_vec(),
    };
    code_units.iter().flat_map(encode).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn packets_survive_a_round_trip(packet in any_packet()) {
        let encoded = packet.encode().unwrap();
        prop_assert_eq!(Packet::decode_exact(encoded, LIMIT), Ok(packet));
    }

    #[test]
    fn packets_in_a_row_are_split(packets in vec(any_packet(), 1..6)) {
        let mut buffer = BytesMut::new();
        for packet in &packets {
            packet.encode_into(&mut buffer).unwrap();
        }
        let split: Result<Vec<_>, _> = PacketSplitter::new(buffer.freeze(), LIMIT).collect();
        prop_assert_eq!(split, Ok(packets));
    }

    #[test]
    fn a_cut_packet_is_refused(packet in any_packet(), cut in 1_usize..) {
        let mut encoded = packet.encode().unwrap();
        encoded.truncate(encoded.len() - 1 - cut % encoded.len());
        prop_assert!(Packet::decode_exact(encoded, LIMIT).is_err());
    }

    #[test]
    fn messages_survive_a_round_trip(message in any_message()) {
        let encoded = message.encode().unwrap();
        let packet = Packet::decode_exact(message.encode_packet().unwrap(), LIMIT).unwrap();
        prop_assert_eq!(&packet.body, &encoded);
        prop_assert_eq!(Message::decode(encoded), Ok(message));
    }

    #[test]
    fn nothing_panics_on_arbitrary_bytes(bytes in vec(any::<u8>(), 0..64)) {
        let _ = HandshakeRequest::parse(&bytes);
        let _ = decode_client_text(&bytes);
        let _ = from_json::<serde_json::Value>(&bytes);
        let _ = inflate_zlib(&bytes, LIMIT);
        let bytes = Bytes::from(bytes);
        let _ = Packet::decode_exact(bytes.clone(), LIMIT);
        prop_assert!(PacketSplitter::new(bytes.clone(), LIMIT).count() <= 1 + bytes.len() / 4);
        if let Ok(Message { kind: MessageKind::Request { route: MessageRoute::Name(name), .. }, .. })
            = Message::decode(bytes)
        {
            let _ = Route::parse(&name);
        }
    }

    #[test]
    fn messages_with_a_valid_flag_do_not_panic(flag in 0_u8..8, rest in vec(any::<u8>(), 0..20)) {
        let message = Bytes::from([vec![flag], rest].concat());
        if let Err(error) = Message::decode(message) {
            let is_about_type = matches!(error, DecodeError::UnknownMessageType { .. });
            prop_assert!(!is_about_type);
        }
    }

    #[test]
    fn a_connection_ends_where_it_says_close(
        packets in vec(any_packet(), 0..12),
        starts_working in any::<bool>(),
    ) {
        let limits = ConnectionLimits {
            max_packet_body_bytes: LIMIT,
            max_inflated_body_bytes: LIMIT,
            handshake_rule: HandshakeRule::Required,
        };
        let mut connection = Connection::new(limits, RouteDictionary::new().into());
        if starts_working {
            connection.receive_packet(Packet::new(PacketType::Handshake, "{}"));
            connection.receive_packet(Packet::new(PacketType::HandshakeAck, ""));
        }
        for packet in packets {
            let was_working = connection.state() == ConnectionState::Working;
            let action = connection.receive_packet(packet);
            let is_end = matches!(
                action,
                ConnectionAction::Close(_) | ConnectionAction::RefuseHandshake(_)
            );
            prop_assert_eq!(is_end, connection.state() == ConnectionState::Closed);
            prop_assert!(was_working || !matches!(action, ConnectionAction::Call(_)));
        }
    }

    #[test]
    fn text_decoding_is_total_and_leaves_utf8_alone(bytes in nearly_text()) {
        match (decode_client_text(&bytes), std::str::from_utf8(&bytes)) {
            (Ok(decoded), Ok(text)) => prop_assert_eq!(decoded, text),
            (Err(error), _) => {
                prop_assert!(error.offset < bytes.len());
                prop_assert!(decode_client_text(&bytes[..error.offset]).is_ok());
            }
            (Ok(decoded), Err(_)) => {
                let has_surrogate_result = decoded.chars().any(|character| {
                    character.len_utf16() == 2 || character == char::REPLACEMENT_CHARACTER
                });
                prop_assert!(has_surrogate_result);
            }
        }
    }

    #[test]
    fn text_of_a_browser_is_joined(text in any::<String>()) {
        let code_units: Vec<u16> = text.encode_utf16().collect();
        let bytes = write_like_browser(&code_units);
        prop_assert_eq!(decode_client_text(&bytes).unwrap(), text);
    }

    #[test]
    fn lone_surrogates_of_a_browser_are_replaced(code_units in vec(
        prop_oneof![0xd800_u16..=0xdfff, any::<u16>()],
        0..20,
    )) {
        let bytes = write_like_browser(&code_units);
        let expected = String::from_utf16_lossy(&code_units);
        prop_assert_eq!(decode_client_text(&bytes).unwrap(), expected);
    }

    #[test]
    fn json_is_written_without_four_byte_utf8_and_reads_back(text in any::<String>()) {
        let written = to_json(&text).unwrap();
        prop_assert!(written.iter().all(|byte| *byte < 0xf0));
        prop_assert_eq!(&serde_json::from_slice::<String>(&written).unwrap(), &text);
        prop_assert_eq!(from_json::<String>(&written).unwrap(), text);
    }

    #[test]
    fn escaped_code_units_read_as_utf16(code_units in vec(
        prop_oneof![0xd800_u16..=0xdfff, any::<u16>()],
        0..20,
    )) {
        let escapes: String = code_units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
        let read: String = from_json(format!("\"{escapes}\"").as_bytes()).unwrap();
        prop_assert_eq!(read, String::from_utf16_lossy(&code_units));
    }
}
