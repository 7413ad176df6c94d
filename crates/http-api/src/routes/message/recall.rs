//! `DELETE /api/room/message`

use domain::MessageId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::message::MessageService;
use wire::{Id, Message};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Which message.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct RecallById {
    /// The message.
    #[serde(alias = "messageId")]
    id: Id,
}

/// Takes a message back: one's own, or as creator or admin that of a weaker role.
#[api_v2_operation(tags("message"), operation_id = "removeMessage")]
pub(crate) async fn recall(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<RecallById>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Message>> {
    let message = messages.recall(&me, MessageId(wish.id.0)).await?;
    Ok(Answer::new(Message::for_reader(&message, me.user_id)))
}
