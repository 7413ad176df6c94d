//! Measures Banter against a Socket.IO server that does the same work.

mod dialect;
mod fleet;
mod frame;
mod growth;
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
    let options = options::Options::parse();
    match &options.growth {
        Some(wanted) => growth::run(&options, wanted),
        None => runner::run(&options),
    }
}
