//! Friends: finding them, adding and removing them.

use std::sync::Arc;

use async_trait::async_trait;
use domain::port::{Broker, Clock, FriendRepository};
use domain::user::Person;
use domain::{Event, Invalid, UserId};
use shaku::{Component, Interface};

use crate::limits::{Limit, Limits};
use crate::people::People;
use crate::room::{RoomDetail, RoomViews};
use crate::{Actor, Error, Result};

/// Friendships of the caller.
#[async_trait]
pub trait FriendService: Interface {
    /// Makes the caller and another person friends. Gives their private room, made once.
    async fn add(&self, actor: &Actor, other: UserId) -> Result<RoomDetail>;

    /// Ends a friendship; the private room turns read-only and keeps its history.
    async fn remove(&self, actor: &Actor, other: UserId) -> Result<()>;

    /// The caller's friends by rising id, those above `after`.
    async fn list(&self, actor: &Actor, after: Option<UserId>, limit: u32) -> Result<Vec<Person>>;
}

/// The use cases of friends.
#[derive(Component)]
#[shaku(interface = FriendService)]
pub struct Friends {
    #[shaku(inject)]
    friends: Arc<dyn FriendRepository>,
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
}

#[async_trait]
impl FriendService for Friends {
    async fn add(&self, actor: &Actor, other: UserId) -> Result<RoomDetail> {
        if other == actor.user_id {
            return Err(Invalid::new("id", "is your own").into());
        }
        let (me, friend) = self.both(actor.user_id, other).await?;
        self.limits.take_to_create(&me.user, self.clock.now())?;
        let befriended = self.friends.befriend(actor.user_id, other, self.clock.now()).await?;
        if befriended.is_new {
            let (room_id, rev) = (befriended.room.id, befriended.room.last_rev);
            self.broker.publish(Event::MembersAdded {
                room_id,
                rev,
                people: vec![me.clone(), friend.clone()],
            });
            self.broker.publish(Event::RoomChanged { room_id });
            self.broker.publish(Event::FriendAdded { a: me, b: friend });
        }
        let room = self.views.one(actor.user_id, befriended.room.id).await?;
        room.ok_or(Error::NotFound)
    }

    async fn remove(&self, actor: &Actor, other: UserId) -> Result<()> {
        self.limits.take(Limit::Change, actor.user_id)?;
        let (me, friend) = self.both(actor.user_id, other).await?;
        let room = self
            .friends
            .unfriend(actor.user_id, other, self.clock.now())
            .await?
            .ok_or(Error::NotFound)?;
        self.broker.publish(Event::FriendRemoved { a: me, b: friend });
        self.broker.publish(Event::RoomChanged { room_id: room.id });
        Ok(())
    }

    async fn list(&self, actor: &Actor, after: Option<UserId>, limit: u32) -> Result<Vec<Person>> {
        let ids = self.friends.friends(actor.user_id, after, limit).await?;
        self.people.in_order(&ids).await
    }
}

impl Friends {
    async fn both(&self, me: UserId, other: UserId) -> Result<(Person, Person)> {
        let mut both = self.people.in_order(&[me, other]).await?.into_iter();
        match (both.next(), both.next()) {
            (Some(me), Some(other)) => Ok((me, other)),
            _ => Err(Error::NotFound),
        }
    }
}
