//! News between the parts of one node, and between nodes.

use std::sync::Arc;

use async_trait::async_trait;
use shaku::Interface;

use super::RoomPosition;
use crate::{Event, UserId};

/// Carries events to every listener of every node.
#[async_trait]
pub trait Broker: Interface {
    /// Tells everybody. Returns at once and never fails: listeners of this node have heard when
    /// it returns, in the order of the calls; other nodes hear when they can, and heal what they
    /// missed from the database. Only a message before which another node's is still missing is
    /// told a little later, in the order of the room.
    fn publish(&self, event: Event);

    /// Takes note of where rooms stand that somebody connected to this node is told of: from
    /// there on that person must hear every change, whichever node it happens on. A node that
    /// stands alone hears all of them anyway.
    ///
    /// False when one of them is followed from a later rev already: then changes in between were
    /// not told here, and what was read together with these positions must be read anew.
    #[must_use]
    fn follow(&self, rooms: &[RoomPosition]) -> bool {
        let _ = rooms;
        true
    }

    /// Adds a listener for all events from now on.
    fn attach(&self, listener: Arc<dyn Listener>);

    /// Waits while a listener of this node has more to do than it can keep up with. Whoever
    /// publishes much asks before, so that what waits stays bounded.
    async fn caught_up(&self);
}

/// Hears events.
#[async_trait]
pub trait Listener: Send + Sync {
    /// Takes one event. Must neither block nor fail: it runs inside the publisher's call.
    fn on_event(&self, event: &Arc<Event>);

    /// Whether there is more to do than the listener can keep up with.
    fn is_behind(&self) -> bool {
        false
    }

    /// Waits while there is more to do than the listener can keep up with.
    async fn caught_up(&self) {}
}

/// Knows who is connected.
pub trait Presence: Interface {
    /// Counts one more connection of that person. True when it is the first.
    fn connected(&self, user_id: UserId) -> bool;

    /// Counts one connection less. True when it was the last.
    fn disconnected(&self, user_id: UserId) -> bool;

    /// True while the person has a connection.
    fn is_online(&self, user_id: UserId) -> bool;
}
