//! Signed-in devices.

use async_trait::async_trait;
use shaku::Interface;

use crate::session::{NewSession, Session};
use crate::{PortError, SessionId, Timestamp, UserId};

/// Stores sessions.
#[async_trait]
pub trait SessionRepository: Interface {
    /// Stores a session of generation 0.
    ///
    /// # Errors
    /// [`PortError`].
    async fn insert(&self, session: NewSession) -> Result<Session, PortError>;

    /// The session of that id, live or not.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get(&self, id: SessionId) -> Result<Option<Session>, PortError>;

    /// A person's live sessions, the last used first, at most 100.
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

    /// Ends all live sessions of a person but `keep`, and says which.
    ///
    /// # Errors
    /// [`PortError`].
    async fn revoke_all(
        &self,
        user_id: UserId,
        keep: Option<SessionId>,
        at: Timestamp,
    ) -> Result<Vec<SessionId>, PortError>;
}
