//! Who acts: the person behind a request, as the session says and nothing else.

use domain::user::Permission;
use domain::{SessionId, Timestamp, UserId};

/// The signed-in person who asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user_id: UserId,
    /// On which device.
    pub session_id: SessionId,
    /// What the account may do on the whole server.
    pub permission: Permission,
    /// When the access token ends.
    pub expires_at: Timestamp,
}
