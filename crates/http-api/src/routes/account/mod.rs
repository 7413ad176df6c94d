//! Accounts: registering, signing in and out, passwords.

mod change_password;
mod login;
mod logout;
mod refresh;
mod register;

use paperclip::actix::web::{self, ServiceConfig};

/// Mounts the endpoints of accounts.
pub(crate) fn mount(config: &mut ServiceConfig<'_>) {
    config
        .service(web::resource("/register").route(web::post().to(register::register)))
        .service(web::resource("/login").route(web::post().to(login::login)))
        .service(web::resource("/logout").route(web::post().to(logout::logout)))
        .service(web::resource("/refresh").route(web::post().to(refresh::refresh)))
        .service(web::resource("/password").route(web::post().to(change_password::change_password)));
}
