//! The way through the HTTP layer: actix-ws takes the frames of clients apart and puts those of
//! the server together. What it leaves open is closed here: it would gather a frame of any
//! declared size ([`FrameGuard`]), join fragments without end, and wait for ever for a client that
//! reads nothing ([`Outbox`](super::Outbox), [`ConnectionKill`]).

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::str::Utf8Error;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use actix_http::error::PayloadError;
use actix_http::ws::{Item, OpCode, ProtocolError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use actix_ws::{Closed, Message, MessageStream, Session};
use bytes::Bytes;
use futures_util::{FutureExt, Stream, StreamExt};

use super::frames::Fragments;
use super::guard::FrameGuard;
use super::{ConnectionKill, Frame, FrameError, FrameSource, Outbox, Transport, Written};
use crate::hub::Handle;

/// A connection whose socket belongs to the HTTP layer.
pub(crate) struct HttpTransport {
    kill: Option<ConnectionKill>,
}

impl HttpTransport {
    pub(crate) fn new(kill: Option<ConnectionKill>) -> Self {
        Self { kill }
    }
}

impl Transport for HttpTransport {
    /// [`write_messages`] does.
    fn write(&self, _: &Outbox) -> Written {
        Written::All
    }

    fn writes_by_itself(&self) -> bool {
        true
    }

    fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// The end of the answer's body says it.
    fn finish(&self) {}

    fn kill(&self) {
        if let Some(kill) = &self.kill {
            kill.pull();
        }
    }
}

/// Answers an upgrade: what comes from the client, of messages of at most `max_bytes`, and the way to it.
///
/// # Errors
/// What actix-ws has against the handshake.
pub(crate) fn upgrade(
    request: &HttpRequest,
    payload: web::Payload,
    max_bytes: usize,
) -> actix_web::Result<(HttpResponse, Session, HttpFrames)> {
    let payload = Rc::new(RefCell::new(payload.into_inner()));
    let guard = FrameGuard::new(Rc::clone(&payload), max_bytes);
    let mut guarded: Payload = Payload::Stream {
        payload: Box::pin(guard),
    };
    // It is ready at once: a payload is taken as it is.
    let guarded = web::Payload::from_request(request, &mut guarded).now_or_never();
    let guarded = guarded.unwrap_or_else(|| Err(PayloadError::Incomplete(None).into()))?;
    let (answer, session, stream) = actix_ws::handle(request, guarded)?;
    let frames = HttpFrames {
        payload,
        stream: stream.max_frame_size(max_bytes),
        fragments: Fragments::new(max_bytes),
    };
    Ok((answer, session, frames))
}

/// Hands what waits in the outbox to the HTTP layer, until one of them ends.
pub(crate) async fn write_messages(handle: Arc<Handle>, mut session: Session) {
    while let Some(message) = poll_fn(|context| handle.outbox.poll_message(context)).await {
        let written = match message {
            Message::Close(reason) => {
                let _ = session.close(reason).await;
                break;
            }
            Message::Pong(payload) => session.pong(&payload).await,
            Message::Binary(payload) => session.binary(payload).await,
            _ => Ok(()),
        };
        if let Err(Closed) = written {
            break;
        }
    }
    handle.outbox.socket_is_gone();
}

/// What a client says through the HTTP layer.
pub(crate) struct HttpFrames {
    payload: Rc<RefCell<Payload>>,
    stream: MessageStream,
    fragments: Fragments,
}

impl FrameSource for HttpFrames {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, FrameError>>> {
        loop {
            let (is_final, code, payload) = match ready!(self.stream.poll_next_unpin(context)) {
                Some(Ok(message)) => match parts(message) {
                    Some(Ok(parts)) => parts,
                    Some(Err(frame)) => return Poll::Ready(Some(Ok(frame))),
                    None => continue,
                },
                Some(Err(error)) => return Poll::Ready(fault(&error)),
                None => return Poll::Ready(None),
            };
            if let Some(frame) = self.fragments.add(is_final, code, payload).transpose() {
                return Poll::Ready(Some(frame));
            }
        }
    }

    fn poll_closed(&mut self, context: &mut Context<'_>) -> Poll<()> {
        // The stream of messages ends with the first error.
        let mut payload = self.payload.borrow_mut();
        while let Some(Ok(_)) = ready!(Pin::new(&mut *payload).poll_next(context)) {}
        Poll::Ready(())
    }
}

/// A message of actix-ws as the frame that it was, or as the message that it is already.
fn parts(message: Message) -> Option<Result<(bool, OpCode, Bytes), Frame>> {
    Some(Ok(match message {
        Message::Binary(payload) => (true, OpCode::Binary, payload),
        Message::Text(text) => (true, OpCode::Text, text.into_bytes()),
        Message::Ping(payload) => (true, OpCode::Ping, payload),
        Message::Pong(payload) => (true, OpCode::Pong, payload),
        Message::Continuation(Item::FirstBinary(payload)) => (false, OpCode::Binary, payload),
        Message::Continuation(Item::FirstText(payload)) => (false, OpCode::Text, payload),
        Message::Continuation(Item::Continue(payload)) => (false, OpCode::Continue, payload),
        Message::Continuation(Item::Last(payload)) => (true, OpCode::Continue, payload),
        Message::Close(reason) => return Some(Err(Frame::Close(reason))),
        Message::Nop => return None,
    }))
}

/// What is wrong with what a client sent; `None` when the connection broke.
fn fault(error: &ProtocolError) -> Option<Result<Frame, FrameError>> {
    let ProtocolError::Io(error) = error else {
        return Some(Err(match error {
            ProtocolError::Overflow => FrameError::TooBig,
            _ => FrameError::Malformed,
        }));
    };
    let cause = error.get_ref();
    if cause.is_some_and(|cause| cause.is::<Utf8Error>()) {
        return Some(Ok(Frame::Text));
    }
    match cause.and_then(|cause| cause.downcast_ref()) {
        Some(PayloadError::Overflow) => Some(Err(FrameError::TooBig)),
        Some(PayloadError::EncodingCorrupted) => Some(Err(FrameError::Malformed)),
        Some(_) => None,
        // Reserved bits.
        None => Some(Err(FrameError::Malformed)),
    }
}
