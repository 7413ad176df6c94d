//! `banter config check`: what results from defaults, file and environment.

use crate::config::{Loaded, to_yaml};
use crate::console::{note, say};
use crate::exit::Failure;

/// Prints the effective configuration; every problem goes to standard error.
pub(crate) fn run(loaded: &Loaded) -> Result<(), Failure> {
    say(to_yaml(loaded).trim_end());
    if loaded.problems.is_empty() {
        note("No problems found.");
        return Ok(());
    }
    Err(Failure::Configuration(loaded.problems.clone()))
}
