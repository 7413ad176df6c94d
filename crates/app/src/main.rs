//! The binary `banter`; everything is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    app::cli::run()
}
