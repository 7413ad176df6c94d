//! The application of one worker.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, Error};
use service::Services;

use crate::{HttpOptions, media, middleware, probe, routes, site, swagger};

/// What the HTTP edge is made of; one for all workers.
pub struct Edge {
    /// The use cases.
    pub services: Arc<dyn Services>,
    /// The operator's choices.
    pub options: HttpOptions,
    /// Mounts what is not of this crate, such as the gateway at `/ws`.
    pub mount: Box<dyn Fn(&mut ServiceConfig) + Send + Sync>,
    /// Writes the metrics in Prometheus' text format.
    pub metrics: Box<dyn Fn() -> String + Send + Sync>,
    /// Whether the server is about to end: whoever spreads callers over nodes sends no more here.
    pub is_ending: Box<dyn Fn() -> bool + Send + Sync>,
    /// Whether Redis answers; `None` where there is none.
    pub redis: Box<dyn Fn() -> Option<bool> + Send + Sync>,
}

/// Makes the application of one worker:
/// `HttpServer::new(move || http_api::app(Arc::clone(&edge)))`.
pub fn app(
    edge: Arc<Edge>,
) -> App<
    impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()>,
> {
    let edge = Data::from(edge);
    let mounted = Data::clone(&edge);
    App::new()
        .app_data(edge)
        .configure(|config| routes::api(&mut config.into()))
        .configure(media::mount)
        .configure(probe::mount)
        .configure(|config| (mounted.mount)(config))
        .configure(|config| swagger::mount(config, mounted.options.swagger))
        .default_service(actix_web::web::to(site::serve))
        .wrap(from_fn(middleware::guard))
        .wrap(from_fn(middleware::observe))
}
