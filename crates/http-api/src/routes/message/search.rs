//! `GET /api/search`

use domain::search::SearchPage;
use paperclip::actix::api_v2_operation;
use service::message::MessageService;
use wire::message::Hit;
use wire::search::Search;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// Messages of the caller's rooms that hold a text, newest first, with the places where it stands.
///
/// Filters leave out the others. With a room or a filter the text may be missing: `has=image`
/// lists the pictures of a room.
#[api_v2_operation(tags("message"), operation_id = "searchMessages")]
pub(crate) async fn search(
    CurrentUser(me): CurrentUser,
    Query(query): Query<Search>,
    messages: Inject<dyn MessageService>,
) -> ApiResult<Answer<Vec<Hit>>> {
    let page = SearchPage::try_from(query)?;
    let hits = messages.search(&me, page).await?;
    Ok(Answer::new(
        hits.iter().map(|hit| Hit::for_reader(hit, me.user_id)).collect(),
    ))
}
