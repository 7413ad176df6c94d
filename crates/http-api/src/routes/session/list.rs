//! `GET /api/session`

use paperclip::actix::api_v2_operation;
use service::account::AccountService;
use wire::session::Session;

use crate::answer::Answer;
use crate::error::ApiResult;
use crate::extract::{CurrentUser, Inject};

/// The caller's signed-in devices, the last used first.
#[api_v2_operation(tags("account"), operation_id = "listSessions")]
pub(crate) async fn list(
    CurrentUser(me): CurrentUser,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<Answer<Vec<Session>>> {
    let sessions = accounts.sessions(&me).await?;
    let page = sessions
        .iter()
        .map(|session| Session::for_device(session, me.session_id))
        .collect();
    Ok(Answer::new(page))
}
