//! `GET /api/user`

use domain::UserId;
use paperclip::actix::api_v2_operation;
use service::account::AccountService;
use wire::User;
use wire::command::{FindUsers, after, limit};
use wire::room::users;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// Finds people by id, by the start of their name, or by their address.
#[api_v2_operation(tags("account"), operation_id = "findUsers")]
pub(crate) async fn find(
    CurrentUser(me): CurrentUser,
    Query(query): Query<FindUsers>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Vec<User>>> {
    let after = after("start", query.start, UserId)?;
    let people = accounts.find(&me, &query.filter()?, after, limit(query.limit)?).await?;
    Ok(Answer::new(users(&people)))
}
