//! Sessions: a signed-in device, from sign-in to sign-out, expiry or revocation.

use crate::{SessionId, Timestamp, UserId};

/// A signed-in device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id; access tokens name it.
    pub id: SessionId,
    /// Whose device.
    pub user_id: UserId,
    /// What the device calls itself (the `User-Agent`), cut to 255 characters.
    pub user_agent: String,
    /// Where it signed in or refreshed from last.
    pub address: String,
    /// How many times its refresh token was rotated; an older generation is a stolen copy, unless
    /// it is the last one and its answer was lost.
    pub generation: i64,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it refreshed last.
    pub last_used_at: Timestamp,
    /// When it ends unless it is refreshed before.
    pub expires_at: Timestamp,
    /// Set once it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Session {
    /// True while the session may be used.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What to store for a new session.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose device.
    pub user_id: UserId,
    /// What the device calls itself.
    pub user_agent: String,
    /// Where it signed in from.
    pub address: String,
    /// Now.
    pub created_at: Timestamp,
    /// When it ends unless it is refreshed before.
    pub expires_at: Timestamp,
}
