//! `POST /api/room/reaction`

use domain::MessageId;
use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::Message;
use wire::command::React;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Sets a reaction of the caller, or takes it away when `on` is false.
#[api_v2_operation(tags("message"), operation_id = "react")]
pub(crate) async fn react(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<React>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Message>> {
    let message = messages
        .react(&me, MessageId(wish.id.0), &wish.emoji, wish.on.unwrap_or(true))
        .await?;
    Ok(Answer::new(Message::for_reader(&message, me.user_id)))
}
