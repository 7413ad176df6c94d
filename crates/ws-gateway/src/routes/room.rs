//! `room.*`, as far as rooms and memberships go.

use std::rc::Rc;

use bytes::Bytes;
use domain::room::OpenRoomsPage;
use domain::{RoomId, UserId};
use serde::Deserialize;
use service::Actor;
use service::room::{CreateRoom, UpdateRoom};
use wire::command::{self, after, limit};
use wire::room::OpenRoom;
use wire::{Id, Room};

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, done, success};
use crate::connection::Caller;

#[derive(Deserialize)]
struct OneRoom {
    #[serde(alias = "roomId")]
    id: Id,
}

#[derive(Deserialize)]
struct Join {
    #[serde(alias = "roomId")]
    id: Option<Id>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Leave {
    #[serde(alias = "roomId")]
    id: Id,
    user_id: Option<Id>,
}

#[derive(Deserialize)]
struct Members {
    #[serde(alias = "roomId")]
    id: Id,
    limit: Option<Id>,
    cursor: Option<Id>,
}

pub(super) async fn create(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::CreateRoom = decode(&body)?;
    let wish = CreateRoom::try_from(command)?;
    let detail = caller.use_cases().rooms.create(&actor, wish).await?;
    success(&Room::for_reader(&detail, actor.user_id))
}

/// Comes into a room. The others hear of it from the event when the caller is new there, and
/// from here when the caller has been a member for long and says so for the first time on this
/// connection: the demo client shows who arrives.
pub(super) async fn join(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Join { id } = decode(&body)?;
    let joined = caller.use_cases().rooms.join(&actor, id.map(|id| RoomId(id.0))).await?;
    let room = joined.detail.room.id;
    let is_first_time = caller.note_joined(room);
    if is_first_time && !joined.is_new {
        caller.hub().announce(room, &joined.person);
    }
    caller.hub().tell_members(caller.handle(), room, &joined.member_ids);
    success(&Room::for_reader(&joined.detail, actor.user_id))
}

pub(super) async fn leave(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Leave { id, user_id } = decode(&body)?;
    let user = user_id.map_or(actor.user_id, |id| UserId(id.0));
    caller
        .use_cases()
        .rooms
        .remove_member(&actor, RoomId(id.0), user)
        .await?;
    done()
}

pub(super) async fn list(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let page: command::Page = decode(&body)?;
    let after = after("cursor", page.cursor, RoomId)?;
    let details = caller.use_cases().rooms.list(&actor, after, limit(page.limit)?).await?;
    let mut rooms = Room::page(&details, actor.user_id);
    shorten(&mut rooms, caller.answer_budget(), Keep::First);
    success(&rooms)
}

pub(super) async fn open(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::FindOpenRooms = decode(&body)?;
    let page = OpenRoomsPage::try_from(command)?;
    let found = caller.use_cases().rooms.open(&actor, &page).await?;
    let mut rooms: Vec<OpenRoom> = found.iter().map(Into::into).collect();
    shorten(&mut rooms, caller.answer_budget(), Keep::First);
    success(&rooms)
}

pub(super) async fn get(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneRoom { id } = decode(&body)?;
    let detail = caller.use_cases().rooms.get(&actor, RoomId(id.0)).await?;
    success(&Room::for_reader(&detail, actor.user_id))
}

pub(super) async fn members(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let page: Members = decode(&body)?;
    let after = after("cursor", page.cursor, UserId)?;
    let members = caller
        .use_cases()
        .rooms
        .members(&actor, RoomId(page.id.0), after, limit(page.limit)?)
        .await?;
    let mut members: Vec<wire::room::Member> = members.iter().map(Into::into).collect();
    shorten(&mut members, caller.answer_budget(), Keep::First);
    success(&members)
}

pub(super) async fn update(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::UpdateRoom = decode(&body)?;
    let (id, wish) = <(RoomId, UpdateRoom)>::try_from(command)?;
    let detail = caller.use_cases().rooms.update(&actor, id, wish).await?;
    success(&Room::for_reader(&detail, actor.user_id))
}

pub(super) async fn delete(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneRoom { id } = decode(&body)?;
    caller.use_cases().rooms.delete(&actor, RoomId(id.0)).await?;
    done()
}
