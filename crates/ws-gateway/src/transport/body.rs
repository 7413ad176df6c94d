//! The body of the upgrade's answer: what the HTTP layer writes after the handshake.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use bytes::Bytes;

use crate::hub::Handle;

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
