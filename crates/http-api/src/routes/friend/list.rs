//! `GET /api/friend`

use domain::UserId;
use paperclip::actix::api_v2_operation;
use service::friend::FriendService;
use wire::User;
use wire::command::{Page, after, limit};
use wire::room::users;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// The caller's friends. The cursor is the id of the last one of the page before.
#[api_v2_operation(tags("friend"), operation_id = "listFriends")]
pub(crate) async fn list(
    CurrentUser(me): CurrentUser,
    Query(page): Query<Page>,
    friends: Inject<dyn FriendService>,
) -> ApiResult<Answer<Vec<User>>> {
    let after = after("cursor", page.cursor, UserId)?;
    let people = friends.list(&me, after, limit(page.limit)?).await?;
    Ok(Answer::new(users(&people)))
}
