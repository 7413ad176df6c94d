//! Who is in a room.

mod list;
mod remove;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of members.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config.service(
        web::resource("/room/member")
            .route(web::get().to(list::list))
            .route(web::delete().to(remove::remove)),
    );
}
