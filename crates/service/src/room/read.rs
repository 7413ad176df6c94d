//! Finding rooms and who is in them.

use domain::member::{Member, Role};
use domain::port::{Ground, MembersPage, RoomPage, RoomPosition, RoomRepository};
use domain::room::{Room, RoomDetail};
use domain::user::Permission;
use domain::{Invalid, RoomId, UserId};

use super::{MemberDetail, Rooms};
use crate::actor::role_in;
use crate::{Actor, Error, Result};

/// Where somebody stands in a room.
pub(crate) struct Standing {
    pub(crate) room: Room,
    /// What their word counts for.
    pub(crate) role: Role,
    /// What it rests on.
    pub(crate) ground: Ground,
}

/// Where a member with that permission on the server stands in a room; for others there is no such
/// room.
pub(crate) async fn standing(
    rooms: &dyn RoomRepository,
    (user_id, permission): (UserId, Permission),
    id: RoomId,
) -> Result<Standing> {
    let member = rooms.member(id, user_id).await?.ok_or(Error::NotFound)?;
    let room = rooms.get_many(&[id]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Standing {
        role: role_in(&room, member.role, permission),
        ground: Ground::Role(user_id, Some(member.role)),
        room,
    })
}

impl Rooms {
    /// A room of the caller's, and what their word counts for there.
    pub(super) async fn own_room(&self, actor: &Actor, id: RoomId) -> Result<Standing> {
        standing(&*self.rooms, (actor.user_id, actor.permission), id).await
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
