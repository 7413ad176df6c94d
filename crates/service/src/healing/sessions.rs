//! Sessions that were ended where this node did not hear of it: on another node, or by the
//! operator's commands.

use std::collections::HashMap;
use std::sync::Arc;

use domain::port::NewsRepository;
use domain::{Event, RevocationReason, SessionId, UserId};

use crate::Result;

/// Sessions that are looked at in one turn of a [`Patrol`].
const AT_ONCE: usize = 5000;

/// Looks at the sessions of all who are connected, some of them each time.
pub struct Patrol {
    news: Arc<dyn NewsRepository>,
    last: SessionId,
}

impl Patrol {
    /// Begins with the lowest id.
    #[must_use]
    pub fn new(news: Arc<dyn NewsRepository>) -> Self {
        Self {
            news,
            last: SessionId(0),
        }
    }

    /// What is to be told of the next ones among those who are connected now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next(&mut self, mut bound: Vec<(UserId, SessionId)>) -> Result<Vec<Event>> {
        bound.sort_unstable_by_key(|(_, session)| *session);
        bound.retain(|(_, session)| *session > self.last);
        bound.truncate(AT_ONCE);
        let is_last = bound.len() < AT_ONCE;
        let last = bound.last().map_or(SessionId(0), |(_, session)| *session);
        let events = self.ended(bound).await?;
        self.last = if is_last { SessionId(0) } else { last };
        Ok(events)
    }

    /// What is to be told of those of the sessions that have ended.
    async fn ended(&self, bound: Vec<(UserId, SessionId)>) -> Result<Vec<Event>> {
        let bound: HashMap<SessionId, UserId> = bound.into_iter().map(|(user, session)| (session, user)).collect();
        let ids: Vec<SessionId> = bound.keys().copied().collect();
        let mut by_user: HashMap<UserId, Vec<SessionId>> = HashMap::new();
        for id in self.news.ended_sessions(&ids).await? {
            if let Some(user) = bound.get(&id) {
                by_user.entry(*user).or_default().push(id);
            }
        }
        let event = |(user_id, sessions)| Event::SessionsRevoked {
            user_id,
            sessions,
            reason: RevocationReason::Revoked,
        };
        Ok(by_user.into_iter().map(event).collect())
    }
}
