//! `DELETE /api/session`

use domain::SessionId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::AccountService;
use wire::{Empty, Id};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Which device.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct RevokeSession {
    /// The session.
    id: Id,
}

/// Signs one of the caller's devices out.
#[api_v2_operation(tags("account"), operation_id = "removeSession")]
pub(crate) async fn revoke(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<RevokeSession>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Empty>> {
    accounts.revoke_session(&me, SessionId(wish.id.0)).await?;
    Ok(Answer::empty())
}
