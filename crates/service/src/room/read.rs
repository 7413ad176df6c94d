//! Finding rooms and who is in them.

use domain::member::{Member, Role};
use domain::port::{Ground, MembersPage, RoomPage, RoomPosition};
use domain::room::{Room, RoomDetail};
use domain::{Invalid, RoomId, UserId};

use super::{MemberDetail, Rooms};
use crate::{Actor, Error, Result};

/// Where somebody stands in a room.
pub(super) struct Standing {
    pub(super) room: Room,
    /// What their word counts for.
    pub(super) role: Role,
    /// What it rests on.
    pub(super) ground: Ground,
}

impl Rooms {
    /// A room of the caller's, and what their word counts for there.
    pub(super) async fn own_room(&self, actor: &Actor, id: RoomId) -> Result<Standing> {
        let me = self.membership(actor, id).await?;
        let room = self.existing(id).await?;
        Ok(Standing {
            role: actor.role_in(&room, me.role),
            ground: Ground::Role(actor.user_id, Some(me.role)),
            room,
        })
    }

    async fn membership(&self, actor: &Actor, id: RoomId) -> Result<Member> {
        self.rooms.member(id, actor.user_id).await?.ok_or(Error::NotFound)
    }

    pub(super) async fn existing(&self, id: RoomId) -> Result<Room> {
        self.rooms.get_many(&[id]).await?.pop().ok_or(Error::NotFound)
    }

    pub(super) async fn get_room(&self, actor: &Actor, id: RoomId) -> Result<RoomDetail> {
        self.views.one(actor.user_id, id).await?.ok_or(Error::NotFound)
    }

    pub(super) async fn list_rooms(&self, actor: &Actor, after: Option<RoomId>, limit: u32) -> Result<Vec<RoomDetail>> {
        let after = match after {
            None => None,
            Some(id) => {
                let room = self.own_room(actor, id).await;
                let room = room.map_err(|_| Invalid::new("cursor", "is no room of yours"))?.room;
                Some(RoomPage {
                    updated_at: room.updated_at,
                    id: room.id,
                })
            }
        };
        let rooms = self.rooms.list_of(actor.user_id, after, limit).await?;
        self.views.many(actor.user_id, rooms).await
    }

    pub(super) async fn list_members(
        &self,
        actor: &Actor,
        id: RoomId,
        after: Option<UserId>,
        limit: u32,
    ) -> Result<Vec<MemberDetail>> {
        self.membership(actor, id).await?;
        let members = self.rooms.members(id, MembersPage { after, limit }).await?;
        let ids: Vec<UserId> = members.iter().map(|member| member.user_id).collect();
        let people = self.people.by_id(&ids).await?;
        // Who came after the caller's removal may be among them.
        self.membership(actor, id).await?;
        let detail = |member: &Member| {
            let person = people.get(&member.user_id)?.clone();
            Some(MemberDetail {
                person,
                role: member.role,
                joined_at: member.joined_at,
            })
        };
        Ok(members.iter().filter_map(detail).collect())
    }

    pub(super) async fn seen_by(&self, id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        match self.rooms.get_many(&[id]).await?.pop() {
            Some(room) => {
                // Who is in it is read after this, so it does not matter who has followed it before.
                let _ = self.broker.follow(&[RoomPosition::from(&room)]);
                self.views.each(room, users).await
            }
            None => Ok(Vec::new()),
        }
    }
}
