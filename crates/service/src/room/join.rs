//! Coming into a room.

use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, MemberAddition, MembersPage, Outcome};
use domain::room::{ChannelType, JoinPolicy, RoomDetail};
use domain::{RoomId, UserId};

use super::change::notice;
use super::{Joined, Rooms};
use crate::{Actor, Error, Result};

/// Members that who joins is told.
const MEMBERS_TOLD: usize = 100;

impl Rooms {
    pub(super) async fn join_room(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined> {
        let mut room = match id {
            Some(id) => self.existing(id).await?,
            None => self.rooms.lobby(&self.policy.lobby, self.clock.now()).await?,
        };
        let person = self.person(actor.user_id).await?;
        let mut is_new = false;
        if self.rooms.member(room.id, actor.user_id).await?.is_none() {
            if room.channel_type == ChannelType::Private || room.join_policy == JoinPolicy::Invite {
                return Err(Error::NotFound);
            }
            let notice = notice(NoticeKind::MemberJoined, &person, Some(&person), "");
            let addition = MemberAddition {
                user_id: actor.user_id,
                role: Role::Member,
                notice: Some(notice),
            };
            let change = Change::AddMembers {
                room_id: room.id,
                additions: vec![addition],
            };
            let applied = self.sequencer.apply(change).await?;
            is_new = matches!(applied, Outcome::MembersAdded { added, .. } if !added.is_empty());
            (room, _) = self.own_room(actor, room.id).await?;
        }
        let detail = self.views.one(actor.user_id, room).await?;
        Ok(Joined {
            is_new,
            member_ids: self.first_members(&detail).await?,
            detail,
            person,
        })
    }

    /// The members that who joins is told, by rising id.
    async fn first_members(&self, detail: &RoomDetail) -> Result<Vec<UserId>> {
        // Of a small room the view has everybody.
        let mut seen: Vec<UserId> = detail.read_marks.iter().map(|(user_id, _)| *user_id).collect();
        if i64::try_from(seen.len()) == Ok(detail.room.member_count) && seen.len() <= MEMBERS_TOLD {
            seen.sort_unstable();
            return Ok(seen);
        }
        let page = MembersPage {
            after: None,
            limit: u32::try_from(MEMBERS_TOLD).unwrap_or(u32::MAX),
        };
        let members = self.rooms.members(detail.room.id, page).await?;
        Ok(members.into_iter().map(|member| member.user_id).collect())
    }
}
