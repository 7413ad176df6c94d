//! Coming into a room.

use domain::RoomId;
use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, MemberAddition, MembersPage, Outcome};
use domain::room::{ChannelType, JoinPolicy};

use super::change::notice;
use super::{Joined, Rooms};
use crate::{Actor, Error, Result};

/// Members that who joins is told.
const MEMBERS_TOLD: u32 = 100;

impl Rooms {
    pub(super) async fn join_room(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined> {
        let room = match id {
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
        }
        let detail = self.get_room(actor, room.id).await?;
        let members = self
            .rooms
            .members(
                room.id,
                MembersPage {
                    after: None,
                    limit: MEMBERS_TOLD,
                },
            )
            .await?;
        Ok(Joined {
            detail,
            is_new,
            member_ids: members.into_iter().map(|member| member.user_id).collect(),
            person,
        })
    }
}
