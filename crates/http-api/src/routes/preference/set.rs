//! `POST /api/preference`

use paperclip::actix::api_v2_operation;
use service::preference::PreferenceService;
use wire::preference::{Preference, SetPreferences};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Body, CurrentUser, Inject};

/// Sets preferences, and removes those whose value is null: all of them or none.
///
/// Answers them as they stand then. The last writer wins: what was chosen before the stored value
/// changes nothing. At most 1000 are kept; one more answers 409.
#[api_v2_operation(tags("preference"), operation_id = "setPreferences")]
pub(crate) async fn set(
    CurrentUser(me): CurrentUser,
    Body(command): Body<SetPreferences>,
    preferences: Inject<dyn PreferenceService>,
) -> ApiResult<Answer<Vec<Preference>>> {
    let now = preferences.set(&me, command.try_into()?).await?;
    Ok(Answer::new(now.iter().map(Into::into).collect()))
}
