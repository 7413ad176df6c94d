//! The transport: WebSocket messages in, packets out, and nothing of what they mean.
//!
//! There are two ways to a client's socket, behind two small traits: through the HTTP layer with
//! actix-ws, on the listener that serves everything else as well ([`HttpTransport`]), and straight
//! to the socket, on the listener that serves nothing but WebSockets ([`SocketTransport`]).
//! [`FrameSource`] is for reading, [`Transport`] for everything else.

mod frames;
mod guard;
mod http;
mod kill;
mod outbox;
mod queue;
mod socket;
#[cfg(test)]
pub(crate) mod testing;

use std::task::{Context, Poll};

pub(crate) use frames::{Frame, FrameError, FrameSource, SocketFrames};
pub(crate) use http::{HttpTransport, upgrade, write_messages};
pub(crate) use kill::ConnectionKill;
pub use kill::on_connect;
pub(crate) use outbox::{Outbox, Phase, Pushed, QueueLimits, Written};
pub(crate) use socket::SocketTransport;

/// The way to one client's socket. Belongs to the thread that accepted the connection.
pub(crate) trait Transport {
    /// Writes what waits in the outbox, as far as the socket takes it. [`Written::All`] also
    /// where it is [written by itself](Self::writes_by_itself).
    fn write(&self, outbox: &Outbox) -> Written;

    /// Whether the HTTP layer writes what waits without being asked to.
    fn writes_by_itself(&self) -> bool {
        false
    }

    /// Waits until the socket takes more after it was [`Written::Blocked`].
    fn poll_writable(&self, context: &mut Context<'_>) -> Poll<()>;

    /// Says that nothing more will be written, after the last of it was.
    fn finish(&self);

    /// Ends the connection at once, whatever waits.
    fn kill(&self);
}
