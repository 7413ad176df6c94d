//! Invitations.

mod accept;
mod create;
mod list;
mod preview;
mod revoke;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of invitations.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config
        .service(
            web::resource("/invitation")
                .route(web::get().to(list::list))
                .route(web::post().to(create::create))
                .route(web::delete().to(revoke::revoke)),
        )
        .service(web::resource("/invitation/accept").route(web::post().to(accept::accept)))
        .service(web::resource("/invitation/{code}").route(web::get().to(preview::preview)));
}
