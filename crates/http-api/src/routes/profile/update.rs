//! `POST /api/userInfo`

use paperclip::actix::api_v2_operation;
use service::account::AccountService;
use wire::Profile;
use wire::command::UpdateProfile;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Changes the caller's own profile; what is left out stays as it is.
#[api_v2_operation(tags("account"), operation_id = "updateProfile")]
pub(crate) async fn update(
    CurrentUser(me): CurrentUser,
    Body(wish): Body<UpdateProfile>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Profile>> {
    let person = accounts.update_profile(&me, wish.try_into()?).await?;
    Ok(Answer::new((&person).into()))
}
