//! Several nodes that work as one.
//!
//! An event is told to the listeners of its own node inside the publisher's call, as in a process
//! that stands alone, and put into a bounded queue for the others. Nothing ever waits for Redis:
//! while it is gone, or too slow for the queue, events for other nodes are dropped and counted, but
//! for those that count when they come late.
//! What keeps them right is not Redis but the [`timeline`]: it knows what this node has told of
//! each room, and whoever heals the node reads the rest from the database.

mod codec;
mod deferred;
mod inbox;
mod node;
mod ports;
mod redis_link;
mod redis_server;
mod resend;
mod roster;
mod stats;
#[cfg(test)]
mod testing;
mod timeline;
mod triage;

use std::sync::Arc;
use std::time::Duration;

use domain::port::{Broker, NodeFeed, Presence, SignInTries, SignInTryListener, SpendingListener, Spendings};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use codec::Saying;
use node::{Node, Outgoing};
use ports::{ClusterBroker, ClusterPresence};
use redis_link::RedisLink;
pub use stats::ClusterStats;

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

impl Cluster {
    /// Joins the nodes that use the same Redis under the same prefix, and goes on trying while it
    /// cannot be reached. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`ClusterError`] when the address is no address of a Redis.
    pub fn join(url: &str, prefix: &str) -> Result<(Self, JoinHandle<()>), ClusterError> {
        let link = RedisLink::new(url, prefix)?;
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

    /// Its port for limits that were used.
    #[must_use]
    pub fn spendings(&self) -> Arc<dyn Spendings> {
        Arc::clone(&self.node) as Arc<dyn Spendings>
    }

    /// Who hears of limits that were used on other nodes; only the first one that is named does.
    pub fn hear_spendings(&self, listener: Arc<dyn SpendingListener>) {
        let _ = self.node.spendings.set(listener);
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
