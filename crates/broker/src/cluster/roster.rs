//! Who is connected to which node.
//!
//! Each node says who comes and goes, and every few seconds that it is alive, with a digest of its
//! people. A node whose digest does not fit what was heard of it is asked for all of them, and
//! answers the one that asked. One that says nothing for a while is gone, and its people with it.
//! Nothing is kept in Redis, so nothing is lost when Redis is emptied.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use domain::UserId;

/// After this silence a node counts as gone.
const SILENCE: Duration = Duration::from_secs(12);

/// Between two questions to a node for its people.
const ASK_EVERY: Duration = Duration::from_secs(2);

/// Who is where.
#[derive(Default)]
pub(super) struct Roster {
    /// Connections of each person to this node.
    here: HashMap<UserId, usize>,
    here_digest: u64,
    nodes: HashMap<u64, Node>,
    /// To how many other nodes each person is connected.
    elsewhere: HashMap<UserId, usize>,
}

struct Node {
    people: HashSet<UserId>,
    digest: u64,
    heard: Instant,
    asked: Option<Instant>,
}

/// People who are online now and were not before, or the other way round.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Turns {
    pub(super) came: Vec<UserId>,
    pub(super) went: Vec<UserId>,
}

impl Roster {
    /// Counts a connection to this node: whether it is the person's first one here, and their
    /// first one anywhere.
    pub(super) fn connected(&mut self, user: UserId) -> (bool, bool) {
        let count = self.here.entry(user).or_insert(0);
        *count += 1;
        let is_first_here = *count == 1;
        if is_first_here {
            self.here_digest ^= mixed(user);
        }
        (is_first_here, is_first_here && !self.elsewhere.contains_key(&user))
    }

    /// Counts a connection less: whether it was the person's last one here, and anywhere.
    pub(super) fn disconnected(&mut self, user: UserId) -> (bool, bool) {
        let Some(count) = self.here.get_mut(&user) else {
            return (false, false);
        };
        *count -= 1;
        if *count > 0 {
            return (false, false);
        }
        self.here.remove(&user);
        self.here_digest ^= mixed(user);
        (true, !self.elsewhere.contains_key(&user))
    }

    pub(super) fn is_online(&self, user: UserId) -> bool {
        self.here.contains_key(&user) || self.elsewhere.contains_key(&user)
    }

    /// Everyone who is connected to this node.
    pub(super) fn here(&self) -> Vec<UserId> {
        self.here.keys().copied().collect()
    }

    /// How many they are, and their digest.
    pub(super) fn summary(&self) -> (u64, u64) {
        (self.here.len() as u64, self.here_digest)
    }

    /// Other nodes that are alive.
    pub(super) fn others(&self) -> usize {
        self.nodes.len()
    }

    /// A node says that somebody has come to it or gone from it.
    pub(super) fn hear_turn(&mut self, node: u64, user: UserId, online: bool, now: Instant) -> Turns {
        let mut turns = Turns::default();
        if online {
            self.add(node, user, now, &mut turns);
        } else {
            self.remove(node, user, &mut turns);
        }
        turns
    }

    /// A node says who is connected to it.
    pub(super) fn hear_people(&mut self, node: u64, people: &[UserId], now: Instant) -> Turns {
        let new: HashSet<UserId> = people.iter().copied().collect();
        let old = self.node(node, now).people.clone();
        let mut turns = Turns::default();
        for user in new.difference(&old) {
            self.add(node, *user, now, &mut turns);
        }
        for user in old.difference(&new) {
            self.remove(node, *user, &mut turns);
        }
        turns
    }

    /// A node says that it is alive. False when other people are connected to it than was heard,
    /// and it is time to ask it for them.
    pub(super) fn hear_alive(&mut self, node: u64, people: u64, digest: u64, now: Instant) -> bool {
        let node = self.node(node, now);
        node.heard = now;
        let is_known = node.people.len() as u64 == people && node.digest == digest;
        if is_known || node.asked.is_some_and(|at| now.duration_since(at) < ASK_EVERY) {
            return true;
        }
        node.asked = Some(now);
        false
    }

    /// A node ends: whoever is still connected to it is not for long.
    pub(super) fn hear_bye(&mut self, node: u64) -> Turns {
        let mut turns = Turns::default();
        let people = self.nodes.get(&node).map(|node| node.people.clone());
        for user in people.into_iter().flatten() {
            self.remove(node, user, &mut turns);
        }
        self.nodes.remove(&node);
        turns
    }

    /// Takes nodes that were silent for too long as gone.
    pub(super) fn bury(&mut self, now: Instant) -> Turns {
        let silent = self
            .nodes
            .iter()
            .filter(|(_, node)| now.duration_since(node.heard) > SILENCE)
            .map(|(id, _)| *id);
        let mut turns = Turns::default();
        for id in silent.collect::<Vec<_>>() {
            tracing::warn!(
                node = format_args!("{id:016x}"),
                "a node has not been heard of for a while"
            );
            turns.went.append(&mut self.hear_bye(id).went);
        }
        turns
    }

    fn node(&mut self, id: u64, now: Instant) -> &mut Node {
        self.nodes.entry(id).or_insert_with(|| Node {
            people: HashSet::new(),
            digest: 0,
            heard: now,
            asked: None,
        })
    }

    fn add(&mut self, node: u64, user: UserId, now: Instant, turns: &mut Turns) {
        let was_online = self.is_online(user);
        let node = self.node(node, now);
        if !node.people.insert(user) {
            return;
        }
        node.digest ^= mixed(user);
        *self.elsewhere.entry(user).or_insert(0) += 1;
        if !was_online {
            turns.came.push(user);
        }
    }

    fn remove(&mut self, node: u64, user: UserId, turns: &mut Turns) {
        let Some(node) = self.nodes.get_mut(&node).filter(|node| node.people.contains(&user)) else {
            return;
        };
        node.people.remove(&user);
        node.digest ^= mixed(user);
        if let Some(count) = self.elsewhere.get_mut(&user) {
            *count -= 1;
            if *count == 0 {
                self.elsewhere.remove(&user);
            }
        }
        if !self.is_online(user) {
            turns.went.push(user);
        }
    }
}

/// Spreads an id over all bits, as splitmix64 does (Steele, Lea and Flood, 2014).
fn mixed(user: UserId) -> u64 {
    let mut bits = user.0.cast_unsigned().wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
