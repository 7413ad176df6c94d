//! The caller's signed-in devices.

mod list;
mod revoke;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of sessions.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config.service(
        web::resource("/session")
            .route(web::get().to(list::list))
            .route(web::delete().to(revoke::revoke)),
    );
}
