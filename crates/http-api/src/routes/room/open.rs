//! `GET /api/room/open`

use domain::room::OpenRoomsPage;
use paperclip::actix::api_v2_operation;
use service::room::RoomService;
use wire::command::FindOpenRooms;
use wire::room::OpenRoom;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// Rooms of this server that anybody may come into, by rising id, whether the caller is in or not.
#[api_v2_operation(tags("room"), operation_id = "listOpenRooms")]
pub(crate) async fn open(
    CurrentUser(me): CurrentUser,
    Query(query): Query<FindOpenRooms>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Vec<OpenRoom>>> {
    let page = OpenRoomsPage::try_from(query)?;
    let found = rooms.open(&me, &page).await?;
    Ok(Answer::new(found.iter().map(Into::into).collect()))
}
