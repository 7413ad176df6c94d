//! Measures Banter against a Socket.IO server that does the same work.

mod dialect;
mod fleet;
mod frame;
mod meter;
mod options;
mod people;
mod procfs;
mod report;
mod runner;
mod server;
mod stamp;
mod stand;
mod statistics;
mod workload;

use clap::Parser;

fn main() -> anyhow::Result<()> {
    runner::run(&options::Options::parse())
}
