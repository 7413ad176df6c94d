//! `POST /api/logout`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Serialize;
use service::account::AccountService;

use crate::answer::Answer;
use crate::cookie;
use crate::error::ApiResult;
use crate::extract::{Inject, RequestContext, bearer};

/// A friendly word.
#[derive(Serialize, Apiv2Schema)]
pub(crate) struct Farewell {
    /// The word.
    message: &'static str,
}

/// Signs a device out: its tokens stop working at once and its sockets are closed.
///
/// Signing out twice, or without having signed in, is no mistake.
#[api_v2_operation(tags("account"), operation_id = "logout")]
pub(crate) async fn logout(
    context: RequestContext,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Farewell>> {
    if let Some(token) = bearer(&context.headers) {
        accounts.logout(token).await?;
    }
    let answer = Farewell { message: "signed out" };
    Ok(Answer::new(answer).with_cookies(cookie::cleared(&context.options)))
}
