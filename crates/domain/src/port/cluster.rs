//! What a node does so that the people connected to it miss nothing of what other nodes wrote.
//!
//! Events from other nodes may get lost; the database does not lose anything. A node therefore
//! remembers up to which rev it has told each room that somebody connected to it is in, and reads
//! from the database what is missing.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::sync::Arc;

use async_trait::async_trait;
use shaku::Interface;

use crate::message::MessageDetail;
use crate::room::{Room, RoomHead};
use crate::{Event, PortError, RemovalReason, RoomId, SessionId, Timestamp, UserId};

/// Where a room stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomPosition {
    /// The room.
    pub room_id: RoomId,
    /// seq of its newest message.
    pub seq: i64,
    /// Its newest change.
    pub rev: i64,
}

impl From<&Room> for RoomPosition {
    fn from(room: &Room) -> Self {
        Self {
            room_id: room.id,
            seq: room.last_seq,
            rev: room.last_rev,
        }
    }
}

impl From<&RoomHead> for RoomPosition {
    fn from(head: &RoomHead) -> Self {
        Self {
            room_id: head.id,
            seq: head.last_seq,
            rev: head.last_rev,
        }
    }
}

/// A change of who is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembershipChange {
    /// Its place among the changes. Those of one room rise in the order in which they happened.
    pub id: i64,
    /// The room.
    pub room_id: RoomId,
    /// The room's newest change then.
    pub rev: i64,
    /// What happened.
    pub kind: MembershipKind,
}

/// What happened to a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipKind {
    /// Somebody became a member.
    Joined(UserId),
    /// Somebody is no member any more.
    Ended(UserId, RemovalReason),
    /// The room is gone, and with it all memberships.
    RoomDeleted,
}

/// Answers what a node may have missed.
#[async_trait]
pub trait NewsRepository: Interface {
    /// Those of the rooms that have changed beyond the given rev.
    ///
    /// # Errors
    /// [`PortError`].
    async fn moved(&self, rooms: &[(RoomId, i64)]) -> Result<Vec<RoomId>, PortError>;

    /// Where those of the rooms stand that exist.
    ///
    /// # Errors
    /// [`PortError`].
    async fn positions(&self, rooms: &[RoomId]) -> Result<Vec<RoomPosition>, PortError>;

    /// Membership changes above that id, by rising id, at most `limit`. A change is there as soon
    /// as the membership itself; of two rooms the one with the lower id may come later.
    ///
    /// # Errors
    /// [`PortError`].
    async fn memberships(&self, after: i64, limit: u32) -> Result<Vec<MembershipChange>, PortError>;

    /// Id of the newest membership change; 0 when there is none.
    ///
    /// # Errors
    /// [`PortError`].
    async fn newest_membership(&self) -> Result<i64, PortError>;

    /// Forgets membership changes from before that moment.
    ///
    /// # Errors
    /// [`PortError`].
    async fn forget_memberships(&self, before: Timestamp) -> Result<(), PortError>;

    /// Those of the sessions that were ended or do not exist.
    ///
    /// # Errors
    /// [`PortError`].
    async fn ended_sessions(&self, sessions: &[SessionId]) -> Result<Vec<SessionId>, PortError>;
}

/// Why a node should look into the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// In these rooms a rev is missing.
    Rooms(Vec<RoomId>),
    /// Who is in which room may have changed.
    Memberships,
    /// Anything may have been lost: nothing comes from other nodes, or did not until now.
    Anything,
    /// Nothing special; it is time to make sure.
    Routine,
}

/// What this node has told, for the one who heals it.
#[async_trait]
pub trait NodeFeed: Send + Sync {
    /// Waits until there is a reason to look into the database.
    async fn doubt(&self) -> Doubt;

    /// Waits while a listener of this node has more to do than it can keep up with.
    async fn caught_up(&self);

    /// The rooms that are followed, each with the rev up to which everything was told.
    fn followed(&self) -> Vec<(RoomId, i64)>;

    /// Tells this node what was read of a room: its messages that changed beyond the followed rev,
    /// by rising rev, without a hole up to the last of them. What was told before is left out.
    fn heal(&self, room_id: RoomId, details: Vec<Arc<MessageDetail>>);

    /// Whether this node knows of a change already: it was told of that membership, or a newer one
    /// was.
    fn knows(&self, change: &MembershipChange) -> bool;

    /// Tells an event to this node only.
    fn tell(&self, event: Event);

    /// Follows no room any more but these, and those that were followed since the last call.
    fn keep(&self, rooms: &HashSet<RoomId>);

    /// Follows rooms from where they stand.
    fn follow(&self, rooms: &[RoomPosition]);
}

/// A try to sign in, as nodes tell each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInTry {
    /// Under what it is counted, for an account with an address, and for an address: not in clear.
    pub keys: [String; 2],
    /// When it was made, by the clock of its node: which try it is, not how old.
    pub at: Timestamp,
    /// False when it was counted, true when it takes that back since the password was right.
    pub has_succeeded: bool,
}

/// Tells other nodes of tries to sign in, so that guessing is slow on all of them together.
pub trait SignInTries: Send + Sync {
    /// Tells them. Returns at once and never fails.
    fn tell(&self, attempt: &SignInTry);
}

/// Hears of tries to sign in on other nodes.
pub trait SignInTryListener: Send + Sync {
    /// Takes one that came at `now` by this node's clock. Must neither block nor fail.
    fn hear(&self, attempt: SignInTry, now: Timestamp);
}

/// Who is held to a limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Spender {
    /// A person.
    User(UserId),
    /// An address; between nodes not in clear.
    Address(String),
}

/// A limit that somebody used, as nodes tell each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spending {
    /// Which limit.
    pub limit: String,
    /// Who.
    pub spender: Spender,
    /// How often.
    pub times: NonZeroU32,
}

/// Tells other nodes of limits that were used, so that they hold on all of them together.
pub trait Spendings: Send + Sync {
    /// Tells them. Returns at once and never fails.
    fn tell(&self, spending: &Spending);
}

/// Hears of limits that were used on other nodes.
pub trait SpendingListener: Send + Sync {
    /// Takes one. Must neither block nor fail.
    fn hear(&self, spending: Spending);
}

/// Who is connected to this node.
pub trait Audience: Send + Sync {
    /// Rooms with somebody who is connected.
    fn rooms(&self) -> HashSet<RoomId>;

    /// Sessions that have a connection.
    fn sessions(&self) -> Vec<(UserId, SessionId)>;
}
