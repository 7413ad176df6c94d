//! Signed-in devices.

use async_trait::async_trait;
use shaku::Interface;

use crate::session::{NewSession, Session};
use crate::user::Permission;
use crate::{PortError, SessionId, Timestamp, UserId};

/// Stores sessions.
#[async_trait]
pub trait SessionRepository: Interface {
    /// Stores a session of generation 0. `None`, with nothing stored, when `password_hash`, which
    /// the device's password was compared with, is not the account's any more.
    ///
    /// # Errors
    /// [`PortError`].
    async fn insert(&self, session: NewSession, password_hash: &str) -> Result<Option<Session>, PortError>;

    /// The session of that id, live or not.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get(&self, id: SessionId) -> Result<Option<Session>, PortError>;

    /// The same with what its account may do, as it stands now: an operator may have changed it
    /// without a word to this process.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get_with_permission(&self, id: SessionId) -> Result<Option<(Session, Permission)>, PortError>;

    /// A person's live sessions, the last used first.
    ///
    /// # Errors
    /// [`PortError`].
    async fn live_of(&self, user_id: UserId, now: Timestamp) -> Result<Vec<Session>, PortError>;

    /// Moves a live session from `generation` to the next one, if it still stands there; `None`
    /// when it does not. Of two callers at once only one succeeds.
    ///
    /// # Errors
    /// [`PortError`].
    async fn rotate(
        &self,
        id: SessionId,
        generation: i64,
        address: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<Session>, PortError>;

    /// Ends a session. False when it had ended before or does not exist.
    ///
    /// # Errors
    /// [`PortError`].
    async fn revoke(&self, id: SessionId, at: Timestamp) -> Result<bool, PortError>;

    /// Ends a person's live sessions but for the `keep` last used ones, and says which.
    ///
    /// # Errors
    /// [`PortError`].
    async fn revoke_surplus(&self, user_id: UserId, keep: u32, at: Timestamp) -> Result<Vec<SessionId>, PortError>;

    /// Forgets the sessions that ended before that moment.
    ///
    /// # Errors
    /// [`PortError`].
    async fn forget_ended(&self, before: Timestamp) -> Result<(), PortError>;

    /// Stores a new password hash, ends all live sessions of the person but `keep`, and says which;
    /// all of it or nothing. `None` when there is no such account, or `old` is not its hash any
    /// more: of two callers with the same one only one succeeds.
    ///
    /// # Errors
    /// [`PortError`].
    async fn set_password(
        &self,
        user_id: UserId,
        old: Option<&str>,
        new: &str,
        keep: Option<SessionId>,
        at: Timestamp,
    ) -> Result<Option<Vec<SessionId>>, PortError>;
}
