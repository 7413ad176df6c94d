//! Friendships in memory.

use std::collections::btree_map::Entry;

use async_trait::async_trait;
use domain::member::{Member, Role};
use domain::port::{Befriended, FriendRepository, MembershipKind};
use domain::room::{ChannelType, JoinPolicy, Room};
use domain::{PortError, RoomId, Timestamp, UserId};
use shaku::Component;

use super::MemoryDatabase;

/// Friendships in memory.
#[derive(Component)]
#[shaku(interface = FriendRepository)]
pub struct MemoryFriendRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl FriendRepository for MemoryFriendRepository {
    async fn befriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Befriended, PortError> {
        let mut state = self.db.lock();
        if a == b || !state.users.contains_key(&a) || !state.users.contains_key(&b) {
            return Err(PortError::failed("two different, existing people become friends"));
        }
        let pair = (a.min(b), a.max(b));
        let known = state.rooms.values().find(|room| room.pair == Some(pair)).cloned();
        let mut room = match known {
            Some(room) => room,
            None => Room {
                id: RoomId(state.next_id()),
                name: String::new(),
                image: String::new(),
                channel_type: ChannelType::Private,
                join_policy: JoinPolicy::Invite,
                is_lobby: false,
                is_read_only: false,
                pair: Some(pair),
                last_seq: 0,
                last_rev: 0,
                member_count: 0,
                created_at: at,
                updated_at: at,
            },
        };
        let is_new = state.friends.insert((a, b));
        state.friends.insert((b, a));
        if room.is_read_only {
            room.is_read_only = false;
            room.updated_at = at;
        }
        for user_id in [pair.0, pair.1] {
            let member = Member {
                room_id: room.id,
                user_id,
                role: Role::Member,
                read_seq: room.last_seq,
                joined_at: at,
            };
            if let Entry::Vacant(vacant) = state.members.entry((room.id, user_id)) {
                vacant.insert(member);
                state.note(room.id, MembershipKind::Joined(user_id), at);
            }
        }
        room.member_count = 2;
        state.rooms.insert(room.id, room.clone());
        Ok(Befriended { room, is_new })
    }

    async fn unfriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Option<Room>, PortError> {
        let mut state = self.db.lock();
        let were_friends = state.friends.remove(&(a, b));
        state.friends.remove(&(b, a));
        let pair = (a.min(b), a.max(b));
        let room = state.rooms.values_mut().find(|room| room.pair == Some(pair));
        Ok(room.filter(|_| were_friends).map(|room| {
            room.is_read_only = true;
            room.updated_at = at;
            room.clone()
        }))
    }

    async fn friends(&self, user_id: UserId, after: Option<UserId>, limit: u32) -> Result<Vec<UserId>, PortError> {
        let state = self.db.lock();
        let friends = state.friends.iter().filter(|(one, _)| *one == user_id);
        Ok(friends
            .map(|(_, other)| *other)
            .filter(|other| after.is_none_or(|after| *other > after))
            .take(limit as usize)
            .collect())
    }
}
