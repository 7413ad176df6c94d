//! Doubles of all adapters that keep everything in memory: for tests, and for trying things out.
//!
//! They pass the same battery as the database's adapters, so a test of a use case that runs on
//! them says something about the product. They share one [`MemoryDatabase`].

mod friend;
mod health;
mod invitation;
mod message;
mod news;
mod preference;
mod room;
mod room_log;
mod session;
mod upload;
mod user;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::invitation::{Invitation, InvitationCode};
use domain::media::Upload;
use domain::member::Member;
use domain::message::{Emoji, Message};
use domain::port::MembershipChange;
use domain::preference::{Preference, PreferenceKey};
use domain::room::Room;
use domain::session::Session;
use domain::user::User;
use domain::{MessageId, RoomId, SessionId, Timestamp, UserId};

pub use friend::{MemoryFriendRepository, MemoryFriendRepositoryParameters};
pub use health::{MemoryHealthCheck, MemoryHealthCheckParameters};
pub use invitation::{MemoryInvitationRepository, MemoryInvitationRepositoryParameters};
pub use message::{MemoryMessageRepository, MemoryMessageRepositoryParameters};
pub use news::{MemoryNewsRepository, MemoryNewsRepositoryParameters};
pub use preference::{MemoryPreferenceRepository, MemoryPreferenceRepositoryParameters};
pub use room::{MemoryRoomRepository, MemoryRoomRepositoryParameters};
pub use room_log::{MemoryRoomLog, MemoryRoomLogParameters};
pub use session::{MemorySessionRepository, MemorySessionRepositoryParameters};
pub use upload::{MemoryUploadRepository, MemoryUploadRepositoryParameters};
pub use user::{MemoryUserRepository, MemoryUserRepositoryParameters};

/// What all doubles share; clones share it too.
#[derive(Debug, Clone, Default)]
pub struct MemoryDatabase {
    state: Arc<Mutex<State>>,
}

/// Everything that is stored.
#[derive(Debug, Default)]
struct State {
    users: BTreeMap<UserId, Account>,
    sessions: BTreeMap<SessionId, Session>,
    rooms: BTreeMap<RoomId, Room>,
    members: BTreeMap<(RoomId, UserId), Member>,
    friends: BTreeSet<(UserId, UserId)>,
    messages: BTreeMap<MessageId, Message>,
    /// Who reacted with what, first one first.
    reactions: BTreeMap<MessageId, Vec<(Emoji, UserId)>>,
    uploads: BTreeMap<String, Upload>,
    /// How many people and rooms have an upload as their picture, by its key.
    picture_uses: BTreeMap<String, usize>,
    invitations: BTreeMap<InvitationCode, Invitation>,
    preferences: BTreeMap<UserId, BTreeMap<PreferenceKey, Preference>>,
    membership_changes: Vec<(MembershipChange, Timestamp)>,
    last_id: i64,
}

#[derive(Debug)]
struct Account {
    user: User,
    password_hash: String,
}

impl MemoryDatabase {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All of it, for one step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The next id; one row of numbers for everything.
    fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    fn is_member(&self, room_id: RoomId, user_id: UserId) -> bool {
        self.members.contains_key(&(room_id, user_id))
    }

    fn members_of(&self, room_id: RoomId) -> impl Iterator<Item = &Member> {
        self.members
            .range((room_id, UserId(i64::MIN))..=(room_id, UserId(i64::MAX)))
            .map(|(_, member)| member)
    }

    fn rooms_of(&self, user_id: UserId) -> impl Iterator<Item = &Room> {
        self.rooms.values().filter(move |room| self.is_member(room.id, user_id))
    }

    fn messages_of(&self, room_id: RoomId) -> impl Iterator<Item = &Message> {
        self.messages.values().filter(move |message| message.room_id == room_id)
    }

    /// Counts the members of a room anew.
    fn count_members(&mut self, room_id: RoomId) {
        let count = i64::try_from(self.members_of(room_id).count()).unwrap_or(i64::MAX);
        if let Some(room) = self.rooms.get_mut(&room_id) {
            room.member_count = count;
        }
    }
}
