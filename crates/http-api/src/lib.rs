//! The HTTP edge: the API under `/api`, media, the documents of the API, probes, and the web app.
//!
//! `app` makes one [`Edge`] and gives each worker its own [`app`]. Handlers are thin: they read a
//! request, ask one use case, and answer with an object of `wire`. Everything that holds for all
//! answers (request ids, headers, envelopes, the origin check) stands in `middleware`.

mod answer;
mod app;
mod cookie;
mod error;
mod extract;
mod forwarded;
mod header;
mod media;
mod middleware;
mod openapi;
mod options;
mod probe;
mod routes;
mod site;
mod swagger;

pub use app::{Edge, app};
pub use openapi::{openapi, swagger};
pub use options::{HttpOptions, Network, NetworkError};
