//! Rooms: making, finding, changing and leaving them, and who is in them.

mod change;
mod join;
mod members;
mod read;
mod views;

use std::sync::Arc;

use async_trait::async_trait;
use domain::member::Role;
use domain::port::{Broker, Clock, RoomPosition, RoomRepository, UploadRepository};
use domain::room::{JoinPolicy, OpenRoom, OpenRoomsPage, RoomHead};
use domain::user::Person;
use domain::{RoomId, Timestamp, UserId};
use shaku::{Component, Interface};

use crate::decide::until_decided;
use crate::limits::{Limit, Limits};
use crate::people::People;
use crate::sequencer::Sequencer;
use crate::{Actor, Policy, Result};

pub use domain::room::RoomDetail;
pub(crate) use join::joining;
pub(crate) use read::{Standing, standing};
pub use views::{RoomViews, Views};

/// A wish for a room.
#[derive(Debug, Clone, Default)]
pub struct CreateRoom {
    /// Its name.
    pub name: String,
    /// URL of its picture.
    pub image: Option<String>,
    /// Who may come in; open when not said.
    pub join_policy: Option<JoinPolicy>,
    /// Its first admins.
    pub admins: Vec<UserId>,
    /// Its first members.
    pub members: Vec<UserId>,
}

/// A wish to change a room; `None` and empty lists leave a part as it is.
#[derive(Debug, Clone, Default)]
pub struct UpdateRoom {
    /// New name.
    pub name: Option<String>,
    /// URL of its new picture; empty for the generated one.
    pub image: Option<String>,
    /// New policy.
    pub join_policy: Option<JoinPolicy>,
    /// People to become admins.
    pub admins: Vec<UserId>,
    /// People to become members.
    pub members: Vec<UserId>,
    /// The member to become creator in the caller's place.
    pub creator: Option<UserId>,
}

/// A member as the list of members shows it.
#[derive(Debug, Clone)]
pub struct MemberDetail {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
}

/// A room that somebody has come into.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The room as they see it.
    pub detail: RoomDetail,
    /// False when they were a member before.
    pub is_new: bool,
    /// Its first hundred members.
    pub member_ids: Vec<UserId>,
    /// The one who joined.
    pub person: Person,
}

/// Rooms and memberships. A room that the caller is no member of does not exist for them,
/// but for joining an open one.
#[async_trait]
pub trait RoomService: Interface {
    /// Makes a public room; the caller is its creator.
    async fn create(&self, actor: &Actor, wish: CreateRoom) -> Result<RoomDetail>;

    /// One of the caller's rooms.
    async fn get(&self, actor: &Actor, id: RoomId) -> Result<RoomDetail>;

    /// The caller's rooms, newest activity first, those behind the room `after`.
    async fn list(&self, actor: &Actor, after: Option<RoomId>, limit: u32) -> Result<Vec<RoomDetail>>;

    /// Rooms that anybody may come into, by rising id, whether the caller is in or not.
    async fn open(&self, actor: &Actor, page: &OpenRoomsPage) -> Result<Vec<OpenRoom>>;

    /// Members by rising user id, those above `after`.
    async fn members(&self, actor: &Actor, id: RoomId, after: Option<UserId>, limit: u32) -> Result<Vec<MemberDetail>>;

    /// Changes a room: for its creator and admins; only the creator names admins or an heir.
    async fn update(&self, actor: &Actor, id: RoomId, wish: UpdateRoom) -> Result<RoomDetail>;

    /// Comes into an open room, or into the lobby for `None`.
    async fn join(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined>;

    /// Ends a membership: one's own, or that of somebody whom one's role may remove.
    async fn remove_member(&self, actor: &Actor, id: RoomId, user_id: UserId) -> Result<()>;

    /// Deletes a room with all that is in it: for its creator.
    async fn delete(&self, actor: &Actor, id: RoomId) -> Result<()>;

    /// Where the caller stands in all of their rooms.
    async fn heads(&self, actor: &Actor) -> Result<Vec<RoomHead>>;

    /// Ids of all rooms of a person who has just connected, for the hub: from the moment at which
    /// they were read, every change in them is told on this node; see [`Broker::follow`].
    async fn ids_of(&self, user_id: UserId) -> Result<Vec<RoomId>>;

    /// Ids of all rooms of each of the people, for the hub.
    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>>;

    /// A room as each of the people sees it, for pushes. Non-members are left out.
    async fn as_seen_by(&self, id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>>;
}

/// The use cases of rooms.
#[derive(Component)]
#[shaku(interface = RoomService)]
pub struct Rooms {
    #[shaku(inject)]
    rooms: Arc<dyn RoomRepository>,
    #[shaku(inject)]
    uploads: Arc<dyn UploadRepository>,
    #[shaku(inject)]
    sequencer: Arc<dyn Sequencer>,
    #[shaku(inject)]
    people: Arc<dyn People>,
    #[shaku(inject)]
    views: Arc<dyn RoomViews>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
    /// The operator's choices.
    policy: Arc<Policy>,
}

#[async_trait]
impl RoomService for Rooms {
    async fn create(&self, actor: &Actor, wish: CreateRoom) -> Result<RoomDetail> {
        self.limits
            .take_to_create(&self.person(actor.user_id).await?.user, self.clock.now())?;
        self.create_room(actor, wish).await
    }

    async fn get(&self, actor: &Actor, id: RoomId) -> Result<RoomDetail> {
        self.get_room(actor, id).await
    }

    async fn list(&self, actor: &Actor, after: Option<RoomId>, limit: u32) -> Result<Vec<RoomDetail>> {
        self.list_rooms(actor, after, limit).await
    }

    async fn open(&self, actor: &Actor, page: &OpenRoomsPage) -> Result<Vec<OpenRoom>> {
        self.limits.take(Limit::Lookup, actor.user_id)?;
        Ok(self.rooms.open(actor.user_id, page).await?)
    }

    async fn members(&self, actor: &Actor, id: RoomId, after: Option<UserId>, limit: u32) -> Result<Vec<MemberDetail>> {
        self.list_members(actor, id, after, limit).await
    }

    async fn update(&self, actor: &Actor, id: RoomId, wish: UpdateRoom) -> Result<RoomDetail> {
        self.limits.take(Limit::Change, actor.user_id)?;
        until_decided(|| self.update_room(actor, id, wish.clone())).await
    }

    async fn join(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined> {
        self.limits.take(Limit::Change, actor.user_id)?;
        until_decided(|| self.join_room(actor, id)).await
    }

    async fn remove_member(&self, actor: &Actor, id: RoomId, user_id: UserId) -> Result<()> {
        self.limits.take(Limit::Change, actor.user_id)?;
        until_decided(|| self.end_membership(actor, id, user_id)).await
    }

    async fn delete(&self, actor: &Actor, id: RoomId) -> Result<()> {
        self.limits.take(Limit::Change, actor.user_id)?;
        until_decided(|| self.delete_room(actor, id)).await
    }

    async fn heads(&self, actor: &Actor) -> Result<Vec<RoomHead>> {
        let heads = self.rooms.heads(actor.user_id, None).await?;
        let positions: Vec<RoomPosition> = heads.iter().map(RoomPosition::from).collect();
        // The hub has followed what it read before; here is only told where the rooms stand.
        let _ = self.broker.follow(&positions);
        Ok(heads)
    }

    async fn ids_of(&self, user_id: UserId) -> Result<Vec<RoomId>> {
        loop {
            let positions = self.rooms.positions_of(user_id).await?;
            if self.broker.follow(&positions) {
                return Ok(positions.into_iter().map(|position| position.room_id).collect());
            }
        }
    }

    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>> {
        Ok(self.rooms.ids_of_each(users).await?)
    }

    async fn as_seen_by(&self, id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        self.seen_by(id, users).await
    }
}
