//! Sessions for which the disk has no room: signing in works all the same, for a while.
//!
//! They live in the memory of the one server there is (SQLite), and end with it, with the password
//! that they were opened with, or after an hour.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::session::{NewSession, Session};
use domain::{SessionId, Timestamp, UserId};

use super::label;

/// How long they last: once there is room again their owners sign in for good.
const MILLIS: i64 = 60 * 60 * 1000;
/// Most of them.
const MOST: usize = 10_000;
/// Ids are drawn from that many numbers below zero, where the database has none. Clients that
/// count in floating point can tell all of them apart.
const IDS: i64 = 1 << 52;

/// The sessions.
#[derive(Debug, Default)]
pub(super) struct Unsaved(Mutex<HashMap<SessionId, Entry>>);

/// A session, and the hash of the password that it was opened with.
#[derive(Debug, Clone)]
struct Entry {
    session: Session,
    password: String,
}

impl Unsaved {
    /// True for an id that is looked for here.
    pub(super) fn has_id(id: SessionId) -> bool {
        id.0 < 0
    }

    /// Keeps a session; `None` when there are too many.
    pub(super) fn insert(&self, new: NewSession, password: String) -> Option<Session> {
        let mut entries = self.lock();
        entries.retain(|_, entry| entry.session.is_live(new.created_at));
        if entries.len() >= MOST {
            return None;
        }
        let id = loop {
            let id = SessionId(-rand::random_range(1..IDS));
            if !entries.contains_key(&id) {
                break id;
            }
        };
        let session = Session {
            id,
            user_id: new.user_id,
            user_agent: label(&new.user_agent),
            address: label(&new.address),
            generation: 0,
            created_at: new.created_at,
            last_used_at: new.created_at,
            expires_at: new.expires_at.min(Timestamp(new.created_at.0 + MILLIS)),
            revoked_at: None,
        };
        let entry = Entry {
            session: session.clone(),
            password,
        };
        entries.insert(id, entry);
        Some(session)
    }

    /// A session and the hash of its password.
    pub(super) fn get(&self, id: SessionId) -> Option<(Session, String)> {
        self.lock()
            .get(&id)
            .map(|entry| (entry.session.clone(), entry.password.clone()))
    }

    /// Those of somebody that may be used.
    pub(super) fn live_of(&self, user_id: UserId, now: Timestamp) -> Vec<Session> {
        let entries = self.lock();
        let of_user = entries
            .values()
            .map(|entry| &entry.session)
            .filter(|session| session.user_id == user_id);
        of_user.filter(|session| session.is_live(now)).cloned().collect()
    }

    /// Moves a session on, but does not make it last longer.
    pub(super) fn rotate(&self, id: SessionId, generation: i64, address: &str, now: Timestamp) -> Option<Session> {
        let mut entries = self.lock();
        let session = &mut entries.get_mut(&id)?.session;
        if !session.is_live(now) || session.generation != generation {
            return None;
        }
        session.generation += 1;
        session.address = label(address);
        session.last_used_at = now;
        Some(session.clone())
    }

    /// Ends a session; true if it was live.
    pub(super) fn revoke(&self, id: SessionId, at: Timestamp) -> bool {
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(&id).filter(|entry| entry.session.is_live(at)) else {
            return false;
        };
        entry.session.revoked_at = Some(at);
        true
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SessionId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(created_at: i64, user_id: i64) -> NewSession {
        NewSession {
            user_id: UserId(user_id),
            user_agent: "phone".to_owned(),
            address: "::1".to_owned(),
            created_at: Timestamp(created_at),
            expires_at: Timestamp(created_at + 100 * MILLIS),
        }
    }

    #[test]
    fn they_last_an_hour_however_often_they_are_used() {
        let unsaved = Unsaved::default();
        let session = unsaved.insert(new(0, 1), "hash".to_owned()).unwrap();
        assert!(Unsaved::has_id(session.id));
        let moved = unsaved.rotate(session.id, 0, "::2", Timestamp(MILLIS - 1)).unwrap();
        assert_eq!((moved.generation, moved.expires_at), (1, Timestamp(MILLIS)));
        assert!(
            unsaved.rotate(session.id, 0, "::2", Timestamp(MILLIS - 1)).is_none(),
            "an old token"
        );
        assert!(unsaved.rotate(session.id, 1, "::2", Timestamp(MILLIS)).is_none());
        assert_eq!(unsaved.live_of(UserId(1), Timestamp(MILLIS)), []);
        unsaved.insert(new(MILLIS, 1), "hash".to_owned()).unwrap();
        assert!(unsaved.get(session.id).is_none(), "it is forgotten");
    }

    #[test]
    fn they_are_ended_once() {
        let unsaved = Unsaved::default();
        let session = unsaved.insert(new(0, 1), "hash".to_owned()).unwrap();
        assert!(unsaved.live_of(UserId(2), Timestamp(1)).is_empty());
        assert!(unsaved.revoke(session.id, Timestamp(1)));
        assert!(!unsaved.revoke(session.id, Timestamp(2)));
        assert!(unsaved.rotate(session.id, 0, "::2", Timestamp(3)).is_none());
    }
}
