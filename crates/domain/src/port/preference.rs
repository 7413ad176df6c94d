//! Preferences.

use async_trait::async_trait;
use shaku::Interface;

use crate::preference::{Preference, PreferenceKey, PreferencesSet};
use crate::{PortError, UserId};

/// Stores preferences.
#[async_trait]
pub trait PreferenceRepository: Interface {
    /// A person's preferences by rising key, those above `after`, at most `limit`; removed ones
    /// are not among them.
    ///
    /// # Errors
    /// [`PortError`].
    async fn list(
        &self,
        user_id: UserId,
        after: Option<&PreferenceKey>,
        limit: u32,
    ) -> Result<Vec<Preference>, PortError>;

    /// Sets and removes preferences of a person, one after the other, where each replaces what
    /// stands there ([`Preference::replaces`]). The removal of the last
    /// [`REMOVED_MAX`](crate::preference::REMOVED_MAX) ones is remembered, so that a write from
    /// before does not bring one back. `None`, with nothing changed, when the person would have
    /// more than [`PREFERENCES_MAX`](crate::preference::PREFERENCES_MAX) then.
    ///
    /// # Errors
    /// [`PortError`]; nothing is stored then.
    async fn set(&self, user_id: UserId, preferences: &[Preference]) -> Result<Option<PreferencesSet>, PortError>;
}
