//! Messages: sending, changing, reading and finding them.

mod edit;
mod history;
mod mark_read;
mod react;
mod recall;
mod search;
mod send;
mod unreact;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of messages.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config
        .service(
            web::resource("/room/message")
                .route(web::post().to(send::send))
                .route(web::patch().to(edit::edit))
                .route(web::delete().to(recall::recall)),
        )
        .service(web::resource("/room/messages").route(web::get().to(history::history)))
        .service(web::resource("/room/read").route(web::post().to(mark_read::mark_read)))
        .service(
            web::resource("/room/reaction")
                .route(web::post().to(react::react))
                .route(web::delete().to(unreact::unreact)),
        )
        .service(web::resource("/search").route(web::get().to(search::search)));
}
