//! WebSocket messages from a client: frames taken apart, fragments joined, everything bounded.
//!
//! The frame parser of actix waits for the whole of a frame before it looks at its size; here,
//! and in [`FrameGuard`](super::guard::FrameGuard), the head alone decides, so that a declared
//! length never costs memory.

use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_http::ws::{CloseReason, OpCode, Parser};
use bytes::{Bytes, BytesMut};

use super::SocketTransport;
use crate::ending::Ending;

/// Most fragments of one message; empty ones count.
const FRAGMENTS_MAX: usize = 4096;
/// Set in the first byte of frames that are no part of a message.
pub(super) const CONTROL_BIT: u8 = 0x08;
/// Most bytes of such a frame.
pub(super) const CONTROL_MAX: u64 = 125;

/// What a client sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A binary message, whole.
    Binary(Bytes),
    /// The begin of a text message; the protocol has none.
    Text,
    /// A ping, to be answered.
    Ping(Bytes),
    /// An answer to a ping.
    Pong,
    /// The client closes.
    Close(Option<CloseReason>),
}

/// Why reading cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameError {
    /// Bytes that are no WebSocket frames, or frames in an order that must not be.
    Malformed,
    /// A message larger than allowed.
    TooBig,
}

impl From<FrameError> for Ending {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::Malformed => Self::Protocol,
            FrameError::TooBig => Self::TooBig,
        }
    }
}

/// Where the messages of one connection come from.
pub(crate) trait FrameSource {
    /// The next message; `None` when the client is gone.
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, FrameError>>>;

    /// Waits until the client has closed its side; whatever it sends until then is thrown away.
    fn poll_closed(&mut self, context: &mut Context<'_>) -> Poll<()>;
}

/// Reads messages from a socket.
pub(crate) struct SocketFrames {
    socket: Rc<SocketTransport>,
    frames: FrameBuffer,
}

impl SocketFrames {
    pub(crate) fn new(socket: Rc<SocketTransport>, max_bytes: usize) -> Self {
        Self {
            socket,
            frames: FrameBuffer::new(max_bytes),
        }
    }
}

impl FrameSource for SocketFrames {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, FrameError>>> {
        loop {
            match self.frames.take() {
                Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
            match ready!(self.socket.poll_read(context)) {
                Some(Ok(bytes)) => self.frames.put(bytes),
                Some(Err(_)) | None => return Poll::Ready(None),
            }
        }
    }

    fn poll_closed(&mut self, context: &mut Context<'_>) -> Poll<()> {
        while let Some(Ok(_)) = ready!(self.socket.poll_read(context)) {}
        Poll::Ready(())
    }
}

/// Bytes that have come but were not taken yet.
struct FrameBuffer {
    bytes: BytesMut,
    fragments: Fragments,
    max_bytes: usize,
}

/// Makes messages of frames.
pub(super) struct Fragments {
    joined: Option<Joined>,
    max_bytes: usize,
}

/// The fragments of a message so far.
#[derive(Default)]
struct Joined {
    bytes: BytesMut,
    count: usize,
}

impl FrameBuffer {
    fn new(max_bytes: usize) -> Self {
        Self {
            bytes: BytesMut::new(),
            fragments: Fragments::new(max_bytes),
            max_bytes,
        }
    }

    fn put(&mut self, bytes: Bytes) {
        if self.bytes.is_empty() {
            self.bytes = BytesMut::from(bytes);
        } else {
            self.bytes.extend_from_slice(&bytes);
        }
    }

    fn take(&mut self) -> Result<Option<Frame>, FrameError> {
        loop {
            self.check_length()?;
            let parsed = Parser::parse(&mut self.bytes, true, self.max_bytes).map_err(|_| FrameError::Malformed)?;
            let Some((is_final, code, payload)) = parsed else {
                if self.bytes.is_empty() {
                    // An idle connection keeps no buffer.
                    self.bytes = BytesMut::new();
                }
                return Ok(None);
            };
            let payload = payload.unwrap_or_default().freeze();
            if let Some(frame) = self.fragments.add(is_final, code, payload)? {
                return Ok(Some(frame));
            }
        }
    }

    /// Refuses a frame whose head declares more than it may hold.
    fn check_length(&self) -> Result<(), FrameError> {
        let Some(length) = declared_length(&self.bytes) else {
            return Ok(());
        };
        // Controls come between the fragments of a message, and take nothing of its room.
        let is_control = self.bytes.first().is_some_and(|first| first & CONTROL_BIT != 0);
        let room = self.max_bytes.saturating_sub(self.fragments.bytes());
        match is_control {
            true if length > CONTROL_MAX => Err(FrameError::Malformed),
            false if length > room as u64 => Err(FrameError::TooBig),
            _ => Ok(()),
        }
    }
}

impl Fragments {
    pub(super) fn new(max_bytes: usize) -> Self {
        Self {
            joined: None,
            max_bytes,
        }
    }

    /// Bytes of the fragments that wait for their end.
    fn bytes(&self) -> usize {
        self.joined.as_ref().map_or(0, |joined| joined.bytes.len())
    }

    /// The message that a frame completes, if it does.
    pub(super) fn add(&mut self, is_final: bool, code: OpCode, payload: Bytes) -> Result<Option<Frame>, FrameError> {
        match (code, is_final) {
            (OpCode::Binary | OpCode::Text, _) if self.joined.is_some() => Err(FrameError::Malformed),
            (OpCode::Text, _) => Ok(Some(Frame::Text)),
            (OpCode::Binary, true) => Ok(Some(Frame::Binary(payload))),
            (OpCode::Binary, false) => {
                self.joined = Some(Joined {
                    bytes: payload.into(),
                    count: 1,
                });
                Ok(None)
            }
            (OpCode::Continue, _) => self.join(is_final, &payload),
            (OpCode::Ping, true) => Ok(Some(Frame::Ping(payload))),
            (OpCode::Pong, true) => Ok(Some(Frame::Pong)),
            (OpCode::Close, true) => {
                let reason = Parser::try_parse_close_payload(&payload).map_err(|_| FrameError::Malformed)?;
                Ok(Some(Frame::Close(reason)))
            }
            _ => Err(FrameError::Malformed),
        }
    }

    fn join(&mut self, is_final: bool, payload: &[u8]) -> Result<Option<Frame>, FrameError> {
        let mut joined = self.joined.take().ok_or(FrameError::Malformed)?;
        joined.bytes.extend_from_slice(payload);
        joined.count += 1;
        if joined.count > FRAGMENTS_MAX || joined.bytes.len() > self.max_bytes {
            return Err(FrameError::TooBig);
        }
        if is_final {
            return Ok(Some(Frame::Binary(joined.bytes.freeze())));
        }
        self.joined = Some(joined);
        Ok(None)
    }
}

/// The payload length that the head of the first frame declares, if enough of it is there.
pub(super) fn declared_length(bytes: &[u8]) -> Option<u64> {
    match bytes.get(1)? & 0x7f {
        126 => {
            let [_, _, high, low] = *bytes.first_chunk::<4>()?;
            Some(u64::from(u16::from_be_bytes([high, low])))
        }
        127 => {
            let [_, _, length @ ..] = *bytes.first_chunk::<10>()?;
            Some(u64::from_be_bytes(length))
        }
        short => Some(u64::from(short)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(max_bytes: usize) -> FrameBuffer {
        FrameBuffer::new(max_bytes)
    }

    fn masked(code: OpCode, is_final: bool, payload: &[u8]) -> Bytes {
        let mut bytes = BytesMut::new();
        Parser::write_message(&mut bytes, payload, code, is_final, true);
        bytes.freeze()
    }

    fn binary(bytes: &'static [u8]) -> Frame {
        Frame::Binary(Bytes::from_static(bytes))
    }

    #[test]
    fn messages_come_whole_whatever_the_pieces_of_the_stream() {
        let stream = [
            masked(OpCode::Binary, true, b"one"),
            masked(OpCode::Ping, true, b"p"),
            masked(OpCode::Binary, true, b""),
        ]
        .concat();
        let mut frames = buffer(16);
        let mut seen = Vec::new();
        for byte in stream {
            frames.put(Bytes::copy_from_slice(&[byte]));
            seen.extend(frames.take().unwrap());
        }
        assert_eq!(
            seen,
            [binary(b"one"), Frame::Ping(Bytes::from_static(b"p")), binary(b"")]
        );
    }

    #[test]
    fn fragments_are_joined_and_controls_may_stand_between_them() {
        let mut frames = buffer(16);
        frames.put(masked(OpCode::Binary, false, b"a"));
        frames.put(masked(OpCode::Pong, true, b""));
        frames.put(masked(OpCode::Continue, false, b""));
        frames.put(masked(OpCode::Continue, true, b"b"));
        assert_eq!(frames.take(), Ok(Some(Frame::Pong)));
        assert_eq!(frames.take(), Ok(Some(binary(b"ab"))));
        assert_eq!(frames.take(), Ok(None));
    }

    #[test]
    fn a_declared_length_alone_is_enough_to_refuse() {
        for head in [
            &[0x82, 0xfe, 0, 17][..],
            &[0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0],
            &[0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ] {
            let mut frames = buffer(16);
            frames.put(Bytes::copy_from_slice(head));
            assert_eq!(frames.take(), Err(FrameError::TooBig));
        }
    }

    #[test]
    fn fragments_together_must_fit_as_well() {
        let mut frames = buffer(4);
        frames.put(masked(OpCode::Binary, false, b"abc"));
        frames.put(masked(OpCode::Continue, true, b"de"));
        assert_eq!(frames.take(), Err(FrameError::TooBig));
    }

    #[test]
    fn empty_fragments_without_end_are_refused() {
        let mut frames = buffer(4);
        frames.put(masked(OpCode::Binary, false, b""));
        let mut result = frames.take();
        for _ in 0..FRAGMENTS_MAX {
            frames.put(masked(OpCode::Continue, false, b""));
            result = frames.take();
        }
        assert_eq!(result, Err(FrameError::TooBig));
    }

    #[test]
    fn what_rfc_6455_forbids_is_malformed() {
        let unmasked = Bytes::from_static(&[0x82, 1, b'x']);
        let reserved_bit = Bytes::from_static(&[0xc2, 0x80, 0, 0, 0, 0]);
        let reserved_code = Bytes::from_static(&[0x83, 0x80, 0, 0, 0, 0]);
        let long_ping = masked(OpCode::Ping, true, &[0; 126]);
        for bytes in [
            unmasked,
            reserved_bit,
            reserved_code,
            long_ping,
            masked(OpCode::Ping, false, b""),
            masked(OpCode::Continue, true, b"x"),
            masked(OpCode::Close, true, &[3]),
            masked(OpCode::Close, true, &999_u16.to_be_bytes()),
        ] {
            let mut frames = buffer(1024);
            frames.put(bytes.clone());
            assert_eq!(frames.take(), Err(FrameError::Malformed), "{bytes:?}");
        }
        let mut frames = buffer(1024);
        frames.put(masked(OpCode::Binary, false, b"a"));
        frames.put(masked(OpCode::Binary, true, b"b"));
        assert_eq!(frames.take(), Err(FrameError::Malformed));
    }
}
