//! The same tests through the HTTP listener.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test that calls them"
)]

mod builders;
mod calls;
mod client;
mod endings;
mod frames;
mod order;
mod pushes;
mod raw;
mod rfc6455;
mod server;
mod services;
mod sign_in;
mod upgrade;
mod vectors;
mod world;

/// The listener that is tested.
const LISTENER: server::Kind = server::Kind::Http;
