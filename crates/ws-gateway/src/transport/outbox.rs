//! What waits to be written to one connection: a bounded queue of packets, and how it ends.
//!
//! Pushing never waits. What waits is taken out as fast as the socket takes it, by who hands it to
//! the HTTP layer ([`poll_message`](Outbox::poll_message)) or straight by the socket's owner
//! ([`write`](Outbox::write)): all that has queued up leaves in one write. What passes a bound
//! ends the connection instead of waiting: a slow reader harms only itself.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_http::ws::{CloseCode, CloseReason};
use actix_ws::Message;
use bytes::{Bytes, BytesMut};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::queue::State;
use crate::encode;
use crate::ending::Ending;

thread_local! {
    /// Where the bytes of one write are put together: one for all connections of a thread.
    static SCRATCH: RefCell<BytesMut> = RefCell::default();
}

/// The bounds of the queue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QueueLimits {
    /// Most packets.
    pub(crate) packets: usize,
    /// Most bytes; one packet alone may be larger.
    pub(crate) bytes: usize,
}

/// What became of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// It waits to be written.
    Queued,
    /// It was one of those that are left out under pressure.
    Dropped,
    /// It passed a bound: the connection has just been ended as slow.
    Overflowed,
    /// The connection has ended.
    Closed,
}

/// Where the connection stands, as far as writing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Packets are taken.
    Open,
    /// Packets are taken; the connection is asked to answer what is in work and then to end.
    Draining,
    /// No packets are taken any more; what waits and the close frame are being written.
    Ending,
    /// All was handed to the socket, or the socket is gone.
    Flushed,
}

/// How far a write got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Nothing waits any more.
    All,
    /// The socket takes nothing more for now.
    Blocked,
    /// The last of all was written, or the socket is gone: nothing comes any more.
    End,
}

/// The queue of one connection.
pub(crate) struct Outbox {
    state: Mutex<State>,
    limits: QueueLimits,
    changed: Notify,
}

impl Outbox {
    pub(crate) fn new(limits: QueueLimits) -> Self {
        Self {
            state: Mutex::new(State::new()),
            limits,
            changed: Notify::new(),
        }
    }

    /// Queues one packet, or leaves it out, or ends a connection whose queue is full.
    pub(crate) fn push(&self, packet: &Bytes, is_droppable: bool) -> Pushed {
        let mut state = self.state();
        if !matches!(state.phase, Phase::Open | Phase::Draining) {
            return Pushed::Closed;
        }
        if is_droppable && self.is_pressed_locked(&state) {
            return Pushed::Dropped;
        }
        let is_full = state.packets.len() >= self.limits.packets
            || (!state.packets.is_empty() && state.bytes.saturating_add(packet.len()) > self.limits.bytes);
        if is_full {
            self.end_locked(state, Ending::Slow);
            return Pushed::Overflowed;
        }
        state.enqueue(packet.clone());
        wake(state);
        Pushed::Queued
    }

    /// Answers a WebSocket ping; only the newest one is answered (RFC 6455, section 5.5.3).
    pub(crate) fn pong(&self, payload: Bytes) {
        let mut state = self.state();
        if matches!(state.phase, Phase::Open | Phase::Draining) {
            state.pong = Some(payload);
            wake(state);
        }
    }

    /// From now on several packets may share a WebSocket message, or not.
    pub(crate) fn set_batching(&self, is_batching: bool) {
        self.state().is_batching = is_batching;
    }

    /// From now on the client understands kicks.
    pub(crate) fn allow_kick(&self) {
        self.state().is_kickable = true;
    }

    /// Asks the connection to answer what is in work and then to end.
    pub(crate) fn drain(&self) {
        let mut state = self.state();
        if state.phase == Phase::Open {
            state.phase = Phase::Draining;
            self.changed.notify_one();
        }
    }

    /// Ends the connection. Whoever comes first says why.
    pub(crate) fn end(&self, ending: Ending) {
        self.end_locked(self.state(), ending);
    }

    /// Ends the connection because the client closed it: its close frame is answered.
    pub(crate) fn answer_close(&self, code: CloseCode) {
        let state = self.state();
        self.close_locked(
            state,
            CloseReason {
                code,
                description: None,
            },
        );
    }

    /// The socket takes nothing any more.
    pub(crate) fn socket_is_gone(&self) {
        let mut state = self.state();
        self.gone_locked(&mut state);
        // A client that has closed its half alone still has a socket, which the writer gives back.
        wake(state);
    }

    /// Tells the connection's task to look again.
    pub(crate) fn nudge(&self) {
        self.changed.notify_one();
    }

    /// Whether so much waits that the rest of the room is for what matters.
    pub(crate) fn is_pressed(&self) -> bool {
        self.is_pressed_locked(&self.state())
    }

    /// Whether there is anything to write.
    pub(crate) fn is_waiting(&self) -> bool {
        self.state().is_waiting()
    }

    pub(crate) fn phase(&self) -> Phase {
        self.state().phase
    }

    /// Waits for a change of phase since the last call. For one waiter.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// For how long the packet that waits longest has waited.
    pub(crate) fn stalled_for(&self, now: Instant) -> Duration {
        let since = self.state().waiting_since;
        since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }

    /// Takes the next WebSocket message. `None` at the end.
    pub(crate) fn poll_message(&self, context: &Context<'_>) -> Poll<Option<Message>> {
        self.poll_take(context, State::next_to_write)
    }

    fn poll_take<T>(&self, context: &Context<'_>, take: impl FnOnce(&mut State) -> Option<T>) -> Poll<Option<T>> {
        let mut state = self.state();
        if let Some(taken) = take(&mut state) {
            return Poll::Ready(Some(taken));
        }
        if matches!(state.phase, Phase::Ending | Phase::Flushed) {
            state.phase = Phase::Flushed;
            self.changed.notify_one();
            return Poll::Ready(None);
        }
        state.writer = Some(context.waker().clone());
        Poll::Pending
    }

    /// Writes what waits, 64 KiB at a time, until nothing waits or `socket` takes no more.
    pub(crate) fn write(&self, mut socket: impl FnMut(&[u8]) -> io::Result<usize>) -> Written {
        let mut state = self.state();
        while state.is_waiting() {
            let written = if state.unsent.is_empty() {
                SCRATCH.with_borrow_mut(|chunk| {
                    chunk.clear();
                    state.write_chunk(chunk);
                    let written = taken(socket(chunk))?;
                    state.unsent = Bytes::copy_from_slice(chunk.get(written..).unwrap_or_default());
                    Ok(written)
                })
            } else {
                let unsent = std::mem::take(&mut state.unsent);
                taken(socket(&unsent)).inspect(|written| {
                    state.unsent = unsent.slice((*written).min(unsent.len())..);
                })
            };
            match written {
                Err(_) => {
                    self.gone_locked(&mut state);
                    return Written::End;
                }
                Ok(_) if state.unsent.is_empty() => state.waiting_since = None,
                Ok(written) => {
                    if written > 0 || state.waiting_since.is_none() {
                        state.waiting_since = Some(Instant::now());
                    }
                    return Written::Blocked;
                }
            }
        }
        if matches!(state.phase, Phase::Ending | Phase::Flushed) {
            state.phase = Phase::Flushed;
            self.changed.notify_one();
            return Written::End;
        }
        Written::All
    }

    fn is_pressed_locked(&self, state: &State) -> bool {
        state.packets.len() > self.limits.packets / 2 || state.bytes > self.limits.bytes / 2
    }

    fn gone_locked(&self, state: &mut State) {
        state.packets = VecDeque::new();
        state.bytes = 0;
        state.unsent = Bytes::new();
        state.pong = None;
        state.close = None;
        state.phase = Phase::Flushed;
        self.changed.notify_one();
    }

    fn end_locked(&self, mut state: MutexGuard<'_, State>, ending: Ending) {
        if matches!(state.phase, Phase::Ending | Phase::Flushed) {
            return;
        }
        if ending.discards() {
            state.packets = VecDeque::new();
            state.bytes = 0;
        }
        if ending.is_told() && state.is_kickable {
            state.enqueue(encode::kick(ending.reason()));
        }
        let close = CloseReason {
            code: ending.code(),
            description: Some(ending.reason().to_owned()),
        };
        self.close_locked(state, close);
    }

    fn close_locked(&self, mut state: MutexGuard<'_, State>, close: CloseReason) {
        if matches!(state.phase, Phase::Ending | Phase::Flushed) {
            return;
        }
        state.phase = Phase::Ending;
        state.close = Some(close);
        self.changed.notify_one();
        wake(state);
    }

    /// Nothing in here panics between a change's begin and end, so the state is whole in any case.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How much a socket took; nothing when it would have to wait.
fn taken(written: io::Result<usize>) -> io::Result<usize> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
        other => other,
    }
}

/// Wakes the writer, after giving the lock back.
fn wake(mut state: MutexGuard<'_, State>) {
    let writer = state.writer.take();
    drop(state);
    if let Some(writer) = writer {
        writer.wake();
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
