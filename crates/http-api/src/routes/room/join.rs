//! `POST /api/joinRoom`

use domain::RoomId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::room::RoomService;
use wire::{Id, Room};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Which room.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct JoinRoom {
    /// The room; the lobby when it is left out.
    id: Option<Id>,
}

/// Comes into an open room, or into the lobby.
#[api_v2_operation(tags("room"), operation_id = "joinRoom")]
pub(crate) async fn join(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<JoinRoom>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Room>> {
    let joined = rooms.join(&me, wish.id.map(|id| RoomId(id.0))).await?;
    Ok(Answer::new(Room::for_reader(&joined.detail, me.user_id)))
}
