//! `POST /api/refresh`

use paperclip::actix::api_v2_operation;
use service::account::AccountService;
use wire::session::Refreshed;
use wire::time;

use crate::answer::Answer;
use crate::cookie;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Inject, RequestContext};

/// Gives a new access token for the refresh cookie, which is exchanged as well.
///
/// A cookie that was used before ends the session: somebody has a copy of it. Only the last one
/// is answered again within half a minute, in case the answer was lost.
#[api_v2_operation(tags("account"), operation_id = "refresh")]
pub(crate) async fn refresh(
    context: RequestContext,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Refreshed>> {
    let refused = || ApiError::unauthorized().with_cookies(cookie::cleared(&context.options));
    let token = cookie::REFRESH.read(&context.headers).ok_or_else(refused)?;
    let tokens = accounts.refresh(token, context.device.clone()).await;
    let tokens = tokens.map_err(|error| match error {
        service::Error::Unauthorized => refused(),
        other => other.into(),
    })?;
    let cookies = cookie::of_session(&tokens, &context.options)?;
    let answer = Refreshed {
        access_token: tokens.access,
        expires_at: time::text(tokens.expires_at),
    };
    Ok(Answer::new(answer).with_cookies(cookies))
}
