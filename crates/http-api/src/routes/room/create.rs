//! `POST /api/room`

use paperclip::actix::api_v2_operation;
use service::room::RoomService;
use wire::Room;
use wire::command::CreateRoom;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Makes a public room. The caller is its creator.
#[api_v2_operation(tags("room"), operation_id = "createRoom")]
pub(crate) async fn create(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<CreateRoom>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Room>> {
    let room = rooms.create(&me, wish.try_into()?).await?;
    Ok(Answer::new(Room::for_reader(&room, me.user_id)))
}
