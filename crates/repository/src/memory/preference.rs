//! Preferences in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::port::PreferenceRepository;
use domain::preference::{PREFERENCES_MAX, Preference, PreferenceKey, PreferencesSet, REMOVED_MAX, merge};
use domain::{PortError, UserId};
use shaku::Component;

use super::MemoryDatabase;

/// Preferences in memory.
#[derive(Component)]
#[shaku(interface = PreferenceRepository)]
pub struct MemoryPreferenceRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl PreferenceRepository for MemoryPreferenceRepository {
    async fn list(
        &self,
        user_id: UserId,
        after: Option<&PreferenceKey>,
        limit: u32,
    ) -> Result<Vec<Preference>, PortError> {
        let state = self.db.lock();
        let own = state.preferences.get(&user_id).into_iter().flat_map(BTreeMap::values);
        Ok(own
            .filter(|one| one.value.is_some() && after.is_none_or(|after| one.key > *after))
            .take(limit as usize)
            .cloned()
            .collect())
    }

    async fn set(&self, user_id: UserId, asked: &[Preference]) -> Result<Option<PreferencesSet>, PortError> {
        let mut state = self.db.lock();
        let stored = state.preferences.entry(user_id).or_default();
        let set = merge(
            &stored
                .iter()
                .filter(|(key, _)| asked.iter().any(|one| one.key == **key))
                .map(|(key, one)| (key.clone(), one.clone()))
                .collect(),
            asked,
        );
        let mut after = stored.clone();
        after.extend(set.changed.iter().map(|one| (one.key.clone(), one.clone())));
        let kept = |all: &BTreeMap<_, Preference>| all.values().filter(|one| one.value.is_some()).count() as u64;
        if kept(&after) > PREFERENCES_MAX.max(kept(stored)) {
            return Ok(None);
        }
        *stored = after;
        let mut removals: Vec<_> = stored.values().filter(|one| one.value.is_none()).collect();
        removals.sort_by_key(|one| std::cmp::Reverse(one.updated_at));
        if let Some(last) = removals.get(REMOVED_MAX as usize).map(|one| one.updated_at) {
            stored.retain(|_, one| one.value.is_some() || one.updated_at > last);
        }
        Ok(Some(set))
    }
}
