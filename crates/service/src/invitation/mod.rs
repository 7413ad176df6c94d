//! Invitations: links into a room, for whoever has one.
//!
//! One holds while it has uses and time left and its maker may still add people to the room.
//! Whatever it does not hold for, the answer is the same, so that nothing is learned by guessing.

mod enter;

use std::sync::Arc;

use async_trait::async_trait;
use domain::RoomId;
use domain::invitation::{Invitation, InvitationCode, lifetime, max_uses};
use domain::port::{Clock, InvitationRepository, RoomRepository};
use domain::room::{ChannelType, Room};
use domain::user::Person;
use shaku::{Component, Interface};

use crate::account::{AccountService, Device, Register};
use crate::decide::until_decided;
use crate::limits::{Limit, Limits};
use crate::people::People;
use crate::room::{RoomDetail, RoomViews, standing};
use crate::sequencer::Sequencer;
use crate::{Actor, Error, Policy, Result, audit};

/// A wish for an invitation.
#[derive(Debug, Clone)]
pub struct CreateInvitation {
    /// Where it leads.
    pub room_id: RoomId,
    /// How many people it brings in; any number when not said, or 0.
    pub max_uses: Option<i64>,
    /// For how many seconds it holds; for ever when not said.
    pub expires_in: Option<i64>,
}

/// An invitation as those see it who may make them.
#[derive(Debug, Clone)]
pub struct InvitationDetail {
    /// The invitation.
    pub invitation: Invitation,
    /// Who made it.
    pub creator: Person,
}

/// What who has a link is told before they follow it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Where it leads.
    pub room: Room,
    /// Who made it.
    pub inviter: Person,
    /// True when it is good for an account too.
    pub registers: bool,
}

/// Invitations into rooms.
#[async_trait]
pub trait InvitationService: Interface {
    /// Makes an invitation: for whoever may add people to the room.
    async fn create(&self, actor: &Actor, wish: CreateInvitation) -> Result<InvitationDetail>;

    /// The invitations of a room that hold, the newest first, for the same people.
    async fn list(&self, actor: &Actor, room_id: RoomId) -> Result<Vec<InvitationDetail>>;

    /// Takes an invitation back: for its maker and the same people.
    async fn revoke(&self, actor: &Actor, code: &str) -> Result<()>;

    /// Where a link leads.
    async fn preview(&self, code: &str, device: &Device) -> Result<Preview>;

    /// Brings the caller into the room of an invitation. Who is in already uses nothing up.
    async fn accept(&self, actor: &Actor, code: &str) -> Result<RoomDetail>;

    /// Makes an account for whoever has the link, and brings it into the room. The use is counted
    /// with the account or not at all.
    async fn register(&self, wish: Register, code: &str, device: &Device) -> Result<Person>;
}

/// The use cases of invitations.
#[derive(Component)]
#[shaku(interface = InvitationService)]
pub struct Invitations {
    #[shaku(inject)]
    invitations: Arc<dyn InvitationRepository>,
    #[shaku(inject)]
    rooms: Arc<dyn RoomRepository>,
    #[shaku(inject)]
    accounts: Arc<dyn AccountService>,
    #[shaku(inject)]
    sequencer: Arc<dyn Sequencer>,
    #[shaku(inject)]
    people: Arc<dyn People>,
    #[shaku(inject)]
    views: Arc<dyn RoomViews>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
    /// The operator's choices.
    policy: Arc<Policy>,
}

#[async_trait]
impl InvitationService for Invitations {
    async fn create(&self, actor: &Actor, wish: CreateInvitation) -> Result<InvitationDetail> {
        self.may_invite(actor, wish.room_id).await?;
        let now = self.clock.now();
        let invitation = Invitation {
            code: InvitationCode::new(rand::random()),
            room_id: wish.room_id,
            creator: actor.user_id,
            max_uses: max_uses(wish.max_uses)?,
            uses: 0,
            expires_at: lifetime(wish.expires_in)?.map(|time| now.plus(time)),
            created_at: now,
        };
        let creator = self.people.one(actor.user_id).await?.ok_or(Error::Unauthorized)?;
        self.limits.take_to_create(&creator.user, now)?;
        if !self.invitations.insert(&invitation).await? {
            return Err(Error::Conflict(
                "at most 50 invitations of a room hold at a time; take some back first",
            ));
        }
        audit::note(actor.user_id, "invitation.create", Some(wish.room_id), wish.room_id);
        Ok(InvitationDetail { invitation, creator })
    }

    async fn list(&self, actor: &Actor, room_id: RoomId) -> Result<Vec<InvitationDetail>> {
        self.may_invite(actor, room_id).await?;
        let live = self.invitations.live_of(room_id, self.clock.now()).await?;
        let creators: Vec<_> = live.iter().map(|invitation| invitation.creator).collect();
        let people = self.people.by_id(&creators).await?;
        let detail = |invitation: Invitation| {
            let creator = people.get(&invitation.creator)?.clone();
            Some(InvitationDetail { invitation, creator })
        };
        Ok(live.into_iter().filter_map(detail).collect())
    }

    async fn revoke(&self, actor: &Actor, code: &str) -> Result<()> {
        self.limits.take(Limit::Lookup, actor.user_id)?;
        let invitation = self.find(code).await?;
        if invitation.creator != actor.user_id {
            self.may_invite(actor, invitation.room_id).await?;
        }
        if !self.invitations.remove(invitation.code).await? {
            return Err(Error::NotFound);
        }
        let (room, creator) = (invitation.room_id, invitation.creator);
        audit::note(actor.user_id, "invitation.revoke", Some(room), creator);
        Ok(())
    }

    async fn preview(&self, code: &str, device: &Device) -> Result<Preview> {
        self.limits.take_from(Limit::Lookup, &device.address)?;
        let invitation = self.find(code).await?;
        let door = self.door(&invitation).await?;
        let inviter = door.inviter;
        Ok(Preview {
            registers: self.policy.registration.admits(Some(inviter.user.permission)),
            room: door.room,
            inviter,
        })
    }

    async fn accept(&self, actor: &Actor, code: &str) -> Result<RoomDetail> {
        self.limits.take(Limit::Lookup, actor.user_id)?;
        self.limits.take(Limit::Change, actor.user_id)?;
        until_decided(|| self.enter(actor, code)).await
    }

    async fn register(&self, wish: Register, code: &str, device: &Device) -> Result<Person> {
        self.limits.take_from(Limit::Lookup, &device.address)?;
        self.register_by(wish, code, device).await
    }
}

impl Invitations {
    /// Refuses whoever may not add people to the room.
    async fn may_invite(&self, actor: &Actor, room_id: RoomId) -> Result<()> {
        let standing = standing(&*self.rooms, (actor.user_id, actor.permission), room_id).await?;
        if standing.room.channel_type == ChannelType::Private {
            return Err(Error::Forbidden("nobody else comes into the room of two friends"));
        }
        if !standing.role.may_manage_room() {
            return Err(Error::Forbidden("only creator and admins invite people"));
        }
        Ok(())
    }

    /// The invitation of that code, whether it has ended or not.
    async fn find(&self, code: &str) -> Result<Invitation> {
        let code = InvitationCode::parse(code).ok_or(Error::NotFound)?;
        self.invitations.get(code).await?.ok_or(Error::NotFound)
    }
}
