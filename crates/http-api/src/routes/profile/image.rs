//! `GET /api/userImage`

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use serde::Deserialize;
use service::account::AccountService;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{Inject, Query, RequestContext};

/// Whose picture.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct WhoseImage {
    /// The name.
    #[serde(alias = "userName")]
    username: String,
}

/// The URL of somebody's picture.
///
/// A name that nobody has gets a generated one that looks like any other.
#[api_v2_operation(tags("account"), operation_id = "getUserImage")]
pub(crate) async fn image(
    context: RequestContext,
    Query(query): Query<WhoseImage>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<String>> {
    Ok(Answer::new(accounts.image_of(&query.username, &context.device).await?))
}
