//! Who is connected to this process.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::UserId;
use domain::port::Presence;
use shaku::Component;

/// Counts the connections of each person. Who has none takes no memory.
///
/// The lock is held for one look into a map; a connection costs two of them in its life.
#[derive(Component)]
#[shaku(interface = Presence)]
pub struct InProcessPresence {
    #[shaku(force_default)]
    connections: Mutex<HashMap<UserId, usize>>,
}

impl InProcessPresence {
    /// Nobody is connected.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connections: Mutex::default(),
        }
    }

    /// No code between a change's begin and end can panic, so the map is whole in any case.
    fn connections(&self) -> MutexGuard<'_, HashMap<UserId, usize>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for InProcessPresence {
    fn default() -> Self {
        Self::new()
    }
}

impl Presence for InProcessPresence {
    fn connected(&self, user_id: UserId) -> bool {
        let mut connections = self.connections();
        let count = connections.entry(user_id).or_insert(0);
        *count = count.saturating_add(1);
        *count == 1
    }

    fn disconnected(&self, user_id: UserId) -> bool {
        let mut connections = self.connections();
        let Entry::Occupied(mut entry) = connections.entry(user_id) else {
            return false;
        };
        if *entry.get() > 1 {
            *entry.get_mut() -= 1;
            return false;
        }
        entry.remove();
        true
    }

    fn is_online(&self, user_id: UserId) -> bool {
        self.connections().contains_key(&user_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn someone_who_left_takes_no_memory() {
        let presence = InProcessPresence::new();
        for id in 1..=100 {
            presence.connected(UserId(id));
            presence.disconnected(UserId(id));
            presence.disconnected(UserId(id));
        }
        assert!(presence.connections().is_empty());
    }
}
