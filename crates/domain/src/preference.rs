//! Preferences: what a person's clients remember for them, the same on every device.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{Invalid, Timestamp};

/// Longest key, in characters.
pub const KEY_MAX: usize = 64;
/// Longest value, in bytes of JSON.
pub const VALUE_MAX: usize = 8 * 1024;
/// Most preferences of one person.
pub const PREFERENCES_MAX: u64 = 1000;
/// Most removed preferences of one person whose removal is remembered.
pub const REMOVED_MAX: u64 = 1000;

/// The name of a preference: 1 to [`KEY_MAX`] letters, digits and `:._-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PreferenceKey(String);

impl PreferenceKey {
    /// Parses a key that a client chose.
    ///
    /// # Errors
    /// [`Invalid`] naming `field` when its length is out of bounds or it holds anything else.
    pub fn parse(field: impl Into<Cow<'static, str>>, key: &str) -> Result<Self, Invalid> {
        let is_fit = |b: u8| b.is_ascii_alphanumeric() || b":._-".contains(&b);
        if !(1..=KEY_MAX).contains(&key.len()) || !key.bytes().all(is_fit) {
            let problem = format!("must have 1 to {KEY_MAX} characters out of a-z, A-Z, 0-9 and :._-");
            return Err(Invalid::new(field, problem));
        }
        Ok(Self(key.to_owned()))
    }

    /// Takes a key that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The value of a preference: JSON of at most [`VALUE_MAX`] bytes, whose meaning only clients know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreferenceValue(String);

impl PreferenceValue {
    /// Takes JSON that a client made; the caller has seen to it that it is JSON.
    ///
    /// # Errors
    /// [`Invalid`] naming `field` when it is too long.
    pub fn parse(field: impl Into<Cow<'static, str>>, json: String) -> Result<Self, Invalid> {
        if json.len() > VALUE_MAX {
            return Err(Invalid::new(
                field,
                format!("must have at most {VALUE_MAX} bytes as JSON"),
            ));
        }
        Ok(Self(json))
    }

    /// Takes a value that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(json: String) -> Self {
        Self(json)
    }

    /// The value as JSON.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

/// A preference, or what is left of a removed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Its name.
    pub key: PreferenceKey,
    /// Its value; `None` once it was removed.
    pub value: Option<PreferenceValue>,
    /// When somebody chose it, by the clock of their device.
    pub updated_at: Timestamp,
}

impl Preference {
    /// True when this one, which came later, takes the place of `stored`: the last writer wins,
    /// however late it gets through.
    #[must_use]
    pub fn replaces(&self, stored: &Self) -> bool {
        self.updated_at >= stored.updated_at && self != stored
    }
}

/// What became of preferences that a person set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreferencesSet {
    /// Those that were set or removed, as they stand now, in the order asked.
    pub now: Vec<Preference>,
    /// Those of them that changed, each once.
    pub changed: Vec<Preference>,
}

/// Lays what was asked for, one after the other, over what is stored under the same keys.
#[must_use]
pub fn merge(stored: &BTreeMap<PreferenceKey, Preference>, asked: &[Preference]) -> PreferencesSet {
    let mut now = stored.clone();
    for one in asked {
        if now.get(&one.key).is_none_or(|standing| one.replaces(standing)) {
            now.insert(one.key.clone(), one.clone());
        }
    }
    PreferencesSet {
        now: asked.iter().filter_map(|one| now.get(&one.key).cloned()).collect(),
        changed: now
            .into_iter()
            .filter(|(key, one)| stored.get(key) != Some(one))
            .map(|(_, one)| one)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_plain() {
        for good in ["a", "draft:17", "theme.dark_mode-2", &"x".repeat(KEY_MAX)] {
            assert!(PreferenceKey::parse("key", good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "é", "a/b", "a\0", &"x".repeat(KEY_MAX + 1)] {
            assert!(PreferenceKey::parse("key", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_last_writer_wins() {
        let at = |millis, value: &str| Preference {
            key: PreferenceKey::from_stored("k".into()),
            value: Some(PreferenceValue::from_stored(value.into())),
            updated_at: Timestamp(millis),
        };
        assert!(at(2, "1").replaces(&at(1, "0")) && at(1, "1").replaces(&at(1, "0")));
        assert!(!at(1, "1").replaces(&at(2, "0")) && !at(1, "1").replaces(&at(1, "1")));
    }
}
