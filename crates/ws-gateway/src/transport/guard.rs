//! Looks at the heads of frames as they pass, and ends the stream where one declares more than it
//! may hold: whoever reads behind it never gathers more than that. It also parts frames from each
//! other, so that what is wrong with one is told after all those before it were looked at.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_http::error::PayloadError;
use actix_web::dev::Payload;
use bytes::{Bytes, BytesMut};
use futures_util::Stream;

use super::FrameError;
use super::frames::{CONTROL_BIT, CONTROL_MAX, declared_length};

/// A client's bytes, up to the first frame that is too large.
pub(super) struct FrameGuard {
    payload: Rc<RefCell<Payload>>,
    max_bytes: usize,
    /// Bytes that came and did not pass yet.
    waiting: Bytes,
    /// The head of a frame, as far as it passed.
    head: BytesMut,
    /// Bytes behind the head that are still to pass.
    rest: u64,
    /// A frame has passed, and nobody was told yet to look at it.
    is_between: bool,
}

impl FrameGuard {
    pub(super) fn new(payload: Rc<RefCell<Payload>>, max_bytes: usize) -> Self {
        Self {
            payload,
            max_bytes,
            waiting: Bytes::new(),
            head: BytesMut::new(),
            rest: 0,
            is_between: false,
        }
    }

    /// What waits of the frame at hand.
    fn pass(&mut self) -> Result<Bytes, FrameError> {
        let mut passed = 0;
        while let Some(next) = self.waiting.get(passed)
            && !self.is_between
        {
            if self.rest > 0 {
                let there = self.waiting.len() - passed;
                let count = usize::try_from(self.rest).map_or(there, |rest| rest.min(there));
                self.rest -= count as u64;
                self.is_between = self.rest == 0;
                passed += count;
                continue;
            }
            self.head.extend_from_slice(&[*next]);
            passed += 1;
            let Some(declared) = declared_length(&self.head) else {
                continue;
            };
            if let Some(error) = self.fault(declared) {
                return Err(error);
            }
            if self.head.len() == head_size(&self.head) {
                self.head.clear();
                self.rest = declared;
                self.is_between = declared == 0;
            }
        }
        Ok(self.waiting.split_to(passed))
    }

    fn fault(&self, declared: u64) -> Option<FrameError> {
        let is_control = self.head.first().is_some_and(|first| first & CONTROL_BIT != 0);
        match is_control {
            true if declared > CONTROL_MAX => Some(FrameError::Malformed),
            false if declared > self.max_bytes as u64 => Some(FrameError::TooBig),
            _ => None,
        }
    }
}

impl Stream for FrameGuard {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.is_between) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.waiting.is_empty() {
            let read = Pin::new(&mut *self.payload.borrow_mut()).poll_next(context);
            match ready!(read) {
                Some(Ok(bytes)) => self.waiting = bytes,
                end => return Poll::Ready(end),
            }
        }
        Poll::Ready(Some(self.pass().map_err(PayloadError::from)))
    }
}

/// A payload has no errors of its own for frames: these two it never has here otherwise.
impl From<FrameError> for PayloadError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::TooBig => Self::Overflow,
            FrameError::Malformed => Self::EncodingCorrupted,
        }
    }
}

/// Bytes of a frame's head (RFC 6455, section 5.2), of which at least two are there.
fn head_size(head: &[u8]) -> usize {
    let second = head.get(1).copied().unwrap_or_default();
    let length = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    2 + length + mask
}

#[cfg(test)]
mod tests {
    use actix_http::ws::{OpCode, Parser};

    use super::*;

    const MAX: usize = 200;

    fn guard() -> FrameGuard {
        FrameGuard::new(Rc::new(RefCell::new(Payload::None)), MAX)
    }

    fn frame(code: OpCode, size: usize) -> Vec<u8> {
        let mut bytes = BytesMut::new();
        Parser::write_message(&mut bytes, vec![7; size], code, true, true);
        bytes.to_vec()
    }

    /// All that passes of a stream that comes in pieces of that size, one item for each frame.
    fn passed(stream: &[u8], size: usize) -> (Vec<Vec<u8>>, Option<FrameError>) {
        let mut guard = guard();
        let mut frames = vec![Vec::new()];
        for piece in stream.chunks(size) {
            guard.waiting = Bytes::copy_from_slice(piece);
            while !guard.waiting.is_empty() {
                match guard.pass() {
                    Ok(bytes) => frames.last_mut().unwrap().extend(bytes),
                    Err(error) => return (frames, Some(error)),
                }
                if std::mem::take(&mut guard.is_between) {
                    frames.push(Vec::new());
                }
            }
        }
        (frames, None)
    }

    #[test]
    fn what_fits_passes_one_frame_after_the_other_whatever_the_pieces() {
        let sent = [
            frame(OpCode::Binary, MAX),
            frame(OpCode::Ping, 125),
            frame(OpCode::Binary, 0),
            frame(OpCode::Text, 126),
        ];
        let stream = sent.concat();
        for size in 1..=stream.len() {
            let (mut frames, error) = passed(&stream, size);
            assert_eq!((frames.pop(), error), (Some(Vec::new()), None));
            assert_eq!(frames, sent);
        }
    }

    #[test]
    fn a_head_that_declares_too_much_does_not_pass() {
        for (bad, expected) in [
            (frame(OpCode::Binary, MAX + 1), FrameError::TooBig),
            (frame(OpCode::Continue, 70_000), FrameError::TooBig),
            (frame(OpCode::Ping, 126), FrameError::Malformed),
        ] {
            let good = frame(OpCode::Binary, 3);
            let stream = [good.clone(), bad].concat();
            for size in [1, 5, stream.len()] {
                let (frames, error) = passed(&stream, size);
                assert_eq!(error, Some(expected));
                assert_eq!(frames[0], good);
                assert!(frames[1].len() < 10);
            }
        }
    }
}
