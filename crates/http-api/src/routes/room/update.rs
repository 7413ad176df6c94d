//! `PATCH /api/room`

use paperclip::actix::api_v2_operation;
use service::room::RoomService;
use wire::Room;
use wire::command::UpdateRoom;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Changes a room: for its creator and admins. Ids are added to those who are there.
///
/// Only the creator names admins, or hands the room over.
#[api_v2_operation(tags("room"), operation_id = "updateRoom")]
pub(crate) async fn update(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<UpdateRoom>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Room>> {
    let (id, wish) = wish.try_into()?;
    let room = rooms.update(&me, id, wish).await?;
    Ok(Answer::new(Room::for_reader(&room, me.user_id)))
}
