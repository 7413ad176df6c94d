//! Preferences, and why memberships and sessions end.

use domain::preference::{Preference, PreferenceKey, PreferenceValue};
use domain::{RemovalReason, RevocationReason, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct PreferenceFrame {
    key: String,
    value: Option<String>,
    updated: i64,
}

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

impl From<&Preference> for PreferenceFrame {
    fn from(preference: &Preference) -> Self {
        Self {
            key: preference.key.as_str().to_owned(),
            value: preference.value.as_ref().map(|value| value.as_json().to_owned()),
            updated: preference.updated_at.0,
        }
    }
}

impl From<PreferenceFrame> for Preference {
    fn from(frame: PreferenceFrame) -> Self {
        Self {
            key: PreferenceKey::from_stored(frame.key),
            value: frame.value.map(PreferenceValue::from_stored),
            updated_at: Timestamp(frame.updated),
        }
    }
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
