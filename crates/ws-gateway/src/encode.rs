//! Packets to clients: answers, pushes and kicks as the bytes of a connection.

use std::cell::Cell;

use bytes::Bytes;
use pitaya_protocol::{EncodeError, ErrorBody, KickBody, PacketWriter, append_json, to_json};
use serde::Serialize;
use wire::message::Form;
use wire::{Envelope, Hint};

/// Pitaya's Go client holds a frame of a whole number of these bytes back until the next one
/// comes (docs/protocol.md, section 13).
const GO_CLIENT_BUFFER: usize = 1024;
/// A buffer that has grown beyond this is given back.
const SCRATCH_BYTES_MAX: usize = 64 * 1024;

thread_local! {
    /// Where packets are put together: one buffer for all of a thread.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A push, encoded once for everyone who gets it.
#[derive(Debug, Clone)]
pub(crate) struct Push {
    /// The whole packet; `None` where nobody is there who reads this form.
    pub(crate) packet: Option<Bytes>,
    /// Another one for those who read the compact form, where there is one.
    pub(crate) compact: Option<Bytes>,
    /// True for what may be left out under pressure.
    pub(crate) is_droppable: bool,
}

impl Push {
    /// The packet for a connection that reads this form.
    pub(crate) fn packet_for(&self, form: Form) -> Option<&Bytes> {
        match (form, &self.compact) {
            (Form::Compact, Some(compact)) => Some(compact),
            _ => self.packet.as_ref(),
        }
    }

    /// Bytes that it puts into an outbox at most.
    pub(crate) fn bytes(&self) -> usize {
        [&self.packet, &self.compact]
            .into_iter()
            .flatten()
            .map(Bytes::len)
            .max()
            .unwrap_or_default()
    }
}

/// The JSON of a successful answer.
pub(crate) fn success<T: Serialize>(data: &T) -> serde_json::Result<Vec<u8>> {
    to_json(&Envelope::success(data))
}

/// The packet that answers request `id`.
pub(crate) fn response(id: u64, json: &[u8]) -> Result<Bytes, EncodeError> {
    response_packet(id, false, |body| {
        body.extend_from_slice(json);
        Ok(())
    })
}

/// The packet that answers request `id` with a failure of the chat.
pub(crate) fn failure_response(id: u64, envelope: &Envelope<Hint>) -> Result<Bytes, EncodeError> {
    response_packet(id, false, |body| Ok(append_json(envelope, body)?))
}

/// The packet that answers request `id` with an error of the transport.
pub(crate) fn error_response(id: u64, error: &ErrorBody) -> Result<Bytes, EncodeError> {
    let json = error.to_json()?;
    response_packet(id, true, |body| {
        body.extend_from_slice(&json);
        Ok(())
    })
}

/// A push that must arrive. `None`, with a line in the log, when it cannot be written.
pub(crate) fn push<T: Serialize>(route: &str, body: &T) -> Option<Push> {
    push_packet(route, |output| Ok(append_json(body, output)?)).map(|packet| Push {
        packet: Some(packet),
        compact: None,
        is_droppable: false,
    })
}

/// The packet of a push whose JSON `write` appends to the packet so far. `None`, with a line in the
/// log, when it cannot be written.
pub(crate) fn push_packet(route: &str, write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>) -> Option<Bytes> {
    packet(|output| PacketWriter::push(output, route), write)
        .inspect_err(|error| tracing::error!(route, %error, "could not write a push"))
        .ok()
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

fn response_packet(
    id: u64,
    is_error: bool,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<Bytes, EncodeError> {
    packet(|output| Ok(PacketWriter::response(output, id, is_error)), write)
}

/// Puts a packet together and copies it once, so that what waits in the outboxes is as large as it
/// says.
fn packet(
    begin: impl FnOnce(&mut Vec<u8>) -> Result<PacketWriter<'_>, EncodeError>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<Bytes, EncodeError> {
    let mut scratch = SCRATCH.take();
    scratch.clear();
    let mut packet = begin(&mut scratch)?;
    write(packet.body())?;
    if packet.packet_bytes().is_multiple_of(GO_CLIENT_BUFFER) {
        // White space behind JSON means nothing.
        packet.body().push(b' ');
    }
    packet.finish()?;
    let bytes = Bytes::copy_from_slice(&scratch);
    if scratch.capacity() <= SCRATCH_BYTES_MAX {
        SCRATCH.set(scratch);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use pitaya_protocol::Message;

    use super::*;

    #[test]
    fn no_packet_fills_the_go_clients_buffer_exactly() {
        for length in 900..1200 {
            let push = push("onMessage", &"x".repeat(length)).unwrap();
            let packet = push.packet.unwrap();
            assert!(!packet.len().is_multiple_of(1024), "{length}");
            let message = Message::decode(packet.slice(4..)).unwrap();
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
