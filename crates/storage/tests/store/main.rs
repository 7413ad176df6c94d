//! What the media store promises, at each of its places.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test that calls them"
)]

mod arbitrary;
mod direct_upload;
mod pictures;
mod receive;
mod rig;
mod samples;
