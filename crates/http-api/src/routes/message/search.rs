//! `GET /api/search`

use domain::search::{SearchPage, SearchQuery};
use domain::{MessageId, RoomId};
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::message::MessageService;
use wire::Id;
use wire::command::{after, limit};
use wire::message::Hit;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// What to find.
#[derive(Deserialize, Apiv2Schema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Search {
    /// A text, taken as it stands, 1 to 256 characters.
    q: String,
    /// Only in this room.
    room_id: Option<Id>,
    /// Most messages, 1 to 100.
    limit: Option<Id>,
    /// The id of the last message of the page before.
    cursor: Option<Id>,
}

/// Messages of the caller's rooms that hold a text, newest first, with the places where it stands.
#[api_v2_operation(tags("message"), operation_id = "searchMessages")]
pub(crate) async fn search(
    CurrentUser(me): CurrentUser,
    Query(query): Query<Search>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Vec<Hit>>> {
    let page = SearchPage {
        query: SearchQuery::parse(&query.q)?,
        room_id: query.room_id.map(|id| RoomId(id.0)),
        before: after("cursor", query.cursor, MessageId)?,
        limit: limit(query.limit)?,
    };
    let hits = messages.search(&me, page).await?;
    Ok(Answer::new(
        hits.iter().map(|hit| Hit::for_reader(hit, me.user_id)).collect(),
    ))
}
