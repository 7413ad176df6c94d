//! `POST /api/friend`

use domain::UserId;
use paperclip::actix::api_v2_operation;
use service::friend::FriendService;
use wire::Room;

use super::Friend;
use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Makes the caller and another person friends, and gives their private room.
///
/// The room is made once and found again ever after.
#[api_v2_operation(tags("friend"), operation_id = "addFriend")]
pub(crate) async fn add(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<Friend>,
    friends: Inject<dyn FriendService>,
) -> ApiResult<Answer<Room>> {
    let room = friends.add(&me, UserId(wish.id.0)).await?;
    Ok(Answer::new(Room::for_reader(&room, me.user_id)))
}
