//! `POST /api/room/read`

use domain::RoomId;
use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::command::Read;
use wire::room::ReadMark;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Moves the caller's read mark forward and gives it as it stands.
#[api_v2_operation(tags("message"), operation_id = "markRead")]
pub(crate) async fn mark_read(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<Read>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<ReadMark>> {
    let read_seq = messages.mark_read(&me, RoomId(wish.id.0), wish.seq.0).await?;
    Ok(Answer::new(ReadMark { read_seq }))
}
