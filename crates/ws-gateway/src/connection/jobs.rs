//! The calls of one connection in their order.
//!
//! Calls are started and answered in the order in which they came, except that calls that concern
//! different rooms do not wait for each other. Plain texts for one room are started one after
//! the other without waiting for the answers: sending takes a text's place in the room's order
//! when its future is first polled, so they keep their order and may share a commit. A call that
//! concerns no room waits for all before it, and all behind it wait for it.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use domain::RoomId;
use futures_util::future::LocalBoxFuture;
use futures_util::poll;
use futures_util::stream::{FuturesUnordered, StreamExt};

/// What a call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// For everything before it; everything behind it waits for it.
    Alone,
    /// For what concerns the same room.
    Room(RoomId),
    /// As `Room`, but not for plain texts before it: only for their start.
    PlainText(RoomId),
}

impl Lane {
    fn room(self) -> Option<RoomId> {
        match self {
            Self::Alone => None,
            Self::Room(room) | Self::PlainText(room) => Some(room),
        }
    }

    /// Whether a later call is answered after this one.
    fn is_answered_before(self, later: Self) -> bool {
        match (self.room(), later.room()) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
    }

    /// Whether a later call is started after this one has been done.
    fn is_done_before(self, later: Self) -> bool {
        match (self, later) {
            (Self::PlainText(_), Self::PlainText(_)) => false,
            _ => self.is_answered_before(later),
        }
    }
}

/// The calls of one connection that have no answer yet.
pub(super) struct Jobs<W> {
    queue: VecDeque<Job<W>>,
    running: FuturesUnordered<Numbered>,
    numbers: u64,
    max: usize,
}

struct Job<W> {
    number: u64,
    lane: Lane,
    stage: Stage<W>,
}

/// A call that runs.
struct Numbered {
    number: u64,
    future: LocalBoxFuture<'static, Option<Bytes>>,
}

impl Future for Numbered {
    type Output = (u64, Option<Bytes>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let number = self.number;
        self.future.as_mut().poll(context).map(|answer| (number, answer))
    }
}

enum Stage<W> {
    Waiting(W),
    Running,
    Done(Option<Bytes>),
}

impl<W> Jobs<W> {
    /// No calls, and room for `max`.
    pub(super) fn new(max: usize) -> Self {
        Self {
            queue: VecDeque::new(),
            running: FuturesUnordered::new(),
            numbers: 0,
            max,
        }
    }

    /// Adds a call behind all others.
    pub(super) fn push(&mut self, lane: Lane, work: W) {
        self.add(lane, Stage::Waiting(work));
    }

    /// Adds an answer behind all others.
    pub(super) fn push_done(&mut self, answer: Option<Bytes>) {
        self.add(Lane::Alone, Stage::Done(answer));
    }

    pub(super) fn has_room(&self) -> bool {
        self.queue.len() < self.max
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    pub(super) fn is_running(&self) -> bool {
        !self.running.is_empty()
    }

    /// Whether there is a call that concerns no room.
    pub(super) fn has_alone(&self) -> bool {
        self.queue.iter().any(|job| job.lane == Lane::Alone)
    }

    /// Starts every call that need not wait. Each is polled once, in their order, before the
    /// next one is started.
    pub(super) async fn start(&mut self, begin: impl Fn(W) -> LocalBoxFuture<'static, Option<Bytes>>) {
        while let Some(position) = self.next_to_start() {
            let Some(job) = self.queue.get_mut(position) else {
                return;
            };
            let Stage::Waiting(work) = std::mem::replace(&mut job.stage, Stage::Running) else {
                return;
            };
            let mut future = begin(work);
            match poll!(&mut future) {
                Poll::Ready(answer) => job.stage = Stage::Done(answer),
                Poll::Pending => {
                    let number = job.number;
                    self.running.push(Numbered { number, future });
                }
            }
        }
    }

    /// Waits until one of the started calls is done. Nothing is lost when the future is dropped.
    pub(super) async fn run_one(&mut self) {
        if let Some((number, answer)) = self.running.next().await
            && let Some(job) = self.queue.iter_mut().find(|job| job.number == number)
        {
            job.stage = Stage::Done(answer);
        }
    }

    /// Runs what has been started to its end; the answers are lost.
    pub(super) async fn run_out(mut self) {
        while self.running.next().await.is_some() {}
    }

    /// Takes the answers that may be given by now, in their order.
    pub(super) fn release(&mut self) -> Vec<Bytes> {
        let mut answers = Vec::new();
        let mut position = 0;
        while let Some(job) = self.queue.get(position) {
            let lane = job.lane;
            let is_next = self
                .queue
                .iter()
                .take(position)
                .all(|earlier| !earlier.lane.is_answered_before(lane));
            if !is_next || !matches!(job.stage, Stage::Done(_)) {
                position += 1;
                continue;
            }
            if let Some(Stage::Done(Some(answer))) = self.queue.remove(position).map(|job| job.stage) {
                answers.push(answer);
            }
        }
        if self.queue.is_empty() {
            self.queue = VecDeque::new();
        }
        answers
    }

    fn next_to_start(&self) -> Option<usize> {
        self.queue.iter().enumerate().position(|(position, job)| {
            let may_start = |earlier: &Job<W>| match earlier.stage {
                Stage::Done(_) => true,
                Stage::Running => !earlier.lane.is_done_before(job.lane),
                Stage::Waiting(_) => !earlier.lane.is_answered_before(job.lane),
            };
            matches!(job.stage, Stage::Waiting(_)) && self.queue.iter().take(position).all(may_start)
        })
    }

    fn add(&mut self, lane: Lane, stage: Stage<W>) {
        self.queue.push_back(Job {
            number: self.numbers,
            lane,
            stage,
        });
        self.numbers = self.numbers.wrapping_add(1);
    }
}

#[cfg(test)]
#[path = "jobs_tests.rs"]
mod tests;
