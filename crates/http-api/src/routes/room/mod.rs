//! Rooms.

mod create;
mod get;
mod join;
mod open;
mod remove;
mod update;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of rooms.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config
        .service(
            web::resource("/room")
                .route(web::get().to(get::get))
                .route(web::post().to(create::create))
                .route(web::patch().to(update::update))
                .route(web::delete().to(remove::remove)),
        )
        .service(web::resource("/room/open").route(web::get().to(open::open)))
        .service(web::resource("/joinRoom").route(web::post().to(join::join)));
}
