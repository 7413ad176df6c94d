//! Following a link.

use domain::invitation::Invitation;
use domain::port::Ground;
use domain::room::{Room, RoomDetail};
use domain::user::Person;

use super::Invitations;
use crate::account::{Device, Invited, Register};
use crate::room::{Standing, joining, standing};
use crate::{Actor, Error, Registration, Result};

/// Where an invitation leads that holds at this moment.
pub(super) struct Door {
    pub(super) room: Room,
    pub(super) inviter: Person,
    /// What the inviter's word rests on.
    ground: Ground,
}

impl Invitations {
    /// Where an invitation leads, if it holds.
    pub(super) async fn door(&self, invitation: &Invitation) -> Result<Door> {
        // The operator may have changed what they may do, without a word to this process.
        self.people.forget(invitation.creator);
        let inviter = self.people.one(invitation.creator).await?.ok_or(Error::NotFound)?;
        let maker = (invitation.creator, inviter.user.permission);
        let Standing { room, role, ground } = standing(&*self.rooms, maker, invitation.room_id).await?;
        if !role.may_manage_room() || !invitation.is_live(self.clock.now()) {
            return Err(Error::NotFound);
        }
        Ok(Door { room, inviter, ground })
    }

    pub(super) async fn enter(&self, actor: &Actor, code: &str) -> Result<RoomDetail> {
        let invitation = self.find(code).await?;
        let room_id = invitation.room_id;
        // Also when it has ended by now: it may have been the caller who used it up, and whose
        // answer was lost.
        if let Some(detail) = self.views.one(actor.user_id, room_id).await? {
            return Ok(detail);
        }
        let door = self.door(&invitation).await?;
        let person = self.people.one(actor.user_id).await?.ok_or(Error::Unauthorized)?;
        let change = joining(&person, room_id, Some(invitation.code));
        self.sequencer.apply(change.given([door.ground])).await?;
        self.views.one(actor.user_id, room_id).await?.ok_or(Error::NotFound)
    }

    pub(super) async fn register_by(&self, mut wish: Register, code: &str, device: &Device) -> Result<Person> {
        // Where nobody registers, nobody learns which links hold.
        if self.policy.registration == Registration::Closed {
            return self.accounts.register(wish, device).await;
        }
        let invitation = self.find(code).await?;
        let door = self.door(&invitation).await?;
        wish.invited = Some(Invited {
            code: invitation.code,
            by: door.inviter.user.permission,
        });
        let person = self.accounts.register(wish, device).await?;
        // The account stands, whatever has become of the room meanwhile.
        let entered = self.sequencer.apply(joining(&person, door.room.id, None)).await;
        if let Err(error) = entered {
            tracing::warn!(%error, room_id = %door.room.id, "somebody new is not in the room of their invitation");
        }
        Ok(person)
    }
}
