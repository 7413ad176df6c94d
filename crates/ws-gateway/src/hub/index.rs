//! Who is connected to this node, and in which rooms they are.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::{RoomId, SessionId, UserId};
use tokio::time::Instant;
use wire::message::Form;

use super::link::Handle;
use super::shard::ShardId;
use crate::transport::Phase;

/// How long a revoked session is remembered: longer than any token check that began before the
/// revocation takes to end here.
const REVOCATION_MEMORY: Duration = Duration::from_secs(60);
/// A typing mark is forgotten after this time.
pub(crate) const TYPING_TIMEOUT: Duration = Duration::from_secs(6);
/// Between two typing marks of one person in one room that count.
const TYPING_PAUSE: Duration = Duration::from_secs(1);
/// Rooms in which one person's typing is remembered before old marks are thrown away.
const TYPING_ROOMS: usize = 64;

/// A connection was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Registered {
    /// Names the time since when events have counted for the person.
    pub(crate) generation: u64,
    /// True when the person's rooms must still be read.
    pub(crate) needs_rooms: bool,
}

/// A connection was not added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The session has been revoked while its token was being checked.
    Revoked,
    /// The person has too many connections.
    TooMany,
}

/// Everyone who is connected.
pub(crate) struct Index {
    /// Boxed, since a map has room for up to twice as many as it holds.
    people: HashMap<UserId, Box<Online>>,
    /// The members of each room who are connected.
    rooms: HashMap<RoomId, HashSet<UserId>>,
    generations: u64,
    revoked: VecDeque<(Instant, SessionId)>,
    connections_per_user: usize,
    readers: Readers,
}

/// How many connections read messages in which form.
#[derive(Default)]
struct Readers {
    full: usize,
    compact: usize,
}

/// The forms in which messages are read by anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) full: bool,
    pub(crate) compact: bool,
}

/// A person who is connected.
struct Online {
    generation: u64,
    connections: Vec<(SessionId, Arc<Handle>)>,
    rooms: Rooms,
    typing: Typing,
}

/// The rooms of a person.
enum Rooms {
    /// They are being read. What events said meanwhile: is the person in the room now?
    Loading(HashMap<RoomId, bool>),
    /// They are known.
    Loaded(HashSet<RoomId>),
}

/// Where a person types.
#[derive(Default)]
pub(crate) struct Typing(HashMap<RoomId, TypingMark>);

struct TypingMark {
    counted_at: Instant,
    is_on: bool,
}

impl Index {
    pub(crate) fn new(connections_per_user: usize) -> Self {
        Self {
            people: HashMap::new(),
            rooms: HashMap::new(),
            generations: 0,
            revoked: VecDeque::new(),
            connections_per_user,
            readers: Readers::default(),
        }
    }

    /// The forms in which messages are read by those who are connected.
    pub(crate) fn forms(&self) -> Forms {
        Forms {
            full: self.readers.full > 0,
            compact: self.readers.compact > 0,
        }
    }

    pub(crate) fn register(
        &mut self,
        user: UserId,
        session: SessionId,
        handle: &Arc<Handle>,
        now: Instant,
    ) -> Result<Registered, Refused> {
        self.check_revoked(session, now)?;
        let connections_per_user = self.connections_per_user;
        let generations = &mut self.generations;
        let online = self.people.entry(user).or_insert_with(|| {
            *generations += 1;
            Box::new(Online {
                generation: *generations,
                connections: Vec::with_capacity(1),
                rooms: Rooms::Loading(HashMap::new()),
                typing: Typing::default(),
            })
        });
        let open = online.connections.iter().filter(|(_, handle)| is_open(handle)).count();
        if open >= connections_per_user {
            return Err(Refused::TooMany);
        }
        online.connections.push((session, Arc::clone(handle)));
        *self.readers.of(handle.form()) += 1;
        Ok(Registered {
            generation: online.generation,
            needs_rooms: matches!(online.rooms, Rooms::Loading(_)),
        })
    }

    pub(crate) fn renew(
        &mut self,
        user: UserId,
        session: SessionId,
        handle: &Handle,
        now: Instant,
    ) -> Result<(), Refused> {
        self.check_revoked(session, now)?;
        let connections = self.people.get_mut(&user).map(|online| &mut online.connections);
        for (own_session, own) in connections.into_iter().flatten() {
            if own.id == handle.id {
                *own_session = session;
            }
        }
        Ok(())
    }

    /// The rooms of a person were read. Says which ones count; `None` when they were known.
    pub(crate) fn loaded(&mut self, user: UserId, generation: u64, rooms: Vec<RoomId>) -> Option<Arc<[RoomId]>> {
        let online = self.people.get_mut(&user)?;
        // Rooms that were read for an earlier life of the entry miss what happened since.
        if online.generation != generation {
            return None;
        }
        let Rooms::Loading(news) = &mut online.rooms else {
            return None;
        };
        let news = std::mem::take(news);
        let mut known: HashSet<RoomId> = rooms.into_iter().collect();
        for (room, is_member) in news {
            if is_member {
                known.insert(room);
            } else {
                known.remove(&room);
            }
        }
        for room in &known {
            self.rooms.entry(*room).or_default().insert(user);
        }
        let counted = known.iter().copied().collect();
        online.rooms = Rooms::Loaded(known);
        Some(counted)
    }

    /// False when it was not there.
    pub(crate) fn unregister(&mut self, user: UserId, handle: &Handle) -> bool {
        let Some(online) = self.people.get_mut(&user) else {
            return false;
        };
        let before = online.connections.len();
        online.connections.retain(|(_, own)| own.id != handle.id);
        let was_there = online.connections.len() < before;
        if was_there {
            *self.readers.of(handle.form()) -= 1;
        }
        if online.connections.is_empty()
            && let Some(Rooms::Loaded(rooms)) = self.people.remove(&user).map(|online| online.rooms)
        {
            for room in rooms {
                self.forget_in_room(room, user);
            }
        }
        was_there
    }

    /// True when it counts from now on; false where nobody is connected, or the person's rooms are
    /// still being read.
    pub(crate) fn add_member(&mut self, room: RoomId, user: UserId) -> bool {
        let Some(online) = self.people.get_mut(&user) else {
            return false;
        };
        match &mut online.rooms {
            Rooms::Loading(news) => {
                news.insert(room, true);
                false
            }
            Rooms::Loaded(rooms) => {
                rooms.insert(room);
                self.rooms.entry(room).or_default().insert(user);
                true
            }
        }
    }

    pub(crate) fn remove_member(&mut self, room: RoomId, user: UserId) {
        self.forget_in_room(room, user);
        let Some(online) = self.people.get_mut(&user) else {
            return;
        };
        match &mut online.rooms {
            Rooms::Loading(news) => {
                news.insert(room, false);
            }
            Rooms::Loaded(rooms) => {
                rooms.remove(&room);
            }
        }
    }

    /// Removes a room and says who of its members is connected.
    pub(crate) fn remove_room(&mut self, room: RoomId) -> Vec<UserId> {
        for online in self.people.values_mut() {
            if let Rooms::Loading(news) = &mut online.rooms {
                news.insert(room, false);
            }
        }
        let members: Vec<UserId> = self.rooms.remove(&room).into_iter().flatten().collect();
        for user in &members {
            if let Some(Rooms::Loaded(rooms)) = self.people.get_mut(user).map(|online| &mut online.rooms) {
                rooms.remove(&room);
            }
        }
        members
    }

    pub(crate) fn is_online_in(&self, room: RoomId, user: UserId) -> bool {
        self.rooms.get(&room).is_some_and(|members| members.contains(&user))
    }

    /// Whether nobody is connected.
    pub(crate) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Members of a room who are connected.
    pub(crate) fn online_in(&self, room: RoomId) -> impl Iterator<Item = UserId> {
        self.rooms.get(&room).into_iter().flatten().copied()
    }

    /// The rooms of a person; `None` when they are not known here.
    pub(crate) fn rooms_of(&self, user: UserId) -> Option<impl Iterator<Item = RoomId>> {
        match &self.people.get(&user)?.rooms {
            Rooms::Loaded(rooms) => Some(rooms.iter().copied()),
            Rooms::Loading(_) => None,
        }
    }

    /// The threads that own connections of a person.
    pub(crate) fn shards_of(&self, user: UserId) -> impl Iterator<Item = ShardId> {
        let connections = self.people.get(&user).map(|online| &online.connections);
        let shards: HashSet<ShardId> = connections
            .into_iter()
            .flatten()
            .map(|(_, handle)| handle.shard)
            .collect();
        shards.into_iter()
    }

    pub(crate) fn handles_of_sessions(&self, user: UserId, sessions: &[SessionId]) -> Vec<Arc<Handle>> {
        let connections = self.people.get(&user).map(|online| &online.connections);
        let touched = connections
            .into_iter()
            .flatten()
            .filter(|(session, _)| sessions.contains(session));
        touched.map(|(_, handle)| Arc::clone(handle)).collect()
    }

    /// Rooms with somebody who is connected.
    pub(crate) fn rooms(&self) -> HashSet<RoomId> {
        self.rooms.keys().copied().collect()
    }

    /// Sessions that have a connection.
    pub(crate) fn sessions(&self) -> Vec<(UserId, SessionId)> {
        let people = self.people.iter();
        let connections = people.flat_map(|(user, online)| online.connections.iter().map(move |one| (*user, one)));
        let open = connections.filter(|(_, (_, handle))| is_open(handle));
        open.map(|(user, (session, _))| (user, *session)).collect()
    }

    pub(crate) fn typing(&mut self, user: UserId) -> Option<&mut Typing> {
        self.people.get_mut(&user).map(|online| &mut online.typing)
    }

    pub(crate) fn remember_revoked(&mut self, sessions: &[SessionId], now: Instant) {
        self.revoked.extend(sessions.iter().map(|session| (now, *session)));
    }

    fn check_revoked(&mut self, session: SessionId, now: Instant) -> Result<(), Refused> {
        while let Some((at, _)) = self.revoked.front() {
            if now.saturating_duration_since(*at) < REVOCATION_MEMORY {
                break;
            }
            self.revoked.pop_front();
        }
        if self.revoked.iter().any(|(_, revoked)| *revoked == session) {
            return Err(Refused::Revoked);
        }
        Ok(())
    }

    fn forget_in_room(&mut self, room: RoomId, user: UserId) {
        if let Some(members) = self.rooms.get_mut(&room) {
            members.remove(&user);
            if members.is_empty() {
                self.rooms.remove(&room);
            }
        }
    }
}

impl Readers {
    fn of(&mut self, form: Form) -> &mut usize {
        match form {
            Form::Full => &mut self.full,
            Form::Compact => &mut self.compact,
        }
    }
}

impl Typing {
    /// Whether a mark counts.
    pub(crate) fn counts(&mut self, room: RoomId, on: bool, now: Instant) -> bool {
        if self.0.len() > TYPING_ROOMS {
            self.0
                .retain(|_, mark| now.saturating_duration_since(mark.counted_at) < TYPING_TIMEOUT);
        }
        if !on {
            return self
                .0
                .get_mut(&room)
                .is_some_and(|mark| std::mem::take(&mut mark.is_on));
        }
        let last = self.0.get(&room).map(|mark| mark.counted_at);
        if last.is_some_and(|last| now.saturating_duration_since(last) < TYPING_PAUSE) {
            return false;
        }
        self.0.insert(
            room,
            TypingMark {
                counted_at: now,
                is_on: true,
            },
        );
        true
    }

    /// Whether the last mark that counted is too old by now; it is forgotten then.
    pub(crate) fn ran_out(&mut self, room: RoomId, now: Instant) -> bool {
        let has_run_out = self
            .0
            .get(&room)
            .is_some_and(|mark| mark.is_on && now.saturating_duration_since(mark.counted_at) >= TYPING_TIMEOUT);
        if has_run_out {
            self.0.remove(&room);
        }
        has_run_out
    }
}

fn is_open(handle: &Handle) -> bool {
    matches!(handle.outbox.phase(), Phase::Open | Phase::Draining)
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
