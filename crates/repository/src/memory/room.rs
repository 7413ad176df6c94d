//! Rooms and memberships in memory.

use async_trait::async_trait;
use domain::member::{Member, Role};
use domain::message::Content;
use domain::port::{DeletedRoom, Ground, MembersPage, MembershipKind, RoomPage, RoomPosition, RoomRepository};
use domain::room::{ChannelType, JoinPolicy, NewRoom, OpenRoom, OpenRoomsPage, Room, RoomHead};
use domain::text::search_key;
use domain::{PortError, RoomId, Timestamp, UserId};
use shaku::Component;

use super::{MemoryDatabase, State};

/// Most rooms when all heads are asked for.
const HEADS_MAX: usize = 1000;

/// Rooms in memory.
#[derive(Component)]
#[shaku(interface = RoomRepository)]
pub struct MemoryRoomRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl RoomRepository for MemoryRoomRepository {
    async fn create(&self, new: NewRoom) -> Result<Room, PortError> {
        let mut state = self.db.lock();
        if new.is_lobby && state.rooms.values().any(|room| room.is_lobby) {
            return Err(PortError::failed("there is a lobby already"));
        }
        if !state.replace_picture("", &new.image, new.created_at) {
            return Err(PortError::NoSuchPicture);
        }
        let mut room = public(RoomId(state.next_id()), new.name.as_str(), new.created_at);
        room.image = new.image;
        room.join_policy = new.join_policy;
        room.is_lobby = new.is_lobby;
        let id = room.id;
        state.rooms.insert(id, room.clone());
        let with = |role| move |user_id: UserId| (user_id, role);
        let people = new.members.into_iter().map(with(Role::Member));
        let people = people.chain(new.admins.into_iter().map(with(Role::Admin)));
        for (user_id, role) in people.chain(new.creator.into_iter().map(with(Role::Creator))) {
            if state.users.contains_key(&user_id) {
                let member = Member {
                    room_id: id,
                    user_id,
                    role,
                    read_seq: 0,
                    joined_at: new.created_at,
                };
                state.members.insert((id, user_id), member);
                state.note(id, MembershipKind::Joined(user_id), new.created_at);
            }
        }
        state.count_members(id);
        Ok(state.rooms.get(&id).cloned().unwrap_or(room))
    }

    async fn lobby(&self, name: &str, at: Timestamp) -> Result<Room, PortError> {
        let mut state = self.db.lock();
        if let Some(lobby) = state.rooms.values().find(|room| room.is_lobby) {
            return Ok(lobby.clone());
        }
        let lobby = public(RoomId(state.next_id()), name, at);
        state.rooms.insert(lobby.id, lobby.clone());
        Ok(lobby)
    }

    async fn get_many(&self, ids: &[RoomId]) -> Result<Vec<Room>, PortError> {
        let state = self.db.lock();
        let rooms = state.rooms.values();
        Ok(rooms.filter(|room| ids.contains(&room.id)).cloned().collect())
    }

    async fn member(&self, room_id: RoomId, user_id: UserId) -> Result<Option<Member>, PortError> {
        Ok(self.db.lock().members.get(&(room_id, user_id)).cloned())
    }

    async fn members(&self, room_id: RoomId, page: MembersPage) -> Result<Vec<Member>, PortError> {
        let state = self.db.lock();
        let members = state.members_of(room_id);
        Ok(members
            .filter(|member| page.after.is_none_or(|after| member.user_id > after))
            .take(page.limit as usize)
            .cloned()
            .collect())
    }

    async fn leading_members(&self, rooms: &[RoomId], plain: u32) -> Result<Vec<Member>, PortError> {
        let state = self.db.lock();
        let mut leading = Vec::new();
        for room_id in rooms {
            let is_plain = |member: &&Member| member.role == Role::Member;
            leading.extend(state.members_of(*room_id).filter(|member| !is_plain(member)).cloned());
            let first = state.members_of(*room_id).filter(is_plain).take(plain as usize);
            leading.extend(first.cloned());
        }
        Ok(leading)
    }

    async fn members_among(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<Member>, PortError> {
        let state = self.db.lock();
        let members = state.members_of(room_id);
        Ok(members
            .filter(|member| users.contains(&member.user_id))
            .cloned()
            .collect())
    }

    async fn positions_of(&self, user_id: UserId) -> Result<Vec<RoomPosition>, PortError> {
        Ok(self.db.lock().rooms_of(user_id).map(RoomPosition::from).collect())
    }

    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>, PortError> {
        let state = self.db.lock();
        let members = state.members.keys().filter(|(_, user)| users.contains(user));
        Ok(members.map(|(room, user)| (*user, *room)).collect())
    }

    async fn list_of(&self, user_id: UserId, after: Option<RoomPage>, limit: u32) -> Result<Vec<Room>, PortError> {
        let mut rooms = self.db.lock().newest_first(user_id);
        rooms.retain(|room| after.is_none_or(|after| (room.updated_at, room.id) < (after.updated_at, after.id)));
        rooms.truncate(limit as usize);
        Ok(rooms)
    }

    async fn open(&self, user_id: UserId, page: &OpenRoomsPage) -> Result<Vec<OpenRoom>, PortError> {
        let state = self.db.lock();
        let has_name = |room: &Room| {
            let key = search_key(&room.name);
            page.name.as_ref().is_none_or(|name| key.contains(name.folded()))
        };
        Ok(state
            .rooms
            .values()
            .filter(|room| room.channel_type == ChannelType::Public && room.join_policy == JoinPolicy::Open)
            .filter(|room| page.after.is_none_or(|after| room.id > after))
            .filter(|room| has_name(room))
            .take(page.limit as usize)
            .map(|room| OpenRoom {
                room: room.clone(),
                is_joined: state.is_member(room.id, user_id),
            })
            .collect())
    }

    async fn heads(&self, user_id: UserId, rooms: Option<&[RoomId]>) -> Result<Vec<RoomHead>, PortError> {
        let state = self.db.lock();
        let wanted: Vec<RoomId> = match rooms {
            Some(rooms) => rooms.to_vec(),
            None => {
                let all = state.newest_first(user_id);
                all.iter().take(HEADS_MAX).map(|room| room.id).collect()
            }
        };
        Ok(wanted
            .into_iter()
            .filter_map(|room| state.head(room, user_id))
            .collect())
    }

    async fn own(&self, user_id: UserId, room_id: RoomId) -> Result<Option<(Room, RoomHead)>, PortError> {
        let state = self.db.lock();
        let room = state.rooms.get(&room_id).cloned();
        Ok(room.zip(state.head(room_id, user_id)))
    }

    async fn heads_in(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomHead)>, PortError> {
        let state = self.db.lock();
        let head = |user: &UserId| Some((*user, state.head(room_id, *user)?));
        Ok(users.iter().filter_map(head).collect())
    }

    async fn mark_read(&self, room_id: RoomId, user_id: UserId, seq: i64) -> Result<Option<(i64, bool)>, PortError> {
        let mut state = self.db.lock();
        let last_seq = state.rooms.get(&room_id).map_or(0, |room| room.last_seq);
        Ok(state.members.get_mut(&(room_id, user_id)).map(|member| {
            let target = seq.min(last_seq);
            let moved = target > member.read_seq;
            member.read_seq = member.read_seq.max(target);
            (member.read_seq, moved)
        }))
    }

    async fn delete(
        &self,
        room_id: RoomId,
        grounds: &[Ground],
        at: Timestamp,
    ) -> Result<Option<DeletedRoom>, PortError> {
        let mut state = self.db.lock();
        if !state.hold(room_id, grounds) {
            return Ok(None);
        }
        let Some(room) = state.rooms.remove(&room_id) else {
            return Ok(None);
        };
        state.replace_picture(&room.image, "", at);
        let members = state.members_of(room_id).map(|member| member.user_id).collect();
        state.members.retain(|(room, _), _| *room != room_id);
        state.invitations.retain(|_, invitation| invitation.room_id != room_id);
        state.note(room_id, MembershipKind::RoomDeleted, at);
        let gone: Vec<_> = state.messages_of(room_id).map(|message| message.id).collect();
        state.messages.retain(|_, message| message.room_id != room_id);
        for upload in state.uploads.values_mut() {
            if upload.message_id.is_some_and(|id| gone.contains(&id)) {
                upload.deleted_at.get_or_insert(at);
            }
        }
        Ok(Some(DeletedRoom { members }))
    }
}

impl State {
    fn newest_first(&self, user_id: UserId) -> Vec<Room> {
        let mut rooms: Vec<Room> = self.rooms_of(user_id).cloned().collect();
        rooms.sort_by_key(|room| std::cmp::Reverse((room.updated_at, room.id)));
        rooms
    }

    fn head(&self, room_id: RoomId, user_id: UserId) -> Option<RoomHead> {
        let member = self.members.get(&(room_id, user_id))?;
        let room = self.rooms.get(&room_id)?;
        let unread: Vec<_> = self
            .messages_of(room_id)
            .filter(|message| {
                message.seq > member.read_seq
                    && message.author.is_some_and(|author| author != user_id)
                    && matches!(message.content, Content::Text(_) | Content::Media(_))
            })
            .collect();
        let mentions = unread
            .iter()
            .filter(|message| message.mentioned().any(|user| user == user_id));
        let number = |count| i64::try_from(count).unwrap_or(i64::MAX);
        Some(RoomHead {
            id: room_id,
            last_seq: room.last_seq,
            last_rev: room.last_rev,
            read_seq: member.read_seq,
            unread_mentions: number(mentions.count()),
            unread_count: number(unread.len()),
        })
    }
}

/// An empty lobby, to be changed where a room is none.
fn public(id: RoomId, name: &str, at: Timestamp) -> Room {
    Room {
        id,
        name: name.to_owned(),
        image: String::new(),
        channel_type: ChannelType::Public,
        join_policy: JoinPolicy::Open,
        is_lobby: true,
        is_read_only: false,
        pair: None,
        last_seq: 0,
        last_rev: 0,
        member_count: 0,
        created_at: at,
        updated_at: at,
    }
}
