//! The endpoints below `/api`, one file each.

mod account;
mod friend;
mod invitation;
mod member;
mod message;
mod preference;
mod profile;
mod room;
mod session;
mod upload;

use actix_web::HttpResponse;
use actix_web::middleware::from_fn;
use paperclip::actix::web::{self, ServiceConfig};

use crate::error::{ApiError, ApiResult};
use crate::extract;

pub(crate) use upload::Presign;

/// The answer to a path that nothing stands for.
pub(crate) async fn missing() -> ApiResult<HttpResponse> {
    Err(ApiError::of(404))
}

/// Mounts all endpoints.
pub(crate) fn api(config: &mut ServiceConfig<'_>) {
    config.service(
        web::scope("/api")
            .configure(account::mount)
            .configure(profile::mount)
            .configure(session::mount)
            .configure(friend::mount)
            .configure(room::mount)
            .configure(invitation::mount)
            .configure(member::mount)
            .configure(message::mount)
            .configure(preference::mount)
            .configure(upload::mount)
            .default_service(actix_web::web::to(missing))
            .wrap(from_fn(extract::authenticate)),
    );
}
