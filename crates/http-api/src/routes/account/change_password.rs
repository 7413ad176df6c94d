//! `POST /api/password`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::AccountService;
use wire::Empty;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject, RequestContext};

/// The old password and the new one.
#[derive(Deserialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChangePassword {
    /// The password so far.
    old_password: String,
    /// The password from now on, 8 to 72 bytes.
    new_password: String,
}

/// Changes the caller's password and signs all other devices out.
#[api_v2_operation(tags("account"), operation_id = "changePassword")]
pub(crate) async fn change_password(
    CurrentUser(me): CurrentUser,
    context: RequestContext,
    Body(wish): Body<ChangePassword>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Empty>> {
    accounts
        .change_password(&me, &wish.old_password, &wish.new_password, &context.device)
        .await?;
    Ok(Answer::empty())
}
