//! `POST /api/room/message`

use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::Message;
use wire::command::{SendMessage, Sending};

use crate::answer::Answer;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, CurrentUser, Inject};

/// Sends a message to one of the caller's rooms. When it answers, the message is durable.
///
/// A `clientMsgId` that the caller used before answers with the first message and stores nothing.
#[api_v2_operation(tags("message"), operation_id = "sendMessage")]
pub(crate) async fn send(
    CurrentUser(me): CurrentUser,
    Body(command): Body<SendMessage>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Message>> {
    let message = match command.try_into()? {
        Sending::Message(message) => messages.send(&me, message).await?,
        Sending::Recall { message_id, .. } => messages.recall(&me, message_id).await?,
        Sending::Read { .. } => {
            return Err(ApiError::new(
                400,
                "contentType: READ_MESSAGE has its own endpoint, POST /api/room/read",
            ));
        }
    };
    Ok(Answer::new(Message::for_reader(&message, me.user_id)))
}
