//! The commands, one file each.

pub(crate) mod backup;
pub(crate) mod config_check;
pub(crate) mod health;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod restore;
pub(crate) mod serve;
pub(crate) mod user;

use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use repository::Database;

use crate::config::Config;

/// How long threads that are still at work get when a command is done.
pub(crate) const LAST_WORDS: Duration = Duration::from_secs(1);

/// Makes the data folder for its owner only, if it is missing, and opens the database.
pub(crate) async fn open_database(config: &Config) -> Result<Database> {
    make_private(&config.data.dir)?;
    connect(config).await
}

/// Fails where the database would be a new file: whoever asks about one means one that is there.
pub(crate) fn expect_database(config: &Config) -> Result<()> {
    match config.data.db.sqlite_file() {
        Some(file) if !file.exists() => bail!("there is no database {} (data.db.dsn)", file.display()),
        _ => Ok(()),
    }
}

/// Opens the database.
pub(crate) async fn connect(config: &Config) -> Result<Database> {
    let db = &config.data.db;
    let opened = Database::connect(db.dsn.expose(), db.connections()).await;
    opened.with_context(|| format!("cannot open the database {} (data.db.dsn)", db.dsn))
}

/// Says so when people of this machine who are neither owner nor group may enter the data folder.
pub(crate) fn warn_of_guests(dir: &Path) {
    let mode = dir.metadata().map(|metadata| metadata.permissions().mode() & 0o777);
    if let Ok(mode) = mode
        && mode & 0o007 != 0
    {
        let dir = dir.display();
        tracing::warn!(%dir, "others may enter the data folder (mode {mode:04o}); `chmod o-rwx` it");
    }
}

/// Makes a folder that only its owner can enter. One that is there stays as it is.
pub(crate) fn make_private(dir: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.with_context(|| format!("cannot make the folder {} (data.dir)", dir.display()))
}
