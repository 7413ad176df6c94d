//! `GET /api/room/member`

use domain::{RoomId, UserId};
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::room::RoomService;
use wire::Id;
use wire::command::{after, limit};
use wire::room::Member;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// A page of members.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct MembersPage {
    /// The room.
    id: Id,
    /// Most members, 1 to 100.
    limit: Option<Id>,
    /// The user id of the last member of the page before.
    cursor: Option<Id>,
}

/// The members of one of the caller's rooms, by rising user id.
#[api_v2_operation(tags("room"), operation_id = "listMembers")]
pub(crate) async fn list(
    CurrentUser(me): CurrentUser,
    Query(page): Query<MembersPage>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<Vec<Member>>> {
    let after = after("cursor", page.cursor, UserId)?;
    let members = rooms.members(&me, RoomId(page.id.0), after, limit(page.limit)?).await?;
    Ok(Answer::new(members.iter().map(Member::from).collect()))
}
