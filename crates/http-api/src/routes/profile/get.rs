//! `GET /api/userInfo`

use domain::page::MAX_LIMIT;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Serialize;
use service::account::AccountService;
use service::room::RoomService;
use wire::{Profile, Room};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject};

/// The caller's own profile and their rooms.
#[derive(Serialize, Apiv2Schema)]
pub(crate) struct OwnProfile {
    /// The profile.
    #[serde(flatten)]
    profile: Profile,
    /// The caller's rooms, newest activity first; at most a hundred.
    room: Vec<Room>,
}

/// The caller's own profile and their rooms.
#[api_v2_operation(tags("account"), operation_id = "getProfile")]
pub(crate) async fn get(
    CurrentUser(me): CurrentUser,
    accounts: Inject<dyn AccountService>,
    rooms: Inject<dyn RoomService>,
) -> ApiResult<Answer<OwnProfile>> {
    let person = accounts.profile(&me).await?;
    let rooms = rooms.list(&me, None, MAX_LIMIT).await?;
    Ok(Answer::new(OwnProfile {
        profile: (&person).into(),
        room: Room::page(&rooms, me.user_id),
    }))
}
