//! What the command line says. A reader that went away (`banter openapi | head`) is no fault.

use std::io::Write as _;

/// Says a line on standard output.
pub(crate) fn say(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", line.as_ref());
}

/// Says a line on standard error.
pub(crate) fn note(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", line.as_ref());
}
