//! Rooms as their members see them.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::member::{Member, Role};
use domain::message::MessageDetail;
use domain::port::{MessageRepository, RoomRepository};
use domain::room::{Room, RoomDetail, RoomHead};
use domain::user::Person;
use domain::{RoomId, UserId};
use shaku::{Component, Interface};

use crate::Result;
use crate::media::picture;
use crate::message::MessageDetails;
use crate::people::People;

/// Plain members that a room in a list names.
const MEMBERS_IN_LISTS: u32 = 20;
/// Plain members that a single room names.
const MEMBERS_IN_ROOM: u32 = 500;

/// Completes rooms for their readers. Who is a member is asked once the messages were read, since
/// those may have come after somebody's removal.
#[async_trait]
pub trait RoomViews: Interface {
    /// One room as `reader` sees it; `None` for who is no member.
    async fn one(&self, reader: UserId, id: RoomId) -> Result<Option<RoomDetail>>;

    /// Those of the rooms of which `reader` is a member, as they see them, in the same order, with
    /// members cut short.
    async fn many(&self, reader: UserId, rooms: Vec<Room>) -> Result<Vec<RoomDetail>>;

    /// One room as each of several members sees it, with members cut short.
    async fn each(&self, room: Room, readers: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>>;
}

/// Completes rooms from the repositories and the directory. A fixed number of queries for any
/// number of rooms.
#[derive(Component)]
#[shaku(interface = RoomViews)]
pub struct Views {
    #[shaku(inject)]
    rooms: Arc<dyn RoomRepository>,
    #[shaku(inject)]
    messages: Arc<dyn MessageRepository>,
    #[shaku(inject)]
    details: Arc<dyn MessageDetails>,
    #[shaku(inject)]
    people: Arc<dyn People>,
}

#[async_trait]
impl RoomViews for Views {
    async fn one(&self, reader: UserId, id: RoomId) -> Result<Option<RoomDetail>> {
        let Some((room, head)) = self.rooms.own(reader, id).await? else {
            return Ok(None);
        };
        let facts = self.facts(&[id], MEMBERS_IN_ROOM).await?;
        let newest = facts.newest.get(&id).map_or(0, |detail| detail.message.rev);
        // What is newer than the membership that was read may have come after its end.
        if newest > head.last_rev && self.rooms.member(id, reader).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(facts.view(reader, room, &head)))
    }

    async fn many(&self, reader: UserId, rooms: Vec<Room>) -> Result<Vec<RoomDetail>> {
        if rooms.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<RoomId> = rooms.iter().map(|room| room.id).collect();
        let facts = self.facts(&ids, MEMBERS_IN_LISTS).await?;
        let heads = self.rooms.heads(reader, Some(&ids)).await?;
        let heads: HashMap<RoomId, RoomHead> = heads.into_iter().map(|head| (head.id, head)).collect();
        let view = |room: Room| heads.get(&room.id).map(|head| facts.view(reader, room, head));
        Ok(rooms.into_iter().filter_map(view).collect())
    }

    async fn each(&self, room: Room, readers: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        let facts = self.facts(&[room.id], MEMBERS_IN_LISTS).await?;
        let heads = self.rooms.heads_in(room.id, readers).await?;
        Ok(heads
            .into_iter()
            .map(|(reader, head)| (reader, facts.view(reader, room.clone(), &head)))
            .collect())
    }
}

impl Views {
    async fn facts(&self, ids: &[RoomId], plain: u32) -> Result<Facts> {
        let members = self.rooms.leading_members(ids, plain).await?;
        let user_ids: Vec<UserId> = members.iter().map(|member| member.user_id).collect();
        let people = self.people.by_id(&user_ids).await?;
        let newest = self.messages.newest_of(ids).await?;
        let newest = self.details.complete(newest).await?;
        let mut by_room: HashMap<RoomId, Vec<Member>> = HashMap::new();
        for member in members {
            by_room.entry(member.room_id).or_default().push(member);
        }
        let newest = newest
            .into_iter()
            .map(|detail| (detail.message.room_id, detail))
            .collect();
        Ok(Facts {
            members: by_room,
            people,
            newest,
        })
    }
}

/// What is the same for all readers.
struct Facts {
    members: HashMap<RoomId, Vec<Member>>,
    people: HashMap<UserId, Person>,
    newest: HashMap<RoomId, Arc<MessageDetail>>,
}

impl Facts {
    fn view(&self, reader: UserId, mut room: Room, head: &RoomHead) -> RoomDetail {
        let members = self.members.get(&room.id).map(Vec::as_slice).unwrap_or_default();
        let with_role = |role: Role| -> Vec<Person> {
            let ids = members
                .iter()
                .filter(|member| member.role == role)
                .map(|member| member.user_id);
            ids.filter_map(|id| self.people.get(&id).cloned()).collect()
        };
        let mut read_marks: Vec<(UserId, i64)> =
            members.iter().map(|member| (member.user_id, member.read_seq)).collect();
        if !read_marks.iter().any(|(user, _)| *user == reader) {
            read_marks.push((reader, head.read_seq));
        }
        let other = room.pair.map(|(a, b)| if a == reader { b } else { a });
        if let Some(other) = other.and_then(|id| self.people.get(&id)) {
            room.name = other.user.name.as_str().to_owned();
            room.image = picture::of_user(&other.user).to_owned();
        }
        RoomDetail {
            creator: with_role(Role::Creator).into_iter().next(),
            admins: with_role(Role::Admin),
            members: with_role(Role::Member),
            read_marks,
            unread_count: head.unread_count,
            unread_mentions: head.unread_mentions,
            last_message: self.newest.get(&room.id).cloned(),
            room,
        }
    }
}
