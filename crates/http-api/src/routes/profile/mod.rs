//! Profiles: one's own, and what is public of others.

mod find;
mod get;
mod image;
mod update;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of profiles.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config
        .service(
            web::resource("/userInfo")
                .route(web::get().to(get::get))
                .route(web::post().to(update::update)),
        )
        .service(web::resource("/user").route(web::get().to(find::find)))
        .service(web::resource("/userImage").route(web::get().to(image::image)));
}
