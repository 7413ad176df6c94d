//! The transport: WebSocket messages in, packets out, and nothing of what they mean.

mod body;
mod frames;
mod kill;
mod outbox;
#[cfg(test)]
pub(crate) mod testing;

pub(crate) use body::OutboxBody;
pub(crate) use frames::{Frame, FrameError, FrameReader};
pub(crate) use kill::ConnectionKill;
pub use kill::on_connect;
pub(crate) use outbox::{Outbox, Phase, Pushed, QueueLimits};
