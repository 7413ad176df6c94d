//! Friends.

mod add;
mod list;
mod remove;

use paperclip::actix::Apiv2Schema;
use paperclip::actix::web::{self, ServiceConfig};
use serde::Deserialize;
use wire::Id;

/// Which person.
#[derive(Deserialize, Apiv2Schema)]
pub(crate) struct Friend {
    /// Their id.
    id: Id,
}

/// Mounts the endpoints of friends.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config.service(
        web::resource("/friend")
            .route(web::get().to(list::list))
            .route(web::post().to(add::add))
            .route(web::delete().to(remove::remove)),
    );
}
