//! The directory: accounts by id, from memory where possible, with who is online.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use domain::UserId;
use domain::port::{Presence, UserRepository};
use domain::user::{Person, User};
use quick_cache::sync::Cache;
use shaku::{Component, Interface};

use crate::Result;

/// Most accounts that are kept in memory.
const CAPACITY: usize = 50_000;

/// Looks people up by id.
#[async_trait]
pub trait People: Interface {
    /// Those of the people who exist, by id.
    async fn by_id(&self, ids: &[UserId]) -> Result<HashMap<UserId, Person>>;

    /// Those of the people who exist, in the order asked.
    async fn in_order(&self, ids: &[UserId]) -> Result<Vec<Person>>;

    /// One of the people, if there is one of that id.
    async fn one(&self, id: UserId) -> Result<Option<Person>> {
        Ok(self.in_order(&[id]).await?.pop())
    }

    /// An account with who is online.
    fn person(&self, user: Arc<User>) -> Person;

    /// Forgets what is remembered of an account, since it changed.
    fn forget(&self, id: UserId);

    /// Forgets what is remembered of all accounts, since any may have changed elsewhere.
    fn forget_all(&self);
}

/// The directory of this node.
#[derive(Component)]
#[shaku(interface = People)]
pub struct Directory {
    #[shaku(inject)]
    users: Arc<dyn UserRepository>,
    #[shaku(inject)]
    presence: Arc<dyn Presence>,
    #[shaku(force_default)]
    remembered: Remembered,
}

/// Accounts in memory.
struct Remembered {
    users: Cache<UserId, Arc<User>>,
    /// Rises with every [`People::forget`], so that a look-up that began before one cannot put
    /// back what was forgotten meanwhile.
    changes: AtomicU64,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            users: Cache::new(CAPACITY),
            changes: AtomicU64::new(0),
        }
    }
}

#[async_trait]
impl People for Directory {
    async fn by_id(&self, ids: &[UserId]) -> Result<HashMap<UserId, Person>> {
        let mut found = HashMap::with_capacity(ids.len());
        let mut unknown = Vec::new();
        for id in ids {
            match self.remembered.users.get(id) {
                Some(user) => drop(found.insert(*id, self.person(user))),
                None if !unknown.contains(id) => unknown.push(*id),
                None => {}
            }
        }
        if !unknown.is_empty() {
            let before = self.remembered.changes.load(Ordering::Acquire);
            let users = self.users.get_many(&unknown).await?;
            let is_current = self.remembered.changes.load(Ordering::Acquire) == before;
            for user in users.into_iter().map(Arc::new) {
                if is_current {
                    self.remembered.users.insert(user.id, Arc::clone(&user));
                }
                found.insert(user.id, self.person(user));
            }
        }
        Ok(found)
    }

    async fn in_order(&self, ids: &[UserId]) -> Result<Vec<Person>> {
        let found = self.by_id(ids).await?;
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    fn person(&self, user: Arc<User>) -> Person {
        let online = self.presence.is_online(user.id);
        Person { user, online }
    }

    fn forget(&self, id: UserId) {
        self.remembered.changes.fetch_add(1, Ordering::AcqRel);
        self.remembered.users.remove(&id);
    }

    fn forget_all(&self) {
        self.remembered.changes.fetch_add(1, Ordering::AcqRel);
        self.remembered.users.clear();
    }
}
