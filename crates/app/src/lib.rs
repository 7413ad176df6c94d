//! Banter's program: configuration, logs, wiring, the two listeners and the command line.
//!
//! The only crate that knows all others. It holds no rule of the chat: whoever looks for one finds
//! it in `domain` or `service`. [`Server::start`] is what `banter serve` runs, and what tests run
//! in-process.

pub mod cli;
mod clock;
mod cluster;
mod commands;
pub mod config;
mod console;
mod data_folder;
mod database;
mod edges;
mod exit;
mod housekeeping;
mod lifecycle;
mod listener;
mod metrics;
mod secret;
mod signals;
mod telemetry;
mod traces;
mod wiring;

pub use lifecycle::{Running, Server};
