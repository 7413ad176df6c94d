//! Preferences: what a person's clients remember for them, the same on every device.

use std::sync::Arc;

use async_trait::async_trait;
use domain::port::{Broker, Clock, PreferenceRepository};
use domain::preference::{Preference, PreferenceKey, PreferenceValue};
use domain::{Event, Timestamp};
use shaku::{Component, Interface};

use crate::limits::{Limit, Limits};
use crate::{Actor, Error, Result};

/// A wish to set a preference, or to remove it.
#[derive(Debug, Clone)]
pub struct SetPreference {
    /// Its name.
    pub key: PreferenceKey,
    /// Its value; `None` removes it.
    pub value: Option<PreferenceValue>,
    /// When the caller chose it, by the clock of their device; now when it is not said.
    pub updated_at: Option<Timestamp>,
}

/// Preferences of the caller.
#[async_trait]
pub trait PreferenceService: Interface {
    /// The caller's preferences by rising key, those above `after`.
    async fn list(&self, actor: &Actor, after: Option<&PreferenceKey>, limit: u32) -> Result<Vec<Preference>>;

    /// Sets and removes preferences, all or none, and gives them as they stand then: one that was
    /// chosen before what is stored changes nothing. The caller's devices are told what changed.
    async fn set(&self, actor: &Actor, wishes: Vec<SetPreference>) -> Result<Vec<Preference>>;
}

/// The use cases of preferences.
#[derive(Component)]
#[shaku(interface = PreferenceService)]
pub struct Preferences {
    #[shaku(inject)]
    preferences: Arc<dyn PreferenceRepository>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
}

#[async_trait]
impl PreferenceService for Preferences {
    async fn list(&self, actor: &Actor, after: Option<&PreferenceKey>, limit: u32) -> Result<Vec<Preference>> {
        Ok(self.preferences.list(actor.user_id, after, limit).await?)
    }

    async fn set(&self, actor: &Actor, wishes: Vec<SetPreference>) -> Result<Vec<Preference>> {
        if wishes.is_empty() {
            return Ok(Vec::new());
        }
        self.limits.take(Limit::Change, actor.user_id)?;
        let now = self.clock.now();
        let asked: Vec<Preference> = wishes
            .into_iter()
            .map(|wish| Preference {
                key: wish.key,
                value: wish.value,
                // A clock that runs ahead must not win for ever.
                updated_at: wish.updated_at.map_or(now, |at| at.min(now)),
            })
            .collect();
        let set = self.preferences.set(actor.user_id, &asked).await?;
        let set = set.ok_or(Error::Conflict("at most 1000 preferences are kept; remove some first"))?;
        if !set.changed.is_empty() {
            self.broker.publish(Event::PreferencesChanged {
                user_id: actor.user_id,
                preferences: set.changed,
            });
        }
        Ok(set.now)
    }
}
