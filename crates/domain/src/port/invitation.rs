//! Invitations. They are used up where people become members: [`RoomLog`](super::RoomLog) and
//! [`UserRepository`](super::UserRepository).

use async_trait::async_trait;
use shaku::Interface;

use crate::invitation::{Invitation, InvitationCode};
use crate::{PortError, RoomId, Timestamp};

/// Stores invitations. They go with their room.
#[async_trait]
pub trait InvitationRepository: Interface {
    /// Stores a new invitation, and forgets those of its room that have ended by then. False, with
    /// nothing stored, when the room is gone or has [`LIVE_MAX`](crate::invitation::LIVE_MAX)
    /// others, which holds for any number of calls at once.
    ///
    /// # Errors
    /// [`PortError`].
    async fn insert(&self, invitation: &Invitation) -> Result<bool, PortError>;

    /// The invitation of that code, whether it has ended or not.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get(&self, code: InvitationCode) -> Result<Option<Invitation>, PortError>;

    /// The invitations of a room that hold, the newest first.
    ///
    /// # Errors
    /// [`PortError`].
    async fn live_of(&self, room_id: RoomId, now: Timestamp) -> Result<Vec<Invitation>, PortError>;

    /// Forgets an invitation. False when there is none of that code.
    ///
    /// # Errors
    /// [`PortError`].
    async fn remove(&self, code: InvitationCode) -> Result<bool, PortError>;
}
