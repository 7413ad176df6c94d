//! `POST /api/register`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::{self, AccountService};
use service::invitation::InvitationService;
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
    /// The code of an invitation; the account is in its room then. Where registration is by
    /// invitation, it must be one of an admin.
    invitation: Option<String>,
}

/// Makes an account. It joins the lobby; the first one on a server becomes its admin.
///
/// An invitation that is unknown or has ended answers 404, and nothing is made.
#[api_v2_operation(tags("account"), operation_id = "register")]
pub(crate) async fn register(
    context: RequestContext,
    Body(wish): Body<Register>,
    accounts: Inject<dyn AccountService>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Profile>> {
    let invitation = wish.invitation;
    let wish = account::Register {
        email: wish.email,
        password: wish.password,
        user_name: wish.user_name,
        invited: None,
    };
    let person = match invitation {
        Some(code) => invitations.register(wish, &code, &context.device).await?,
        None => accounts.register(wish, &context.device).await?,
    };
    Ok(Answer::new((&person).into()))
}
