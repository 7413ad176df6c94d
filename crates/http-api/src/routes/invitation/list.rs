//! `GET /api/invitation`

use domain::RoomId;
use paperclip::actix::api_v2_operation;
use service::invitation::InvitationService;
use wire::invitation::{Invitation, ListInvitations};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query, RequestContext};

/// The links into a room that hold, the newest first: for its creator and admins.
#[api_v2_operation(tags("invitation"), operation_id = "listInvitations")]
pub(crate) async fn list(
    context: RequestContext,
    CurrentUser(me): CurrentUser,
    Query(query): Query<ListInvitations>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Vec<Invitation>>> {
    let live = invitations.list(&me, RoomId(query.channel_id.0)).await?;
    Ok(Answer::new(Invitation::list(&live, &context.options.base_url)))
}
