//! The folder of everything that the server writes: for its owner's eyes only.

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, Result};

/// Makes a folder that only its owner can enter. One that is there stays as it is.
pub(crate) fn make_private(dir: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.with_context(|| format!("cannot make the folder {} (data.dir)", dir.display()))
}

/// Says so when people of this machine who are neither owner nor group may enter the data folder.
pub(crate) fn warn_if_open_to_others(dir: &Path) {
    let mode = dir.metadata().map(|metadata| metadata.permissions().mode() & 0o777);
    if let Ok(mode) = mode
        && mode & 0o007 != 0
    {
        let dir = dir.display();
        tracing::warn!(%dir, "others may enter the data folder (mode {mode:04o}); `chmod o-rwx` it");
    }
}
