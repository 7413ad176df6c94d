//! Preferences.

mod list;
mod set;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of preferences.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config.service(
        web::resource("/preference")
            .route(web::get().to(list::list))
            .route(web::post().to(set::set)),
    );
}
