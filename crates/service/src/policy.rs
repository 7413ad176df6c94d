//! The choices of the operator that the use cases follow.

use std::time::Duration;

use domain::user::Permission;

/// Who may register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Everybody.
    Open,
    /// Whom an admin of the server has invited.
    Invite,
    /// Only accounts that the operator creates from the command line.
    Closed,
}

impl Registration {
    /// Whether somebody may register who was invited by an account with that permission, or by
    /// nobody.
    #[must_use]
    pub fn admits(self, inviter: Option<Permission>) -> bool {
        match self {
            Self::Open => true,
            Self::Invite => inviter == Some(Permission::Admin),
            Self::Closed => false,
        }
    }
}

/// The operator's choices.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Who may register.
    pub registration: Registration,
    /// Name of the room that everybody who registers joins.
    pub lobby: String,
    /// For how long an author may edit a message; zero for ever.
    pub edit_window: Duration,
    /// For how long an author may take a message back; zero for ever.
    pub recall_window: Duration,
    /// How long an access token holds.
    pub access_ttl: Duration,
    /// How long a session lives without being refreshed.
    pub refresh_ttl: Duration,
    /// How long a session lives at most.
    pub session_max: Duration,
    /// bcrypt's cost, 4 to 31: each step doubles the time.
    pub bcrypt_cost: u32,
    /// Whether failed sign-ins are counted.
    pub rate_limit: bool,
    /// Largest upload, in bytes.
    pub upload_max: u64,
    /// Most bytes that all files of a person take, if that is limited.
    pub upload_quota: Option<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        const DAY: u64 = 24 * 60 * 60;
        Self {
            registration: Registration::Open,
            lobby: "General".to_owned(),
            edit_window: Duration::ZERO,
            recall_window: Duration::ZERO,
            access_ttl: Duration::from_secs(15 * 60),
            refresh_ttl: Duration::from_secs(30 * DAY),
            session_max: Duration::from_secs(90 * DAY),
            bcrypt_cost: bcrypt::DEFAULT_COST,
            rate_limit: true,
            upload_max: 25 * 1024 * 1024,
            upload_quota: None,
        }
    }
}
