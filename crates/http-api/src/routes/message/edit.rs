//! `PATCH /api/room/message`

use domain::{MessageId, UserId};
use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::Message;
use wire::command::EditMessage;
use wire::id::numbers;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Gives one of the caller's text messages new words.
#[api_v2_operation(tags("message"), operation_id = "editMessage")]
pub(crate) async fn edit(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<EditMessage>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Message>> {
    let mention = numbers(wish.text_message.mention, UserId);
    let message = messages
        .edit(&me, MessageId(wish.id.0), wish.text_message.text, mention)
        .await?;
    Ok(Answer::new(Message::for_reader(&message, me.user_id)))
}
