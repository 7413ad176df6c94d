//! Friendships.

use async_trait::async_trait;
use shaku::Interface;

use crate::room::Room;
use crate::{PortError, Timestamp, UserId};

/// What became of a wish to be friends.
#[derive(Debug, Clone)]
pub struct Befriended {
    /// The private room of the two.
    pub room: Room,
    /// True when they were not friends before.
    pub is_new: bool,
}

/// Stores friendships. Each is mutual: both sides have it or none.
#[async_trait]
pub trait FriendRepository: Interface {
    /// Makes two different, existing people friends and gives their private room: made once for
    /// an unordered pair, found again ever after, writable again after an end of the friendship.
    /// Both are plain members of it. Safe to be called by both sides at once.
    ///
    /// # Errors
    /// [`PortError`]; nothing is stored then.
    async fn befriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Befriended, PortError>;

    /// Ends a friendship and makes the private room read-only. `None` when there was none.
    ///
    /// # Errors
    /// [`PortError`]; nothing is stored then.
    async fn unfriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Option<Room>, PortError>;

    /// Friends of that person by rising id, those above `after`, at most `limit`.
    ///
    /// # Errors
    /// [`PortError`].
    async fn friends(&self, user_id: UserId, after: Option<UserId>, limit: u32) -> Result<Vec<UserId>, PortError>;
}
