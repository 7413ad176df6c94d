//! `GET /api/invitation/{code}`

use paperclip::actix::web::Path;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::invitation::InvitationService;
use wire::invitation::Preview;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Inject, RequestContext};

/// Which link.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct WhichInvitation {
    /// The invitation's code.
    code: String,
}

/// Where a link leads, for whoever has it.
#[api_v2_operation(tags("invitation"), operation_id = "getInvitation")]
pub(crate) async fn preview(
    context: RequestContext,
    path: Path<WhichInvitation>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Preview>> {
    let preview = invitations.preview(&path.code, &context.device).await?;
    Ok(Answer::new((&preview).into()))
}
