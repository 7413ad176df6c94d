//! `POST /api/invitation`

use paperclip::actix::api_v2_operation;
use service::invitation::InvitationService;
use wire::invitation::{CreateInvitation, Invitation};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject, RequestContext};

/// Makes a link that brings people into a room: for its creator and admins.
///
/// It holds as long as it has uses and time left and its maker may add people to the room. A room
/// has at most 50 at a time; one more answers 409.
#[api_v2_operation(tags("invitation"), operation_id = "createInvitation")]
pub(crate) async fn create(
    context: RequestContext,
    CurrentUser(me): CurrentUser,
    Body(command): Body<CreateInvitation>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Invitation>> {
    let made = invitations.create(&me, command.into()).await?;
    Ok(Answer::new(Invitation::new(&made, &context.options.base_url)))
}
