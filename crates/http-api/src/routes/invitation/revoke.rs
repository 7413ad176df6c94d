//! `DELETE /api/invitation`

use paperclip::actix::api_v2_operation;
use service::invitation::InvitationService;
use wire::Empty;
use wire::invitation::OneInvitation;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Takes a link back: for its maker and for the room's creator and admins.
#[api_v2_operation(tags("invitation"), operation_id = "removeInvitation")]
pub(crate) async fn revoke(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<OneInvitation>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Empty>> {
    invitations.revoke(&me, &wish.code).await?;
    Ok(Answer::empty())
}
