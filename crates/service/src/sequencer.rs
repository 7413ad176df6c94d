//! The sequencer: the one way into the rooms' logs on this node.
//!
//! It takes all changes that wait, over all rooms, commits them in one transaction, tells the
//! broker in the order of the log, and only then answers. Alone, a change waits for nothing;
//! under load, one commit carries hundreds.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::message::{Message, MessageDetail};
use domain::port::{Broker, Change, ChangeError, Clock, Outcome, RoomLog};
use domain::{Event, PortError, RemovalReason, RoomId};
use metrics::{Counter, Gauge, Histogram};
use shaku::{Component, Interface};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tracing::{Instrument as _, Span};

use crate::message::{MessageDetails, Surroundings};
use crate::people::People;
use crate::{Error, Result};

/// Most changes in one transaction.
const BATCH: usize = 1024;

/// What a change did, with its messages completed for readers.
pub(crate) type Applied = Outcome<Arc<MessageDetail>>;

/// Applies changes in order.
#[async_trait]
pub trait Sequencer: Interface {
    /// Applies a change. When it answers, the change is durable and the broker was told, and so
    /// everybody connected to this node. Changes are applied in the order of the calls.
    async fn apply(&self, change: Change) -> Result<Applied>;
}

/// The sequencer of this node.
#[derive(Component)]
#[shaku(interface = Sequencer)]
pub struct RoomSequencer {
    #[shaku(inject)]
    log: Arc<dyn RoomLog>,
    #[shaku(inject)]
    details: Arc<dyn MessageDetails>,
    #[shaku(inject)]
    people: Arc<dyn People>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    /// Where the writer runs; it must outlive the edges' own threads.
    runtime: Handle,
    /// Most changes that wait; more are refused, so that nobody waits for ever.
    waiting_max: usize,
    /// How long the log may take for a commit. All others wait behind it, and a database that is
    /// gone may not even say so.
    commit_max: Duration,
    #[shaku(force_default)]
    queue: OnceLock<mpsc::Sender<Job>>,
}

/// A change that waits, and who waits for it.
struct Job {
    change: Change,
    answer: oneshot::Sender<Result<Applied>>,
    /// Where it is in a trace, if there is one.
    span: Span,
}

#[async_trait]
impl Sequencer for RoomSequencer {
    async fn apply(&self, change: Change) -> Result<Applied> {
        let span = tracing::info_span!(target: "trace", "change", room = change.room_id().0);
        let (answer, applied) = oneshot::channel();
        let job = Job {
            change,
            answer,
            span: span.clone(),
        };
        self.queue().try_send(job).map_err(|_| refused())?;
        let applied = applied.instrument(span).await;
        applied.map_err(|_| Error::overloaded())?
    }
}

impl RoomSequencer {
    fn queue(&self) -> &mpsc::Sender<Job> {
        self.queue.get_or_init(|| {
            let (sender, jobs) = mpsc::channel(self.waiting_max);
            let writer = Writer {
                meters: Meters::new(),
                log: self.log.clone(),
                details: self.details.clone(),
                people: self.people.clone(),
                broker: self.broker.clone(),
                clock: self.clock.clone(),
                commit_max: self.commit_max,
            };
            self.runtime.spawn(writer.run(jobs));
            sender
        })
    }
}

/// What is measured of each commit.
struct Meters {
    waiting: Gauge,
    /// Messages that were stored.
    messages: Counter,
    /// How much went into it.
    changes: Histogram,
    /// How long it took.
    seconds: Histogram,
}

impl Meters {
    fn new() -> Self {
        Self {
            waiting: metrics::gauge!("banter_changes_waiting"),
            messages: metrics::counter!("banter_messages_total"),
            changes: metrics::histogram!("banter_commit_changes"),
            seconds: metrics::histogram!("banter_commit_seconds"),
        }
    }
}

struct Writer {
    meters: Meters,
    log: Arc<dyn RoomLog>,
    details: Arc<dyn MessageDetails>,
    people: Arc<dyn People>,
    broker: Arc<dyn Broker>,
    clock: Arc<dyn Clock>,
    commit_max: Duration,
}

impl Writer {
    async fn run(self, mut jobs: mpsc::Receiver<Job>) {
        let mut batch = Vec::with_capacity(BATCH);
        while jobs.recv_many(&mut batch, BATCH).await > 0 {
            // Where connections are told more slowly than changes are stored, changes wait: their
            // queue is bounded, and says so.
            self.broker.caught_up().await;
            self.meters.waiting.set(to_float(jobs.len()));
            let span = commit_span(&batch);
            self.write(&mut batch).instrument(span).await;
        }
    }

    async fn write(&self, batch: &mut Vec<Job>) {
        let (changes, answers): (Vec<_>, Vec<_>) = batch.drain(..).map(|job| (job.change, job.answer)).unzip();
        let rooms: Vec<RoomId> = changes.iter().map(Change::room_id).collect();
        let count = rooms.len();
        let begun = Instant::now();
        let commit = self.log.commit(changes, self.clock.now());
        let results = match timeout(self.commit_max, commit).await {
            Ok(results) => results,
            Err(late) => {
                tracing::error!(changes = count, "the log does not answer: a commit is given up");
                let failure = |_: &RoomId| Err(PortError::unavailable(late.to_string()).into());
                rooms.iter().map(failure).collect()
            }
        };
        self.meters.changes.record(to_float(count));
        self.meters.seconds.record(begun.elapsed());
        let applied = self.complete(results).await;
        for ((room_id, result), answer) in rooms.into_iter().zip(applied).zip(answers) {
            if let Ok(applied) = &result {
                self.announce(room_id, applied).await;
            }
            // Whoever asked may be gone; the change stands all the same.
            let _ = answer.send(result);
        }
    }

    /// Completes the messages of a whole batch at once.
    async fn complete(&self, results: Vec<std::result::Result<Outcome, ChangeError>>) -> Vec<Result<Applied>> {
        let messages: Vec<&Message> = results.iter().flatten().flat_map(Outcome::messages).collect();
        let surroundings = timeout(self.commit_max, self.details.surroundings(&messages)).await;
        let surroundings = match surroundings.unwrap_or_else(|late| Err(Error::internal(late))) {
            Ok(surroundings) => surroundings,
            Err(error) => {
                // The changes are durable: tell them with less rather than not at all.
                tracing::error!(%error, "could not load authors and answered messages");
                Surroundings::default()
            }
        };
        let complete = |message| surroundings.complete(message);
        let applied = results.into_iter().map(|result| Ok(result?.map(complete)));
        applied.collect()
    }

    async fn announce(&self, room_id: RoomId, applied: &Applied) {
        let stored = |detail: &Arc<MessageDetail>| self.broker.publish(Event::MessageStored(Arc::clone(detail)));
        let room_changed = || self.broker.publish(Event::RoomChanged { room_id });
        match applied {
            Outcome::Appended(detail) => {
                self.meters.messages.increment(1);
                stored(detail);
            }
            Outcome::Changed(detail) => self.broker.publish(Event::MessageChanged(Arc::clone(detail))),
            Outcome::Repeated(_) | Outcome::Unchanged(_) => {}
            Outcome::MembersAdded {
                added,
                raised,
                notices,
                rev,
            } => {
                let ids: Vec<_> = added.iter().map(|member| member.user_id).collect();
                match self.people.in_order(&ids).await {
                    Ok(people) if people.is_empty() => {}
                    Ok(people) => self.broker.publish(Event::MembersAdded {
                        room_id,
                        rev: *rev,
                        people,
                    }),
                    Err(error) => tracing::error!(%error, %room_id, "could not tell of new members"),
                }
                notices.iter().for_each(stored);
                if !raised.is_empty() {
                    room_changed();
                }
            }
            Outcome::MemberRemoved(notice) => {
                if let Some((user_id, reason)) = removal(&notice.message) {
                    self.broker.publish(Event::MemberRemoved {
                        room_id,
                        rev: notice.message.rev,
                        user_id,
                        reason,
                    });
                }
                stored(notice);
            }
            Outcome::HandedOver(notice) => {
                stored(notice);
                room_changed();
            }
            Outcome::Updated(notice) => {
                notice.iter().for_each(stored);
                room_changed();
            }
        }
    }
}

/// A commit serves many traces: it stands in the first one, and knows of the others.
fn commit_span(batch: &[Job]) -> Span {
    let Some(first) = batch.first() else {
        return Span::none();
    };
    let span = tracing::info_span!(target: "trace", parent: &first.span, "commit", changes = batch.len());
    if !span.is_disabled() {
        batch.iter().skip(1).for_each(|job| {
            span.follows_from(&job.span);
        });
    }
    span
}

/// The answer to a change for which there is no room.
fn refused() -> Error {
    metrics::counter!("banter_changes_refused_total").increment(1);
    Error::overloaded()
}

/// Metrics are floats, and these counts are bounded by the queue.
fn to_float(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// Who was removed, and how, as the notice of it says.
fn removal(notice: &Message) -> Option<(domain::UserId, RemovalReason)> {
    let domain::message::Content::Notice(notice) = &notice.content else {
        return None;
    };
    Some((notice.subject?, notice.kind.removal_reason()))
}
