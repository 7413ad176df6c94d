//! `DELETE /api/room`

use domain::RoomId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::room::RoomService;
use wire::{Empty, Id};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Which room.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct RemoveRoom {
    /// The room.
    id: Id,
}

/// Deletes a room with all its messages: for its creator.
#[api_v2_operation(tags("room"), operation_id = "removeRoom")]
pub(crate) async fn remove(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<RemoveRoom>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Empty>> {
    rooms.delete(&me, RoomId(wish.id.0)).await?;
    Ok(Answer::empty())
}
