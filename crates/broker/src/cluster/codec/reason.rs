//! Why memberships and sessions end.

use domain::{RemovalReason, RevocationReason};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) enum RemovalFrame {
    Left,
    Removed,
    Deleted,
}

#[derive(Serialize, Deserialize)]
pub(super) enum RevocationFrame {
    Logout,
    Revoked,
    PasswordChanged,
}

impl From<RemovalReason> for RemovalFrame {
    fn from(reason: RemovalReason) -> Self {
        match reason {
            RemovalReason::Left => Self::Left,
            RemovalReason::Removed => Self::Removed,
            RemovalReason::Deleted => Self::Deleted,
        }
    }
}

impl From<RemovalFrame> for RemovalReason {
    fn from(frame: RemovalFrame) -> Self {
        match frame {
            RemovalFrame::Left => Self::Left,
            RemovalFrame::Removed => Self::Removed,
            RemovalFrame::Deleted => Self::Deleted,
        }
    }
}

impl From<RevocationReason> for RevocationFrame {
    fn from(reason: RevocationReason) -> Self {
        match reason {
            RevocationReason::Logout => Self::Logout,
            RevocationReason::Revoked => Self::Revoked,
            RevocationReason::PasswordChanged => Self::PasswordChanged,
        }
    }
}

impl From<RevocationFrame> for RevocationReason {
    fn from(frame: RevocationFrame) -> Self {
        match frame {
            RevocationFrame::Logout => Self::Logout,
            RevocationFrame::Revoked => Self::Revoked,
            RevocationFrame::PasswordChanged => Self::PasswordChanged,
        }
    }
}
