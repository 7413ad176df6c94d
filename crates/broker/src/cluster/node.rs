//! The node itself: what it tells its own people, and what it says to and hears from others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use domain::port::{SignInTryListener, SpendingListener};
use domain::{Event, RoomId, Timestamp, UserId};
use tokio::sync::{Notify, mpsc, oneshot};

use super::codec::{self, Saying};
use super::deferred::Deferred;
use super::resend::ResendBuffer;
use super::roster::{Roster, Turns};
use super::stats::Counters;
use super::timeline::{Timeline, Verdict};
use super::triage::{LATE, Triage, triage};
use crate::listeners::Listeners;

/// What is sent to other nodes.
pub(super) enum Outgoing {
    /// Something, and since when it waits.
    Saying(Saying, Instant),
    /// Answers when everything before it was sent.
    Flush(oneshot::Sender<()>),
}

/// What all parts of the place share.
pub(super) struct Node {
    pub(super) id: u64,
    pub(super) told: Mutex<Told>,
    pub(super) roster: Mutex<Roster>,
    pub(super) queue: mpsc::Sender<Outgoing>,
    pub(super) resend: Mutex<ResendBuffer>,
    pub(super) deferred: Mutex<Deferred>,
    pub(super) doubts: Mutex<Doubts>,
    pub(super) news: Notify,
    pub(super) sign_ins: OnceLock<Arc<dyn SignInTryListener>>,
    pub(super) spendings: OnceLock<Arc<dyn SpendingListener>>,
    pub(super) counters: Counters,
}

/// Listeners and what they were told, under one lock: all hear all events in one order.
#[derive(Default)]
pub(super) struct Told {
    pub(super) listeners: Listeners,
    pub(super) timeline: Timeline,
}

/// What is to be looked for in the database.
pub(super) struct Doubts {
    /// These rooms stand at that rev at least.
    pub(super) rooms: HashMap<RoomId, i64>,
    pub(super) memberships: bool,
    pub(super) anything: bool,
    pub(super) looked: Instant,
}

impl Node {
    pub(super) fn new(id: u64, queue: mpsc::Sender<Outgoing>) -> Self {
        Self {
            id,
            told: Mutex::default(),
            roster: Mutex::default(),
            queue,
            resend: Mutex::default(),
            deferred: Mutex::default(),
            doubts: Mutex::new(Doubts {
                rooms: HashMap::new(),
                memberships: false,
                anything: false,
                looked: Instant::now(),
            }),
            news: Notify::new(),
            sign_ins: OnceLock::new(),
            spendings: OnceLock::new(),
            counters: Counters::default(),
        }
    }

    /// Tells this node's listeners and the other nodes.
    pub(super) fn publish(&self, event: Event) {
        let told = self.told();
        // Each node knows by itself who is online: see the roster.
        let is_shared = !matches!(event, Event::Presence { .. });
        if is_shared {
            self.say(Saying::Event(Box::new(event.clone())));
        }
        self.tell_under(told, event);
    }

    /// Tells this node's listeners only.
    pub(super) fn tell_here(&self, event: Event) {
        self.tell_under(self.told(), event);
    }

    fn tell_under(&self, mut told: MutexGuard<'_, Told>, event: Event) {
        let Verdict { tell, gap } = told.timeline.take(Arc::new(event), Instant::now());
        tell.iter().for_each(|event| told.listeners.tell(event));
        drop(told);
        if let Some((room, rev)) = gap {
            self.doubt_room(room, rev);
        }
    }

    /// Puts something into the queue for the other nodes, if there is room and a connection.
    pub(super) fn say(&self, saying: Saying) {
        if !self.counters.is_connected() {
            self.keep_for_resend(saying);
            return;
        }
        let mut resend = self.resend();
        if resend.must_follow(&saying) {
            self.counters.dropped(resend.keep(saying));
        } else {
            self.send(&mut resend, saying);
        }
    }

    /// Sends, or keeps what a full queue does not take, as far as it counts later.
    fn send(&self, resend: &mut ResendBuffer, saying: Saying) {
        if let Err(refused) = self.queue.try_send(Outgoing::Saying(saying, Instant::now()))
            && let Outgoing::Saying(saying, _) = refused.into_inner()
        {
            self.counters.dropped(resend.keep(saying));
        }
    }

    /// Keeps what could not be sent until the connection comes back, as far as it counts then.
    fn keep_for_resend(&self, saying: Saying) {
        let dropped = self.resend().keep(saying);
        self.counters.dropped(dropped);
    }

    /// Keeps what was in the queue when the connection was lost.
    pub(super) fn keep_unsent(&self, outgoing: Vec<Outgoing>) {
        let sayings = outgoing.into_iter().filter_map(|outgoing| match outgoing {
            Outgoing::Saying(saying, _) => Some(saying),
            Outgoing::Flush(_) => None,
        });
        let dropped = self.resend().keep_before(sayings);
        self.counters.dropped(dropped);
    }

    /// Hears what came through Redis.
    pub(super) fn hear(&self, bytes: &[u8]) {
        let (from, saying) = match codec::decode(bytes) {
            Ok(said) => said,
            Err(error) => {
                self.counters.unreadable();
                tracing::warn!(%error, "left out what another node said");
                return;
            }
        };
        if from == self.id {
            if let Saying::Alive { at, .. } = saying {
                self.counters.heard_itself(at, now());
            }
            return;
        }
        self.counters.received();
        match saying {
            Saying::Event(event) => self.hear_event(*event),
            Saying::Moved(room, rev) => self.doubt_room(room, rev),
            Saying::Alive { people, digest, .. } => {
                if !self.roster().hear_alive(from, people, digest, Instant::now()) {
                    self.say(Saying::WhoIsThere(Some(from)));
                }
            }
            Saying::Presence { user, online, at } => {
                let turns = self.roster().hear_turn(from, user, online, Instant::now());
                self.tell_turns(&turns, at);
            }
            Saying::People { users, .. } => {
                let turns = self.roster().hear_people(from, &users, Instant::now());
                self.tell_turns(&turns, now());
            }
            Saying::WhoIsThere(of) if of.is_none_or(|of| of == self.id) => {
                // Under the roster's lock, so that turns are heard before or after it as they were.
                let roster = self.roster();
                self.say(Saying::People {
                    to: of.map(|_| from),
                    users: roster.here(),
                });
            }
            Saying::WhoIsThere(_) => {}
            Saying::SignIn(attempt) => {
                if let Some(listener) = self.sign_ins.get() {
                    listener.hear(attempt, now());
                }
            }
            Saying::Spent(spending) => {
                if let Some(listener) = self.spendings.get() {
                    listener.hear(spending);
                }
            }
            Saying::Hello => {
                // It may have stored something while it could tell nobody.
                self.doubt_everything();
            }
            Saying::Bye => {
                let turns = self.roster().hear_bye(from);
                self.tell_turns(&turns, now());
            }
        }
    }

    fn hear_event(&self, event: Event) {
        let is_behind = self.told().listeners.is_behind();
        let is_late = self.counters.silence(now()) > LATE;
        let mut triage = triage(&event, is_behind, is_late);
        if triage == Triage::Tell && self.deferred().holds(&event) {
            triage = Triage::Defer;
        }
        if triage != Triage::Tell {
            self.counters.postponed();
        }
        match triage {
            Triage::Tell => self.tell_here(event),
            Triage::HealRoom(room, rev) => self.doubt_room(room, rev),
            Triage::HealMemberships => self.doubt_memberships(),
            Triage::Defer => {
                self.deferred().put(event);
            }
            Triage::Drop => {}
        }
    }

    /// Tells what was deferred, if there is less to do now.
    fn catch_up(&self) {
        let told = self.told();
        if !told.listeners.is_behind() {
            drop(told);
            let deferred = self.deferred().take();
            deferred.into_iter().for_each(|event| self.tell_here(event));
        }
    }

    /// More was said than this node could hear.
    pub(super) fn lost(&self) {
        tracing::warn!("other nodes say more than this node can hear: reading it from the database");
        self.doubt_everything();
    }

    /// Says that this node is alive, and what was kept if it is time; takes silent ones as gone.
    pub(super) fn beat(&self) {
        let roster = self.roster();
        let (people, digest) = roster.summary();
        self.say(Saying::Alive {
            at: now(),
            people,
            digest,
        });
        drop(roster);
        self.bury();
        self.catch_up();
        let mut resend = self.resend();
        for saying in resend.take_due(Instant::now()) {
            self.send(&mut resend, saying);
        }
    }

    pub(super) fn bury(&self) {
        let turns = self.roster().bury(Instant::now());
        self.tell_turns(&turns, now());
    }

    fn tell_turns(&self, turns: &Turns, at: Timestamp) {
        if self.told().listeners.is_behind() {
            let count = turns.came.len() + turns.went.len();
            (0..count).for_each(|_| self.counters.postponed());
            return;
        }
        let presence = |user: UserId, online: bool| Event::Presence {
            user_id: user,
            online,
            last_seen_at: (!online).then_some(at),
        };
        turns.came.iter().for_each(|user| self.tell_here(presence(*user, true)));
        turns
            .went
            .iter()
            .for_each(|user| self.tell_here(presence(*user, false)));
    }

    /// Events arrive from now on, but what happened until now may be unknown.
    pub(super) fn connected(&self) {
        self.counters.heard_itself(now(), now());
        self.counters.set_connected(true);
        self.say(Saying::Hello);
        self.resend().connected(Instant::now());
        self.beat();
        self.doubt_everything();
    }

    pub(super) fn disconnected(&self) {
        self.counters.set_connected(false);
        self.news.notify_one();
    }

    fn doubt_room(&self, room: RoomId, rev: i64) {
        let mut doubts = self.doubts();
        let known = doubts.rooms.entry(room).or_insert(rev);
        *known = rev.max(*known);
        drop(doubts);
        self.news.notify_one();
    }

    fn doubt_memberships(&self) {
        self.doubts().memberships = true;
        self.news.notify_one();
    }

    fn doubt_everything(&self) {
        self.doubts().anything = true;
        self.news.notify_one();
    }

    /// Nothing between a change's begin and end can panic, so the state is whole in any case;
    /// the same holds for the other locks.
    pub(super) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn roster(&self) -> MutexGuard<'_, Roster> {
        self.roster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn deferred(&self) -> MutexGuard<'_, Deferred> {
        self.deferred.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn resend(&self) -> MutexGuard<'_, ResendBuffer> {
        self.resend.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn doubts(&self) -> MutexGuard<'_, Doubts> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wall-clock time, for what other nodes compare with theirs.
pub(super) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
#[path = "node_tests.rs"]
mod tests;
