//! `POST /api/login`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::AccountService;
use wire::session::SignedIn;
use wire::time;

use crate::answer::Answer;
use crate::cookie;
use crate::error::ApiResult;
use crate::extract::{Body, Inject, RequestContext};

/// Who signs in.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct Login {
    /// The address; without an `@` it is taken for the user name.
    email: String,
    /// The password.
    password: String,
}

/// Signs a device in.
///
/// Also sets the cookies that refresh the session and open media in a page.
#[api_v2_operation(tags("account"), operation_id = "login")]
pub(crate) async fn login(
    context: RequestContext,
    Body(wish): Body<Login>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<SignedIn>> {
    let signed_in = accounts.login(&wish.email, &wish.password, context.device).await?;
    let cookies = cookie::of_session(&signed_in.tokens, &context.options)?;
    let answer = SignedIn {
        access_token: signed_in.tokens.access,
        expires_at: time::text(signed_in.tokens.expires_at),
        user: (&signed_in.person).into(),
    };
    Ok(Answer::new(answer).with_cookies(cookies))
}
