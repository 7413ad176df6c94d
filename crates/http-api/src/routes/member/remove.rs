//! `DELETE /api/room/member`

use domain::{RoomId, UserId};
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::room::RoomService;
use wire::{Empty, Id};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Who leaves which room.
#[derive(Deserialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RemoveMember {
    /// The room.
    id: Id,
    /// The member; oneself to leave.
    user_id: Id,
}

/// Removes a member, or leaves a room. A creator hands the room over first.
#[api_v2_operation(tags("room"), operation_id = "removeMember")]
pub(crate) async fn remove(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<RemoveMember>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Empty>> {
    rooms
        .remove_member(&me, RoomId(wish.id.0), UserId(wish.user_id.0))
        .await?;
    Ok(Answer::empty())
}
