//! Packets: one to a buffer, several to a buffer, and a connection fed with them.

#![no_main]

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use libfuzzer_sys::fuzz_target;
use pitaya_protocol::{
    Connection, ConnectionAction, ConnectionLimits, ConnectionState, HandshakeRule, Packet, PacketSplitter,
    RouteDictionary,
};

const LIMIT: usize = 64 * 1024;

fuzz_target!(|input: &[u8]| {
    let buffer = Bytes::copy_from_slice(input);
    if let Ok(packet) = Packet::decode_exact(buffer.clone(), LIMIT) {
        assert_eq!(packet.encode().unwrap(), buffer);
    }

    let mut written = BytesMut::new();
    let limits = ConnectionLimits {
        max_packet_body_bytes: LIMIT,
        max_inflated_body_bytes: LIMIT,
        handshake_rule: HandshakeRule::Required,
    };
    let mut connection = Connection::new(limits, Arc::new(RouteDictionary::new()));
    for packet in PacketSplitter::new(buffer, LIMIT).map_while(Result::ok) {
        packet.encode_into(&mut written).unwrap();
        let was_working = connection.state() == ConnectionState::Working;
        let action = connection.receive_packet(packet);
        let is_end = matches!(
            action,
            ConnectionAction::Close(_) | ConnectionAction::RefuseHandshake(_)
        );
        assert_eq!(is_end, connection.state() == ConnectionState::Closed);
        assert!(was_working || !matches!(action, ConnectionAction::Call(_)));
    }
    assert!(input.starts_with(&written));
});
