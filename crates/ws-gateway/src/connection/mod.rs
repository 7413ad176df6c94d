//! One client's way from the upgrade to the end.
//!
//! A connection is one task on the worker thread that accepted it. It reads packets, keeps the
//! protocol's states, starts the calls in order, and watches the clock; writing is its thread's
//! shard's business, and its own only where the socket made it wait. However it ends, it ends
//! here.

mod binding;
mod caller;
mod inbound;
mod jobs;
mod timers;

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture};
use pitaya_protocol::{HEARTBEAT_PACKET, PacketSplitter};
use tokio::time::{Instant, sleep_until, timeout};

pub(crate) use caller::Caller;
use jobs::Jobs;
use timers::{Due, Timers};

use crate::ending::Ending;
use crate::hub::{Handle, Link};
use crate::routes::{Task, internal_error};
use crate::shared::{Admission, Shared};
use crate::transport::{Frame, FrameError, FrameSource, Phase, Pushed, Transport};

/// Something that a client asked for.
enum Work {
    /// To be signed in with the token of its handshake.
    SignIn(String),
    /// A call.
    Call(Task),
}

/// One connection.
struct Connection {
    shared: Arc<Shared>,
    admission: Admission,
    link: Rc<Link>,
    transport: Rc<dyn Transport>,
    caller: Rc<Caller>,
    frames: Box<dyn FrameSource>,
    protocol: pitaya_protocol::Connection,
    /// Packets of the last message that were not looked at yet.
    packets: Option<PacketSplitter>,
    jobs: Jobs<Work>,
    timers: Timers,
}

/// Starts a connection whose upgrade has been accepted.
pub(crate) fn start(
    shared: Arc<Shared>,
    mut admission: Admission,
    transport: Rc<dyn Transport>,
    frames: Box<dyn FrameSource>,
) {
    let guest = admission.guest.take();
    let link = Rc::new(Link::new(Arc::clone(&admission.handle), Rc::clone(&transport)));
    admission.shard.open(&link);
    let connection = Connection {
        caller: Rc::new(Caller::new(Arc::clone(&shared), Arc::clone(&admission.handle), guest)),
        frames,
        protocol: pitaya_protocol::Connection::new(shared.protocol_limits(), Arc::clone(&shared.dictionary)),
        packets: None,
        jobs: Jobs::new(shared.options.inflight),
        timers: Timers::new(&shared.options, Instant::now()),
        link,
        transport,
        admission,
        shared,
    };
    actix_web::rt::spawn(connection.run());
}

impl Connection {
    async fn run(mut self) {
        tracing::debug!(connection = self.handle().id, "a connection begins");
        self.serve().await;
        self.caller.leave();
        // Handlers in flight go on; nobody waits for their answers any more.
        let jobs = std::mem::replace(&mut self.jobs, Jobs::new(0));
        if jobs.is_running() {
            actix_web::rt::spawn(jobs.run_out());
        }
        self.flush().await;
        tracing::debug!(connection = self.handle().id, "a connection has ended");
    }

    /// Serves the client until the outbox takes no packets any more.
    async fn serve(&mut self) {
        let mut alarm = pin!(sleep_until(self.next_alarm()));
        let (link, transport) = (Rc::clone(&self.link), Rc::clone(&self.transport));
        loop {
            self.advance().await;
            match self.handle().outbox.phase() {
                Phase::Open => {}
                Phase::Draining if self.jobs.is_empty() => {
                    self.end(Ending::Shutdown);
                    return;
                }
                Phase::Draining => {}
                Phase::Ending | Phase::Flushed => return,
            }
            let next_alarm = self.next_alarm();
            if next_alarm < alarm.deadline() {
                alarm.as_mut().reset(next_alarm);
            }
            if link.handle.outbox.is_waiting() && !link.is_blocked() {
                self.admission.shard.write_soon(&link);
            }
            let may_read = self.may_read();
            let is_running = self.jobs.is_running();
            tokio::select! {
                () = link.handle.outbox.changed() => {}
                () = writable(&*transport), if link.is_blocked() => link.write(),
                frame = next_frame(&mut *self.frames), if may_read => self.take_frame(frame),
                () = self.jobs.run_one(), if is_running => {}
                () = &mut alarm => {
                    self.on_alarm(Instant::now());
                    alarm.as_mut().reset(self.next_alarm());
                }
            }
        }
    }

    /// Takes packets, starts jobs and answers, as far as that goes without waiting.
    async fn advance(&mut self) {
        loop {
            self.take_packets();
            let (shared, caller) = (&self.shared, &self.caller);
            self.jobs.start(|work| begin(shared, caller, work)).await;
            for answer in self.jobs.release() {
                self.push(&answer);
            }
            if self.packets.is_none() || !self.jobs.has_room() {
                return;
            }
            // One message may hold thousands of calls that are answered at once.
            tokio::task::yield_now().await;
        }
    }

    fn may_read(&self) -> bool {
        self.handle().outbox.phase() == Phase::Open && self.packets.is_none() && self.jobs.has_room()
    }

    fn next_alarm(&self) -> Instant {
        let next = self.timers.next(self.caller.is_bound());
        [self.caller.token_ends_at(), self.caller.typing_ends_at()]
            .into_iter()
            .flatten()
            .fold(next, Instant::min)
    }

    fn on_alarm(&mut self, now: Instant) {
        self.caller.stop_typing(now);
        if self.caller.token_ends_at().is_some_and(|end| end <= now) {
            return self.end(Ending::TokenExpired);
        }
        if !self.jobs.has_room() {
            // Nothing is read while that much is in work, so silence proves nothing.
            self.timers.heard(now);
        }
        match self.timers.due(self.caller.is_bound(), now) {
            Some(Due::End(ending)) => self.end(ending),
            Some(Due::Heartbeat) => self.heartbeat(now),
            None => {}
        }
    }

    fn heartbeat(&mut self, now: Instant) {
        if self.handle().outbox.stalled_for(now) > self.shared.options.heartbeat * 2 {
            return self.end(Ending::Slow);
        }
        // Behind a queue that is half full it would tell nothing new.
        self.handle().outbox.push(&Bytes::from_static(&HEARTBEAT_PACKET), true);
    }

    fn push(&self, packet: &Bytes) {
        // Many large answers at once are no sign of a slow reader.
        if self.handle().outbox.is_pressed() && !self.link.is_blocked() {
            self.link.write();
        }
        if self.handle().outbox.push(packet, false) == Pushed::Overflowed {
            self.shared.counters.slow.add(1);
        }
    }

    fn end(&self, ending: Ending) {
        match ending {
            Ending::Slow => self.shared.counters.slow.add(1),
            _ => self.shared.counters.ended.add(1),
        }
        tracing::debug!(
            connection = self.handle().id,
            reason = ending.reason(),
            "a connection is ended"
        );
        self.handle().outbox.end(ending);
    }

    /// Gives the client time to read what it is still owed, and to close its side; a client that
    /// takes none of it loses its socket.
    async fn flush(&mut self) {
        let (link, transport) = (Rc::clone(&self.link), Rc::clone(&self.transport));
        let flushed = async {
            loop {
                link.write();
                if link.handle.outbox.phase() == Phase::Flushed {
                    return;
                }
                tokio::select! {
                    () = link.handle.outbox.changed() => {}
                    () = writable(&*transport), if link.is_blocked() => {}
                }
            }
        };
        let patience = self.shared.options.flush_timeout;
        let is_flushed = timeout(patience, flushed).await.is_ok();
        if is_flushed {
            transport.finish();
        }
        if is_flushed
            && timeout(patience, poll_fn(|context| self.frames.poll_closed(context)))
                .await
                .is_ok()
        {
            return;
        }
        link.handle.outbox.socket_is_gone();
        transport.kill();
    }

    fn handle(&self) -> &Arc<Handle> {
        &self.admission.handle
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.link.close();
        self.admission.shard.close(&self.link);
    }
}

/// Waits until the socket takes more.
async fn writable(transport: &dyn Transport) {
    poll_fn(|context| transport.poll_writable(context)).await;
}

/// The next message. Nothing is lost when the future is dropped.
async fn next_frame(frames: &mut dyn FrameSource) -> Option<Result<Frame, FrameError>> {
    poll_fn(|context| frames.poll_frame(context)).await
}

/// Begins one job. A handler that panics costs its own call and nothing else.
fn begin(shared: &Arc<Shared>, caller: &Rc<Caller>, work: Work) -> LocalBoxFuture<'static, Option<Bytes>> {
    let (shared, caller) = (Arc::clone(shared), Rc::clone(caller));
    Box::pin(async move {
        let (answers, work) = match work {
            Work::Call(task) => {
                shared.counters.calls.add(1);
                (task.answer_id(), Either::Left(task.run(caller)))
            }
            Work::SignIn(token) => (
                None,
                Either::Right(async move {
                    // Whoever brings a wrong token stays anonymous and hears of it with the first call.
                    let _ = caller.sign_in(&token).await;
                    None
                }),
            ),
        };
        match AssertUnwindSafe(work).catch_unwind().await {
            Ok(answer) => answer,
            Err(_) => {
                shared.counters.panics.add(1);
                tracing::error!("a handler panicked");
                internal_error(answers?)
            }
        }
    })
}
