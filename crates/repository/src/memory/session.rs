//! Signed-in devices in memory.

use async_trait::async_trait;
use domain::port::SessionRepository;
use domain::session::{NewSession, Session};
use domain::user::Permission;
use domain::{PortError, SessionId, Timestamp, UserId};
use shaku::Component;

use super::{MemoryDatabase, State};
use crate::session::label;

/// Sessions in memory.
#[derive(Component)]
#[shaku(interface = SessionRepository)]
pub struct MemorySessionRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl SessionRepository for MemorySessionRepository {
    async fn insert(&self, new: NewSession, password_hash: &str) -> Result<Option<Session>, PortError> {
        let mut state = self.db.lock();
        let account = state.users.get(&new.user_id);
        if account.is_none_or(|account| account.password_hash != password_hash) {
            return Ok(None);
        }
        let session = Session {
            id: SessionId(state.next_id()),
            user_id: new.user_id,
            user_agent: label(&new.user_agent),
            address: label(&new.address),
            generation: 0,
            created_at: new.created_at,
            last_used_at: new.created_at,
            expires_at: new.expires_at,
            revoked_at: None,
        };
        state.sessions.insert(session.id, session.clone());
        Ok(Some(session))
    }

    async fn get(&self, id: SessionId) -> Result<Option<Session>, PortError> {
        Ok(self.db.lock().sessions.get(&id).cloned())
    }

    async fn get_with_permission(&self, id: SessionId) -> Result<Option<(Session, Permission)>, PortError> {
        let state = self.db.lock();
        let session = state.sessions.get(&id).cloned();
        Ok(session.and_then(|session| {
            let account = state.users.get(&session.user_id)?;
            Some((session, account.user.permission))
        }))
    }

    async fn live_of(&self, user_id: UserId, now: Timestamp) -> Result<Vec<Session>, PortError> {
        Ok(self.db.lock().live_sessions(user_id, now))
    }

    async fn rotate(
        &self,
        id: SessionId,
        generation: i64,
        address: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<Session>, PortError> {
        let mut state = self.db.lock();
        let session = state.sessions.get_mut(&id);
        Ok(session
            .filter(|session| session.generation == generation && session.is_live(now))
            .map(|session| {
                session.generation += 1;
                session.address = label(address);
                session.last_used_at = now;
                session.expires_at = expires_at;
                session.clone()
            }))
    }

    async fn revoke(&self, id: SessionId, at: Timestamp) -> Result<bool, PortError> {
        let mut state = self.db.lock();
        let live = state.sessions.get_mut(&id).filter(|session| session.is_live(at));
        Ok(live.map(|session| end(session, at)).is_some())
    }

    async fn revoke_surplus(&self, user_id: UserId, keep: u32, at: Timestamp) -> Result<Vec<SessionId>, PortError> {
        let mut state = self.db.lock();
        let live = state.live_sessions(user_id, at).into_iter();
        let surplus: Vec<SessionId> = live.skip(keep as usize).map(|session| session.id).collect();
        for id in &surplus {
            if let Some(session) = state.sessions.get_mut(id) {
                end(session, at);
            }
        }
        Ok(surplus)
    }

    async fn forget_ended(&self, before: Timestamp) -> Result<(), PortError> {
        let mut state = self.db.lock();
        state.sessions.retain(|_, session| session.expires_at >= before);
        Ok(())
    }

    async fn set_password(
        &self,
        user_id: UserId,
        old: Option<&str>,
        new: &str,
        keep: Option<SessionId>,
        at: Timestamp,
    ) -> Result<Option<Vec<SessionId>>, PortError> {
        let mut state = self.db.lock();
        let account = state.users.get_mut(&user_id);
        let Some(account) = account.filter(|account| old.is_none_or(|old| account.password_hash == old)) else {
            return Ok(None);
        };
        account.password_hash = new.to_owned();
        account.user.updated_at = at;
        let mut revoked = Vec::new();
        for session in state.sessions.values_mut() {
            if session.user_id == user_id && Some(session.id) != keep && session.is_live(at) {
                end(session, at);
                revoked.push(session.id);
            }
        }
        Ok(Some(revoked))
    }
}

impl State {
    /// A person's sessions that may be used, the last used first.
    fn live_sessions(&self, user_id: UserId, now: Timestamp) -> Vec<Session> {
        let of_user = self.sessions.values().filter(|session| session.user_id == user_id);
        let mut live: Vec<Session> = of_user.filter(|session| session.is_live(now)).cloned().collect();
        live.sort_by_key(|session| std::cmp::Reverse((session.last_used_at, session.id)));
        live
    }
}

fn end(session: &mut Session, at: Timestamp) {
    (session.revoked_at, session.expires_at) = (Some(at), at);
}
