//! `DELETE /api/room/reaction`

use domain::MessageId;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::message::MessageService;
use wire::{Id, Message};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{BodyOrQuery, CurrentUser, Inject};

/// Which reaction.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct Unreact {
    /// The message.
    #[serde(alias = "messageId")]
    id: Id,
    /// The emoji.
    emoji: String,
}

/// Takes a reaction of the caller away. The fields may stand in a JSON body as well.
#[api_v2_operation(tags("message"), operation_id = "unreact")]
pub(crate) async fn unreact(
    CurrentUser(me): CurrentUser,
    BodyOrQuery(wish): BodyOrQuery<Unreact>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Message>> {
    let message = messages.react(&me, MessageId(wish.id.0), &wish.emoji, false).await?;
    Ok(Answer::new(Message::for_reader(&message, me.user_id)))
}
