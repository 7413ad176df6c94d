//! The packets that wait for one connection, and how they become the bytes of WebSocket messages.

use std::collections::VecDeque;
use std::task::Waker;

use actix_http::ws::{CloseReason, OpCode, Parser};
use actix_ws::Message;
use bytes::{Bytes, BytesMut};
use tokio::time::Instant;

use super::Phase;

/// Bytes that are handed to the socket at once, and the largest WebSocket message that several
/// packets are put into.
const CHUNK_BYTES: usize = 64 * 1024;
/// A queue that grew beyond this many packets gives its memory back once it is empty.
const SPARE_PACKETS: usize = 32;

/// What waits, and how the connection stands.
pub(super) struct State {
    pub(super) packets: VecDeque<Bytes>,
    pub(super) bytes: usize,
    /// The rest of a write that the socket took a part of.
    pub(super) unsent: Bytes,
    pub(super) waiting_since: Option<Instant>,
    pub(super) pong: Option<Bytes>,
    pub(super) is_batching: bool,
    pub(super) is_kickable: bool,
    pub(super) phase: Phase,
    pub(super) close: Option<CloseReason>,
    pub(super) writer: Option<Waker>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            packets: VecDeque::new(),
            bytes: 0,
            unsent: Bytes::new(),
            waiting_since: None,
            pong: None,
            is_batching: false,
            is_kickable: false,
            phase: Phase::Open,
            close: None,
            writer: None,
        }
    }

    /// Whether there is anything to write.
    pub(super) fn is_waiting(&self) -> bool {
        !self.packets.is_empty() || !self.unsent.is_empty() || self.pong.is_some() || self.close.is_some()
    }

    /// Puts the next bytes for the socket together: all that waits, up to 64 KiB.
    pub(super) fn write_chunk(&mut self, chunk: &mut BytesMut) {
        if let Some(payload) = self.pong.take() {
            Parser::write_message(chunk, payload, OpCode::Pong, true, false);
        }
        self.write_packets(chunk);
        if self.packets.is_empty()
            && let Some(close) = self.close.take()
        {
            Parser::write_close(chunk, Some(close), false);
        }
    }

    /// The next WebSocket message.
    pub(super) fn next_to_write(&mut self) -> Option<Message> {
        if let Some(payload) = self.pong.take() {
            return Some(Message::Pong(payload));
        }
        let Some((count, length)) = self.next_message() else {
            return self.close.take().map(|reason| Message::Close(Some(reason)));
        };
        let payload = match self.packets.front() {
            Some(packet) if count == 1 => packet.clone(),
            _ => {
                let mut together = BytesMut::with_capacity(length);
                for packet in self.packets.iter().take(count) {
                    together.extend_from_slice(packet);
                }
                together.freeze()
            }
        };
        self.packets.drain(..count);
        self.bytes = self.bytes.saturating_sub(length);
        self.note_taken();
        Some(Message::Binary(payload))
    }

    pub(super) fn enqueue(&mut self, packet: Bytes) {
        self.waiting_since.get_or_insert_with(Instant::now);
        self.bytes = self.bytes.saturating_add(packet.len());
        self.packets.push_back(packet);
    }

    fn write_packets(&mut self, chunk: &mut BytesMut) {
        while let Some((count, length)) = self.next_message() {
            if !chunk.is_empty() && chunk.len() + length > CHUNK_BYTES {
                break;
            }
            write_binary_head(chunk, length);
            for packet in self.packets.drain(..count) {
                chunk.extend_from_slice(&packet);
            }
            self.bytes = self.bytes.saturating_sub(length);
        }
        self.note_taken();
    }

    /// After packets were taken out: what is left waits from now on, and an empty queue is small.
    fn note_taken(&mut self) {
        self.waiting_since = (!self.packets.is_empty()).then(Instant::now);
        if self.packets.is_empty() && self.packets.capacity() > SPARE_PACKETS {
            self.packets = VecDeque::new();
        }
    }

    /// How many packets go into the next WebSocket message, and their bytes.
    fn next_message(&self) -> Option<(usize, usize)> {
        let first = self.packets.front()?.len();
        let mut message = (1, first);
        if self.is_batching {
            for packet in self.packets.iter().skip(1) {
                let length = message.1 + packet.len();
                if length > CHUNK_BYTES {
                    break;
                }
                message = (message.0 + 1, length);
            }
        }
        Some(message)
    }
}

/// Writes the head of an unmasked, final, binary frame (RFC 6455, section 5.2).
fn write_binary_head(output: &mut BytesMut, length: usize) {
    const FINAL_BINARY: u8 = 0x82;
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => output.extend_from_slice(&[FINAL_BINARY, short]),
        (_, Ok(medium)) => {
            output.extend_from_slice(&[FINAL_BINARY, 126]);
            output.extend_from_slice(&medium.to_be_bytes());
        }
        _ => {
            output.extend_from_slice(&[FINAL_BINARY, 127]);
            output.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
}
