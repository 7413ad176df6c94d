//! Packets to clients: answers, pushes and kicks as the bytes of a connection.

use bytes::Bytes;
use pitaya_protocol::{EncodeError, ErrorBody, KickBody, Message, MessageRoute, to_json};
use serde::Serialize;
use wire::{Empty, Envelope};

/// Pitaya's Go client holds a frame of a whole number of these bytes back until the next one
/// comes (docs/protocol.md, section 13).
const GO_CLIENT_BUFFER: usize = 1024;

/// A push, encoded once for everyone who gets it.
#[derive(Debug, Clone)]
pub(crate) struct Push {
    /// The whole packet.
    pub(crate) packet: Bytes,
    /// True for what may be left out under pressure.
    pub(crate) is_droppable: bool,
}

/// The JSON of a successful answer.
pub(crate) fn success<T: Serialize>(data: &T) -> serde_json::Result<Vec<u8>> {
    to_json(&Envelope::success(data))
}

/// The packet that answers request `id`.
pub(crate) fn response(id: u64, json: Vec<u8>) -> Result<Bytes, EncodeError> {
    packet(Message::response(id, json))
}

/// The packet that answers request `id` with a failure of the chat.
pub(crate) fn failure_response(id: u64, envelope: &Envelope<Empty>) -> Result<Bytes, EncodeError> {
    packet(Message::response(id, to_json(envelope)?))
}

/// The packet that answers request `id` with an error of the transport.
pub(crate) fn error_response(id: u64, error: &ErrorBody) -> Result<Bytes, EncodeError> {
    packet(Message::error_response(id, error.to_json()?))
}

/// A push that must arrive. `None`, with a line in the log, when it cannot be written.
pub(crate) fn push<T: Serialize>(route: &str, body: &T) -> Option<Push> {
    let encoded = to_json(body)
        .map_err(EncodeError::from)
        .and_then(|json| packet(Message::push(MessageRoute::Name(route.to_owned()), json)));
    match encoded {
        Ok(packet) => Some(Push {
            packet,
            is_droppable: false,
        }),
        Err(error) => {
            tracing::error!(route, %error, "could not write a push");
            None
        }
    }
}

/// A push that may be left out under pressure.
pub(crate) fn droppable_push<T: Serialize>(route: &str, body: &T) -> Option<Push> {
    push(route, body).map(|push| Push {
        is_droppable: true,
        ..push
    })
}

/// The packet that tells why the connection ends.
pub(crate) fn kick(reason: &str) -> Bytes {
    let body = KickBody {
        reason: reason.to_owned(),
    };
    body.encode_packet().unwrap_or_default()
}

fn packet(message: Message) -> Result<Bytes, EncodeError> {
    let packet = message.encode_packet()?;
    if !packet.len().is_multiple_of(GO_CLIENT_BUFFER) {
        return Ok(packet);
    }
    // White space behind JSON means nothing.
    let mut body = Vec::from(message.body);
    body.push(b' ');
    Message {
        body: body.into(),
        ..message
    }
    .encode_packet()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_packet_fills_the_go_clients_buffer_exactly() {
        for length in 900..1200 {
            let push = push("onMessage", &"x".repeat(length)).unwrap();
            assert!(!push.packet.len().is_multiple_of(1024), "{length}");
            let message = Message::decode(push.packet.slice(4..)).unwrap();
            let text: String = serde_json::from_slice(&message.body).unwrap();
            assert_eq!(text.len(), length);
        }
    }

    #[test]
    fn emoji_leave_as_escapes() {
        let json = success(&"😁").unwrap();
        assert_eq!(json, br#"{"code":0,"message":"success","data":"\ud83d\ude01"}"#);
    }
}
