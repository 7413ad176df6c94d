//! `POST /api/invitation/accept`

use paperclip::actix::api_v2_operation;
use service::invitation::InvitationService;
use wire::Room;
use wire::invitation::OneInvitation;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Comes into a room by a link. Who is in already uses nothing of it up.
///
/// Unknown, ended, used up and taken back are one answer: 404.
#[api_v2_operation(tags("invitation"), operation_id = "acceptInvitation")]
pub(crate) async fn accept(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<OneInvitation>,
    invitations: Inject<dyn InvitationService>,
) -> ApiResult<Answer<Room>> {
    let room = invitations.accept(&me, &wish.code).await?;
    Ok(Answer::new(Room::for_reader(&room, me.user_id)))
}
