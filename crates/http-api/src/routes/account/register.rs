//! `POST /api/register`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::{self, AccountService};
use wire::Profile;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, Inject, RequestContext};

/// A wish for an account.
#[derive(Deserialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Register {
    /// The address to sign in with.
    email: String,
    /// 8 to 72 bytes.
    password: String,
    /// A name; made from the address when it is left out.
    user_name: Option<String>,
}

/// Makes an account. It joins the lobby; the first one on a server becomes its admin.
#[api_v2_operation(tags("account"), operation_id = "register")]
pub(crate) async fn register(
    context: RequestContext,
    Body(wish): Body<Register>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Profile>> {
    let wish = account::Register {
        email: wish.email,
        password: wish.password,
        user_name: wish.user_name,
    };
    let person = accounts.register(wish, &context.device).await?;
    Ok(Answer::new((&person).into()))
}
