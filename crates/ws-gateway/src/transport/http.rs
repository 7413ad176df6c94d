//! The way through the HTTP layer: the request's body brings what the client says, and the body
//! of the upgrade's answer takes what it is told.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::Payload;
use bytes::Bytes;
use futures_util::Stream;

use super::{ConnectionKill, Outbox, Transport, Written};
use crate::hub::Handle;

/// A connection whose socket belongs to the HTTP layer.
pub(crate) struct HttpTransport {
    payload: RefCell<Payload>,
    kill: Option<ConnectionKill>,
}

impl HttpTransport {
    pub(crate) fn new(payload: Payload, kill: Option<ConnectionKill>) -> Self {
        Self {
            payload: RefCell::new(payload),
            kill,
        }
    }
}

impl Transport for HttpTransport {
    fn poll_read(&self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let bytes = Pin::new(&mut *self.payload.borrow_mut()).poll_next(context);
        bytes.map_err(io::Error::other)
    }

    /// The outbox wakes [`OutboxBody`] by itself.
    fn write(&self, _: &Outbox) -> Written {
        Written::All
    }

    fn writes_by_itself(&self) -> bool {
        true
    }

    fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// The end of [`OutboxBody`] says it.
    fn finish(&self) {}

    fn kill(&self) {
        if let Some(kill) = &self.kill {
            kill.pull();
        }
    }
}

/// Hands the packets of a connection's outbox to the HTTP layer.
pub(crate) struct OutboxBody(pub(crate) Arc<Handle>);

impl MessageBody for OutboxBody {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        self.0.outbox.poll_chunk(context).map(|chunk| chunk.map(Ok))
    }
}

impl Drop for OutboxBody {
    fn drop(&mut self) {
        self.0.outbox.socket_is_gone();
    }
}
