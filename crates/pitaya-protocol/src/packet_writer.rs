//! Data packets that are written in place, without a buffer for each of their layers.

use bytes::BufMut;

use crate::error::EncodeError;
use crate::message::{FLAG_ERROR, FLAG_TYPE_SHIFT, TYPE_PUSH, TYPE_RESPONSE, write_route_name};
use crate::message_id::write_message_id;
use crate::packet::{PACKET_HEADER_BYTES, PacketType, write_packet_header};

/// A data packet at the end of a buffer: its head stands there, its body is appended by whoever
/// holds this, and [`finish`](Self::finish) writes its length.
///
/// The packet is the one that [`Message::encode_packet`](crate::Message::encode_packet) writes.
#[derive(Debug)]
pub struct PacketWriter<'a> {
    output: &'a mut Vec<u8>,
    start: usize,
}

impl<'a> PacketWriter<'a> {
    /// Begins a push.
    ///
    /// # Errors
    ///
    /// [`EncodeError::RouteTooLong`].
    pub fn push(output: &'a mut Vec<u8>, route: &str) -> Result<Self, EncodeError> {
        let writer = Self::begin(output, TYPE_PUSH << FLAG_TYPE_SHIFT);
        write_route_name(route, writer.output)?;
        Ok(writer)
    }

    /// Begins the answer to request `id`; the body of one that `is_error` is an
    /// [`ErrorBody`](crate::ErrorBody).
    pub fn response(output: &'a mut Vec<u8>, id: u64, is_error: bool) -> Self {
        let error_bit = if is_error { FLAG_ERROR } else { 0 };
        let writer = Self::begin(output, TYPE_RESPONSE << FLAG_TYPE_SHIFT | error_bit);
        write_message_id(id, writer.output);
        writer
    }

    /// The buffer, to append the body to.
    pub fn body(&mut self) -> &mut Vec<u8> {
        self.output
    }

    /// Bytes of the packet so far.
    #[must_use]
    pub fn packet_bytes(&self) -> usize {
        self.output.len().saturating_sub(self.start)
    }

    /// Ends the packet.
    ///
    /// # Errors
    ///
    /// [`EncodeError::PacketBodyTooLarge`].
    pub fn finish(self) -> Result<(), EncodeError> {
        let body_bytes = self.packet_bytes().saturating_sub(PACKET_HEADER_BYTES);
        let mut header = self.output.get_mut(self.start..).unwrap_or_default();
        write_packet_header(PacketType::Data, body_bytes, &mut header)
    }

    fn begin(output: &'a mut Vec<u8>, flag: u8) -> Self {
        let start = output.len();
        output.put_bytes(0, PACKET_HEADER_BYTES);
        output.put_u8(flag);
        Self { output, start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MAX_PACKET_BODY_BYTES, Message, MessageRoute};

    fn written(begin: impl FnOnce(&mut Vec<u8>) -> PacketWriter<'_>, body: &[u8]) -> Vec<u8> {
        // Whatever stands before it stays.
        let mut output = b"before".to_vec();
        let mut packet = begin(&mut output);
        packet.body().extend_from_slice(body);
        packet.finish().unwrap();
        output.split_off(6)
    }

    #[test]
    fn packets_are_the_same_as_those_of_messages() {
        for body in [&b""[..], b"{}", &[b'x'; 300]] {
            let push = Message::push(MessageRoute::Name("onMessage".into()), body.to_vec());
            let written_push = written(|output| PacketWriter::push(output, "onMessage").unwrap(), body);
            assert_eq!(written_push, push.encode_packet().unwrap());
            for id in [1, 127, 128, u64::MAX] {
                let response = Message::response(id, body.to_vec());
                let error = Message::error_response(id, body.to_vec());
                for (message, is_error) in [(response, false), (error, true)] {
                    let written = written(|output| PacketWriter::response(output, id, is_error), body);
                    assert_eq!(written, message.encode_packet().unwrap());
                }
            }
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let mut output = Vec::new();
        assert!(matches!(
            PacketWriter::push(&mut output, &"r".repeat(256)),
            Err(EncodeError::RouteTooLong { length: 256 })
        ));
        let mut packet = PacketWriter::response(&mut output, 1, false);
        packet.body().resize(MAX_PACKET_BODY_BYTES + 1024, b'x');
        assert!(matches!(packet.finish(), Err(EncodeError::PacketBodyTooLarge { .. })));
    }
}
