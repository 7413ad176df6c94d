//! Presence: who is connected, and who hears of it.

use std::sync::Arc;

use async_trait::async_trait;
use domain::port::{Broker, Clock, Presence, UserRepository};
use domain::{Event, Timestamp, UserId};
use shaku::{Component, Interface};

use crate::limits::{Limit, Limits};
use crate::{Actor, Result};

/// Whether somebody is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenceInfo {
    /// Who.
    pub user_id: UserId,
    /// True while they have a connection.
    pub online: bool,
    /// When their last connection ended.
    pub last_seen_at: Option<Timestamp>,
}

/// Comings and goings.
#[async_trait]
pub trait PresenceService: Interface {
    /// Counts a connection that was bound to a person. The first one is news.
    async fn connected(&self, user_id: UserId);

    /// Counts a connection that has ended. The last one is news.
    async fn disconnected(&self, user_id: UserId);

    /// Says who of the people is here. Those who do not exist are left out.
    async fn get(&self, actor: &Actor, users: &[UserId]) -> Result<Vec<PresenceInfo>>;
}

/// The use cases of presence.
#[derive(Component)]
#[shaku(interface = PresenceService)]
pub struct Presences {
    #[shaku(inject)]
    presence: Arc<dyn Presence>,
    #[shaku(inject)]
    users: Arc<dyn UserRepository>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
}

#[async_trait]
impl PresenceService for Presences {
    async fn connected(&self, user_id: UserId) {
        if self.presence.connected(user_id) {
            self.broker.publish(Event::Presence {
                user_id,
                online: true,
                last_seen_at: None,
            });
        }
    }

    async fn disconnected(&self, user_id: UserId) {
        if self.presence.disconnected(user_id) {
            let now = self.clock.now();
            self.broker.publish(Event::Presence {
                user_id,
                online: false,
                last_seen_at: Some(now),
            });
            if let Err(error) = self.users.set_last_seen(user_id, now).await {
                tracing::warn!(%user_id, %error, "could not store when somebody was last here");
            }
        }
    }

    async fn get(&self, actor: &Actor, users: &[UserId]) -> Result<Vec<PresenceInfo>> {
        self.limits.take(Limit::Lookup, actor.user_id)?;
        let mut known = self.users.get_many(users).await?;
        known.sort_by_key(|user| user.id);
        Ok(known
            .into_iter()
            .map(|user| PresenceInfo {
                user_id: user.id,
                online: self.presence.is_online(user.id),
                last_seen_at: user.last_seen_at,
            })
            .collect())
    }
}
