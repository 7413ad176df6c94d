//! `DELETE /api/friend`

use domain::UserId;
use paperclip::actix::api_v2_operation;
use service::friend::FriendService;
use wire::Empty;

use super::Friend;
use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Ends a friendship. The private room turns read-only and keeps its history.
///
/// The id may stand in a JSON body as well.
#[api_v2_operation(tags("friend"), operation_id = "removeFriend")]
pub(crate) async fn remove(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<Friend>,
    friends: Inject<dyn FriendService>,
) -> ApiResult<Answer<Empty>> {
    friends.remove(&me, UserId(wish.id.0)).await?;
    Ok(Answer::empty())
}
