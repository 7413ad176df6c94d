//! `GET /api/room`

use domain::RoomId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::room::RoomService;
use wire::command::{after, limit};
use wire::{Id, Room};

use crate::answer::{Answer, OneOf};
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// One room, or a page of them.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct WhichRooms {
    /// The room; all of the caller's when it is left out.
    id: Option<Id>,
    /// Most rooms, 1 to 100.
    limit: Option<Id>,
    /// The id of the last room of the page before.
    cursor: Option<Id>,
}

/// One of the caller's rooms, or a page of them, newest activity first.
#[api_v2_operation(tags("room"), operation_id = "getRooms")]
pub(crate) async fn get(
    CurrentUser(me): CurrentUser,
    Query(query): Query<WhichRooms>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<OneOf<Room, Vec<Room>>>> {
    let limit = limit(query.limit)?;
    let found = if let Some(id) = query.id {
        let room = rooms.get(&me, RoomId(id.0)).await?;
        OneOf::First(Room::for_reader(&room, me.user_id))
    } else {
        let after = after("cursor", query.cursor, RoomId)?;
        OneOf::Second(Room::page(&rooms.list(&me, after, limit).await?, me.user_id))
    };
    Ok(Answer::new(found))
}
