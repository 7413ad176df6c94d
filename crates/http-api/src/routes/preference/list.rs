//! `GET /api/preference`

use paperclip::actix::api_v2_operation;
use service::preference::PreferenceService;
use wire::preference::{ListPreferences, Preference};

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject, Query};

/// What the caller's clients remember for them on every device, by rising key.
#[api_v2_operation(tags("preference"), operation_id = "listPreferences")]
pub(crate) async fn list(
    CurrentUser(me): CurrentUser,
    Query(query): Query<ListPreferences>,
    preferences: Inject<dyn PreferenceService>,
) -> ApiResult<Answer<Vec<Preference>>> {
    let (after, limit) = query.page()?;
    let found = preferences.list(&me, after.as_ref(), limit).await?;
    Ok(Answer::new(found.iter().map(Into::into).collect()))
}
