//! The place in the cluster as the ports know it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::message::MessageDetail;
use domain::port::{
    Broker, Doubt, Listener, MembershipChange, NodeFeed, Presence, RoomPosition, SignInTries, SignInTry, Spending,
    Spendings,
};
use domain::{Event, RoomId, UserId};

use super::codec::Saying;
use super::node::{Node, now};

/// An event of another node that is a little late fills a gap by itself.
const GRACE: Duration = Duration::from_millis(50);
/// How often the database is looked into while events arrive.
const ROUTINE: Duration = Duration::from_secs(5);
/// How often it is looked into while none do.
const ALONE: Duration = Duration::from_secs(1);

/// Tells this node and the others.
pub(super) struct ClusterBroker(pub(super) Arc<Node>);

#[async_trait]
impl Broker for ClusterBroker {
    fn publish(&self, event: Event) {
        self.0.publish(event);
    }

    fn follow(&self, rooms: &[RoomPosition]) -> bool {
        self.0.told().timeline.follow_all(rooms)
    }

    fn attach(&self, listener: Arc<dyn Listener>) {
        self.0.told().listeners.attach(listener);
    }

    async fn caught_up(&self) {
        NodeFeed::caught_up(&*self.0).await;
    }
}

/// Knows who is connected to any node.
pub(super) struct ClusterPresence(pub(super) Arc<Node>);

impl Presence for ClusterPresence {
    fn connected(&self, user_id: UserId) -> bool {
        let mut roster = self.0.roster();
        let (is_first_here, is_first) = roster.connected(user_id);
        if is_first_here {
            self.turn(user_id, true);
        }
        is_first
    }

    fn disconnected(&self, user_id: UserId) -> bool {
        let mut roster = self.0.roster();
        let (was_last_here, was_last) = roster.disconnected(user_id);
        if was_last_here {
            self.turn(user_id, false);
        }
        was_last
    }

    fn is_online(&self, user_id: UserId) -> bool {
        self.0.roster().is_online(user_id)
    }
}

impl ClusterPresence {
    /// Called under the roster's lock, so that others hear turns in the order in which they happen.
    fn turn(&self, user: UserId, online: bool) {
        let at = now();
        self.0.say(Saying::Presence { user, online, at });
    }
}

impl SignInTries for Node {
    fn tell(&self, attempt: &SignInTry) {
        self.say(Saying::SignIn(attempt.clone()));
    }
}

impl Spendings for Node {
    fn tell(&self, spending: &Spending) {
        self.say(Saying::Spent(spending.clone()));
    }
}

#[async_trait]
impl NodeFeed for Node {
    async fn doubt(&self) -> Doubt {
        loop {
            let is_alone = !self.counters.is_connected();
            let due = self.doubts().looked + if is_alone { ALONE } else { ROUTINE };
            tokio::select! {
                () = self.news.notified() => {
                    if !is_alone && !self.doubts().rooms.is_empty() {
                        tokio::time::sleep(GRACE).await;
                    }
                }
                () = tokio::time::sleep_until(due.into()) => {
                    self.doubts().looked = Instant::now();
                    let is_alone = !self.counters.is_connected();
                    return if is_alone { Doubt::Anything } else { Doubt::Routine };
                }
            }
            let mut doubts = self.doubts();
            if std::mem::take(&mut doubts.anything) {
                doubts.rooms.clear();
                doubts.memberships = false;
                doubts.looked = Instant::now();
                return Doubt::Anything;
            }
            if std::mem::take(&mut doubts.memberships) {
                // Rooms have their turn next.
                self.news.notify_one();
                return Doubt::Memberships;
            }
            let rooms = std::mem::take(&mut doubts.rooms);
            drop(doubts);
            let told = self.told();
            let behind = rooms
                .iter()
                .filter(|(room, rev)| told.timeline.is_behind(**room, **rev));
            let behind: Vec<RoomId> = behind.map(|(room, _)| *room).collect();
            if !behind.is_empty() {
                return Doubt::Rooms(behind);
            }
        }
    }

    async fn caught_up(&self) {
        let listeners = self.told().listeners.clone();
        listeners.caught_up().await;
    }

    fn followed(&self) -> Vec<(RoomId, i64)> {
        self.told().timeline.followed()
    }

    fn heal(&self, room_id: RoomId, details: Vec<Arc<MessageDetail>>) {
        let mut told = self.told();
        let tell = told.timeline.heal(room_id, details, Instant::now());
        self.counters.healed(tell.len());
        tell.iter().for_each(|event| told.listeners.tell(event));
    }

    fn knows(&self, change: &MembershipChange) -> bool {
        self.told().timeline.knows(change)
    }

    fn tell(&self, event: Event) {
        self.tell_here(event);
    }

    fn keep(&self, rooms: &HashSet<RoomId>) {
        self.told().timeline.keep(rooms, Instant::now());
    }

    fn follow(&self, rooms: &[RoomPosition]) {
        self.told().timeline.follow_all(rooms);
    }
}
