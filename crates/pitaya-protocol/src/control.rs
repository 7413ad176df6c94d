//! Packets whose bytes are fixed or nearly so: heartbeat, handshake ack and kick.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::error::EncodeError;
use crate::json::to_json;
use crate::packet::{Packet, PacketType};

/// A whole heartbeat packet, the same in both directions.
pub const HEARTBEAT_PACKET: [u8; 4] = [PacketType::Heartbeat.to_byte(), 0, 0, 0];

/// A whole handshake ack packet, as clients send it.
pub const HANDSHAKE_ACK_PACKET: [u8; 4] = [PacketType::HandshakeAck.to_byte(), 0, 0, 0];

/// The body of a kick packet, `{"reason":"…"}`.
///
/// Browser clients parse the body as JSON and never tell the page about a kick
/// without one; the other clients ignore it (docs/protocol.md, section 11).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct KickBody {
    /// Why the server ends the connection, for the page or the log.
    pub reason: String,
}

impl KickBody {
    /// Writes the whole kick packet with this body.
    ///
    /// # Errors
    ///
    /// [`EncodeError::PacketBodyTooLarge`] when the reason does not fit into a packet.
    pub fn encode_packet(&self) -> Result<Bytes, EncodeError> {
        Packet::new(PacketType::Kick, to_json(self)?).encode()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_packets() {
        for (bytes, packet_type) in [
            (HEARTBEAT_PACKET, PacketType::Heartbeat),
            (HANDSHAKE_ACK_PACKET, PacketType::HandshakeAck),
        ] {
            let packet = Packet::new(packet_type, Bytes::new());
            assert_eq!(&packet.encode().unwrap()[..], bytes);
        }
    }

    #[test]
    fn a_kick_carries_its_reason_as_json() {
        let kick = KickBody {
            reason: "replaced".into(),
        };
        assert_eq!(
            &kick.encode_packet().unwrap()[..],
            b"\x05\0\0\x15{\"reason\":\"replaced\"}"
        );
    }
}
