//! The way through Redis and back.
//!
//! One connection at a time publishes and is subscribed. It is given up when Redis does not answer
//! a sign of life in time, and another one is tried for ever.

use std::sync::Arc;
use std::time::Duration;

use domain::Event;
use redis::{PushKind, RedisError, Value};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::ClusterError;
use super::codec::{self, Saying};
use super::inbox::Inbox;
use super::node::{Node, Outgoing};
use super::redis_server::{Connection, Publication, Redis};
use super::triage::LATE;

/// Between two tries to reach it.
const PAUSE: Duration = Duration::from_millis(300);
/// How often this node says that it is alive.
const BEAT: Duration = Duration::from_secs(1);
/// Most sayings in one go.
const BATCH: usize = 256;
/// Rooms are spread over so many channels.
const SHARDS: i64 = 64;

/// How Redis is reached.
pub(super) struct RedisLink {
    redis: Redis,
    prefix: String,
}

impl RedisLink {
    pub(super) fn new(url: &str, prefix: &str) -> Result<Self, ClusterError> {
        Ok(Self {
            redis: Redis::at(url)?,
            prefix: prefix.to_owned(),
        })
    }

    /// Sends what is in the queue and hears what others say, as long as the process lives.
    pub(super) async fn run(self, node: Arc<Node>, mut queue: mpsc::Receiver<Outgoing>) {
        let mut channels: Vec<String> = (0..SHARDS).map(|shard| self.shard(shard)).collect();
        channels.extend([self.nodes(), self.node(node.id)]);
        let mut batch = Vec::with_capacity(BATCH);
        let mut is_first_failure = true;
        loop {
            match self.redis.connect(&channels).await {
                Ok((connection, pushes)) => {
                    tracing::info!("connected to Redis: this node hears the others");
                    is_first_failure = true;
                    node.connected();
                    let error = self.talk(&node, connection, pushes, &mut queue, &mut batch).await;
                    node.disconnected();
                    tracing::warn!(%error, "the connection to Redis is lost: people on this node go on, other nodes hear later");
                    while let Ok(outgoing) = queue.try_recv() {
                        batch.push(outgoing);
                    }
                    node.keep_unsent(std::mem::take(&mut batch));
                }
                Err(error) if is_first_failure => {
                    is_first_failure = false;
                    tracing::warn!(%error, "Redis cannot be reached: this node goes on by itself and keeps trying");
                }
                Err(_) => {}
            }
            node.bury();
            sleep(PAUSE).await;
        }
    }

    /// Talks until the connection is lost, and says why.
    async fn talk(
        &self,
        node: &Node,
        connection: Connection,
        pushes: Inbox,
        queue: &mut mpsc::Receiver<Outgoing>,
        batch: &mut Vec<Outgoing>,
    ) -> RedisError {
        tokio::select! {
            error = listen(node, pushes) => error,
            error = self.send(node, connection, queue, batch) => error,
            error = beat(node) => error,
        }
    }

    /// Sends what is in the queue. What is in the batch when this ends may not have been sent.
    async fn send(
        &self,
        node: &Node,
        mut connection: Connection,
        queue: &mut mpsc::Receiver<Outgoing>,
        batch: &mut Vec<Outgoing>,
    ) -> RedisError {
        while queue.recv_many(batch, BATCH).await > 0 {
            let publications: Vec<Publication> = batch
                .iter()
                .filter_map(|outgoing| match outgoing {
                    Outgoing::Saying(saying, at) if at.elapsed() < LATE || !saying.is_of_memberships() => {
                        self.publication(node, saying)
                    }
                    Outgoing::Saying(..) => {
                        node.counters.dropped(1);
                        None
                    }
                    Outgoing::Flush(_) => None,
                })
                .collect();
            let count = publications.len();
            if count > 0 {
                if let Err(error) = connection.publish(publications).await {
                    return error;
                }
                node.counters.published(count);
            }
            for outgoing in batch.drain(..) {
                if let Outgoing::Flush(sent) = outgoing {
                    // Whoever asked may not wait any more.
                    let _ = sent.send(());
                }
            }
        }
        lost("the node has ended")
    }

    fn publication(&self, node: &Node, saying: &Saying) -> Option<Publication> {
        match codec::encode(node.id, saying) {
            Ok(bytes) => Some((self.channel(saying), bytes)),
            Err(error) => {
                tracing::error!(%error, "could not encode an event for other nodes");
                None
            }
        }
    }

    fn channel(&self, saying: &Saying) -> String {
        match saying {
            Saying::Event(event) => self.shard(key(event).rem_euclid(SHARDS)),
            Saying::Moved(room, _) => self.shard(room.0.rem_euclid(SHARDS)),
            Saying::People { to: Some(node), .. } => self.node(*node),
            _ => self.nodes(),
        }
    }

    fn shard(&self, shard: i64) -> String {
        format!("{}:{shard}", self.prefix)
    }

    fn nodes(&self) -> String {
        format!("{}:nodes", self.prefix)
    }

    /// What only that node hears. In a Redis Cluster it is where the channel of all nodes is, so
    /// that the two are heard in the order in which they were said.
    fn node(&self, id: u64) -> String {
        format!("{{{}}}:{id:016x}", self.nodes())
    }
}

/// What goes the same way is heard in the order in which it was said: all of a room, all of a person.
fn key(event: &Event) -> i64 {
    match event {
        Event::MessageStored(detail) | Event::MessageChanged(detail) => detail.message.room_id.0,
        Event::Read { room_id, .. }
        | Event::Typing { room_id, .. }
        | Event::MembersAdded { room_id, .. }
        | Event::MemberRemoved { room_id, .. }
        | Event::RoomChanged { room_id }
        | Event::RoomDeleted { room_id } => room_id.0,
        Event::UserChanged(person) => person.user.id.0,
        Event::FriendAdded { a, .. } | Event::FriendRemoved { a, .. } => a.user.id.0,
        Event::Presence { user_id, .. }
        | Event::PreferencesChanged { user_id, .. }
        | Event::SessionsRevoked { user_id, .. } => user_id.0,
    }
}

async fn listen(node: &Node, mut pushes: Inbox) -> RedisError {
    while let Some(push) = pushes.next().await {
        if pushes.has_lost() {
            node.lost();
        }
        match push.kind {
            PushKind::Message | PushKind::SMessage => {
                if let Some(Value::BulkString(bytes)) = push.data.get(1) {
                    node.hear(bytes);
                }
            }
            // A channel of a Redis Cluster that moves to another server is closed on its old one.
            PushKind::Disconnection | PushKind::SUnsubscribe => break,
            _ => {}
        }
    }
    lost("the connection was closed")
}

/// A sign of life needs an answer like everything that is sent, so silence of Redis shows here.
async fn beat(node: &Node) -> RedisError {
    let mut turn = interval(BEAT);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turn.tick().await;
        node.beat();
    }
}

fn lost(why: &'static str) -> RedisError {
    RedisError::from((redis::ErrorKind::Io, why))
}
