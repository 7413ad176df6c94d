//! Coming into a room.

use domain::invitation::InvitationCode;
use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, Ground, MemberAddition, MembersPage, Outcome};
use domain::room::{ChannelType, JoinPolicy, RoomDetail};
use domain::user::Person;
use domain::{RoomId, UserId};

use super::change::notice;
use super::{Joined, Rooms};
use crate::{Actor, Error, Result};

/// Members that who joins is told.
const MEMBERS_TOLD: usize = 100;

impl Rooms {
    pub(super) async fn join_room(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined> {
        let id = match id {
            Some(id) => id,
            None => self.rooms.lobby(&self.policy.lobby, self.clock.now()).await?.id,
        };
        let person = self.person(actor.user_id).await?;
        let mut is_new = false;
        let detail = match self.views.one(actor.user_id, id).await? {
            Some(detail) => detail,
            None => {
                is_new = self.become_member(&person, id).await?;
                self.get_room(actor, id).await?
            }
        };
        Ok(Joined {
            is_new,
            member_ids: self.first_members(&detail).await?,
            detail,
            person,
        })
    }

    /// Makes somebody a member of an open room; false when they had become one meanwhile.
    async fn become_member(&self, person: &Person, room_id: RoomId) -> Result<bool> {
        let room = self.existing(room_id).await?;
        if room.channel_type == ChannelType::Private || room.join_policy == JoinPolicy::Invite {
            return Err(Error::NotFound);
        }
        let change = joining(person, room_id, None);
        let applied = self.sequencer.apply(change.given([Ground::Open])).await?;
        Ok(matches!(applied, Outcome::MembersAdded { added, .. } if !added.is_empty()))
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

/// Somebody comes into a room as a plain member, perhaps by an invitation.
pub(crate) fn joining(person: &Person, room_id: RoomId, invitation: Option<InvitationCode>) -> Change {
    let addition = MemberAddition {
        user_id: person.user.id,
        role: Role::Member,
        notice: Some(notice(NoticeKind::MemberJoined, person, Some(person), "")),
    };
    Change::AddMembers {
        room_id,
        additions: vec![addition],
        invitation,
    }
}
