//! Preferences.

use domain::Timestamp;
use domain::preference::{Preference, PreferenceKey, PreferenceValue};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct PreferenceFrame {
    key: String,
    value: Option<String>,
    updated: i64,
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
