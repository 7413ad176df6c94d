//! Leaving, and being removed.

use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, Ground};
use domain::room::ChannelType;
use domain::{RoomId, UserId};

use super::Rooms;
use super::change::notice;
use super::read::Standing;
use crate::{Actor, Error, Result, audit};

impl Rooms {
    pub(super) async fn end_membership(&self, actor: &Actor, id: RoomId, user_id: UserId) -> Result<()> {
        let Standing { room, role, ground } = self.own_room(actor, id).await?;
        let mut grounds = vec![ground];
        if room.channel_type == ChannelType::Private {
            return Err(Error::Forbidden(
                "the room of two friends is left by ending the friendship",
            ));
        }
        let is_self = user_id == actor.user_id;
        if is_self && role == Role::Creator {
            return Err(Error::Conflict(
                "hand the room over to another member first, or delete it",
            ));
        }
        if !is_self {
            let member = self.rooms.member(id, user_id).await?;
            if !role.may_manage_room() {
                return Err(Error::Forbidden("only creator and admins remove members"));
            }
            let member = member.ok_or(Error::NotFound)?;
            if !role.may_remove(member.role) {
                return Err(Error::Forbidden("your role may not remove this member"));
            }
            grounds.push(Ground::Role(user_id, Some(member.role)));
        }
        let person = self.person(actor.user_id).await?;
        let subject = self.person(user_id).await?;
        let kind = if is_self {
            NoticeKind::MemberLeft
        } else {
            NoticeKind::MemberRemoved
        };
        let notice = notice(kind, &person, Some(&subject), "");
        let change = Change::RemoveMember {
            room_id: id,
            user_id,
            notice,
        };
        self.sequencer.apply(change.given(grounds)).await?;
        if !is_self {
            audit::note(actor.user_id, "member.remove", Some(id), user_id);
        }
        Ok(())
    }
}
