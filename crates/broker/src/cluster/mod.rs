//! Several nodes that work as one.
//!
//! An event is told to the listeners of its own node inside the publisher's call, as in a process
//! that stands alone, and put into a bounded queue for the others. Nothing ever waits for Redis:
//! while it is gone, or too slow for the queue, events for other nodes are dropped and counted, but
//! for those that count when they come late.
//! What keeps them right is not Redis but the [`timeline`]: it knows what this node has told of
//! each room, and whoever heals the node reads the rest from the database.

mod codec;
mod kept;
mod link;
mod ports;
mod redis_server;
mod roster;
mod stats;
mod timeline;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use domain::port::{Broker, NodeFeed, Presence, SignInTries, SignInTryListener};
use domain::{Event, RoomId, Timestamp, UserId};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::listeners::Listeners;
use codec::Saying;
use kept::Kept;
use ports::{ClusterBroker, ClusterPresence};
use roster::{Roster, Turns};
pub use stats::ClusterStats;
use stats::Counters;
use timeline::{Timeline, Verdict};

/// Most sayings that wait to be sent.
const QUEUE: usize = 8192;

/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);

/// A cluster cannot be joined as it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The address of Redis is not understood.
    #[error("the address of Redis is not understood: {0}")]
    Address(String),
}

/// This node's place among the others. Clones are the same place.
#[derive(Clone)]
pub struct Cluster {
    node: Arc<Node>,
}

/// What is sent to other nodes.
enum Outgoing {
    Saying(Saying),
    /// Answers when everything before it was sent.
    Flush(oneshot::Sender<()>),
}

/// What all parts of the place share.
struct Node {
    id: u64,
    told: Mutex<Told>,
    roster: Mutex<Roster>,
    queue: mpsc::Sender<Outgoing>,
    kept: Mutex<Kept>,
    doubts: Mutex<Doubts>,
    news: Notify,
    sign_ins: OnceLock<Arc<dyn SignInTryListener>>,
    counters: Counters,
}

/// Listeners and what they were told, under one lock: all hear all events in one order.
#[derive(Default)]
struct Told {
    listeners: Listeners,
    timeline: Timeline,
}

/// What is to be looked for in the database.
struct Doubts {
    /// These rooms stand at that rev at least.
    rooms: HashMap<RoomId, i64>,
    anything: bool,
    looked: Instant,
}

impl Cluster {
    /// Joins the nodes that use the same Redis under the same prefix, and goes on trying while it
    /// cannot be reached. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`ClusterError`] when the address is no address of a Redis.
    pub fn join(url: &str, prefix: &str) -> Result<(Self, JoinHandle<()>), ClusterError> {
        let link = link::Link::new(url, prefix)?;
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let node = Arc::new(Node::new(rand::random(), queue));
        let task = tokio::spawn(link.run(Arc::clone(&node), outgoing));
        Ok((Self { node }, task))
    }

    /// Its port for events.
    #[must_use]
    pub fn broker(&self) -> Box<dyn Broker> {
        Box::new(ClusterBroker(Arc::clone(&self.node)))
    }

    /// Its port for presence.
    #[must_use]
    pub fn presence(&self) -> Box<dyn Presence> {
        Box::new(ClusterPresence(Arc::clone(&self.node)))
    }

    /// Its port for whoever heals it.
    #[must_use]
    pub fn feed(&self) -> Arc<dyn NodeFeed> {
        Arc::clone(&self.node) as Arc<dyn NodeFeed>
    }

    /// Its port for tries to sign in.
    #[must_use]
    pub fn sign_ins(&self) -> Arc<dyn SignInTries> {
        Arc::clone(&self.node) as Arc<dyn SignInTries>
    }

    /// Who hears of tries to sign in on other nodes; only the first one that is named does.
    pub fn hear_sign_ins(&self, listener: Arc<dyn SignInTryListener>) {
        let _ = self.node.sign_ins.set(listener);
    }

    /// The numbers of this moment.
    #[must_use]
    pub fn stats(&self) -> ClusterStats {
        let others = self.node.roster().others();
        self.node.counters.snapshot(others)
    }

    /// Says goodbye to the other nodes; returns when they have been told, or cannot be.
    pub async fn leave(&self) {
        self.node.say(Saying::Bye);
        let (sent, is_sent) = oneshot::channel();
        if self.node.counters.is_connected() && self.node.queue.try_send(Outgoing::Flush(sent)).is_ok() {
            // Without a goodbye they find out by the silence.
            let _ = tokio::time::timeout(GOODBYE, is_sent).await;
        }
    }
}

impl Node {
    fn new(id: u64, queue: mpsc::Sender<Outgoing>) -> Self {
        Self {
            id,
            told: Mutex::default(),
            roster: Mutex::default(),
            queue,
            kept: Mutex::default(),
            doubts: Mutex::new(Doubts {
                rooms: HashMap::new(),
                anything: false,
                looked: Instant::now(),
            }),
            news: Notify::new(),
            sign_ins: OnceLock::new(),
            counters: Counters::default(),
        }
    }

    /// Tells this node's listeners and the other nodes.
    fn publish(&self, event: Event) {
        let told = self.told();
        // Each node knows by itself who is online: see the roster.
        let is_shared = !matches!(event, Event::Presence { .. });
        if is_shared {
            self.say(Saying::Event(Box::new(event.clone())));
        }
        self.tell_under(told, event);
    }

    /// Tells this node's listeners only.
    fn tell_here(&self, event: Event) {
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
    fn say(&self, saying: Saying) {
        if !self.counters.is_connected() {
            self.keep_for_later(saying);
            return;
        }
        let mut kept = self.kept();
        if kept.must_follow(&saying) {
            self.counters.dropped(kept.keep(saying));
        } else {
            self.send(saying);
        }
    }

    fn send(&self, saying: Saying) {
        if self.queue.try_send(Outgoing::Saying(saying)).is_err() {
            self.counters.dropped(1);
        }
    }

    /// Keeps what could not be sent until the connection comes back, as far as it counts then.
    fn keep_for_later(&self, saying: Saying) {
        let dropped = self.kept().keep(saying);
        self.counters.dropped(dropped);
    }

    /// Hears what came through Redis.
    fn hear(&self, bytes: &[u8]) {
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
                self.counters.lag(now().since(at));
            }
            return;
        }
        self.counters.received();
        match saying {
            Saying::Event(event) => self.tell_here(*event),
            Saying::Moved(room, rev) => self.doubt_room(room, rev),
            Saying::Alive { people, digest, .. } => {
                if !self.roster().hear_alive(from, people, digest, Instant::now()) {
                    self.say(Saying::WhoIsThere);
                }
            }
            Saying::Presence { user, online, at } => {
                let turns = self.roster().hear_turn(from, user, online, Instant::now());
                self.tell_turns(&turns, at);
            }
            Saying::People(people) => {
                let turns = self.roster().hear_people(from, &people, Instant::now());
                self.tell_turns(&turns, now());
            }
            Saying::WhoIsThere => {
                let roster = self.roster();
                self.say(Saying::People(roster.here()));
            }
            Saying::SignIn(attempt) => {
                if let Some(listener) = self.sign_ins.get() {
                    listener.hear(attempt);
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

    /// Says that this node is alive, and what was kept if it is time; takes silent ones as gone.
    fn beat(&self) {
        let roster = self.roster();
        let (people, digest) = roster.summary();
        self.say(Saying::Alive {
            at: now(),
            people,
            digest,
        });
        drop(roster);
        self.bury();
        let mut kept = self.kept();
        for saying in kept.take_due(Instant::now()) {
            self.send(saying);
        }
    }

    fn bury(&self) {
        let turns = self.roster().bury(Instant::now());
        self.tell_turns(&turns, now());
    }

    fn tell_turns(&self, turns: &Turns, at: Timestamp) {
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
    fn connected(&self) {
        self.counters.set_connected(true);
        self.say(Saying::Hello);
        self.kept().connected(Instant::now());
        self.beat();
        self.doubt_everything();
    }

    fn disconnected(&self) {
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

    fn doubt_everything(&self) {
        self.doubts().anything = true;
        self.news.notify_one();
    }

    /// Nothing between a change's begin and end can panic, so the state is whole in any case;
    /// the same holds for the other locks.
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn roster(&self) -> MutexGuard<'_, Roster> {
        self.roster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn doubts(&self) -> MutexGuard<'_, Doubts> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wall-clock time, for what other nodes compare with theirs.
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
