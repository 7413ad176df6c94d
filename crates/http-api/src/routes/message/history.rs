//! `GET /api/room/messages`

use domain::RoomId;
use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::Message;
use wire::command::{History, limit};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// A page of a room's messages, by rising seq: the newest, or those near one of the three places.
#[api_v2_operation(tags("message"), operation_id = "listMessages")]
pub(crate) async fn history(
    CurrentUser(me): CurrentUser,
    Query(page): Query<History>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Vec<Message>>> {
    let found = messages
        .history(&me, RoomId(page.id.0), page.anchor()?, limit(page.limit)?)
        .await?;
    Ok(Answer::new(Message::page(&found, me.user_id)))
}
