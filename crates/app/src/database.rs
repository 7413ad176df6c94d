//! The way to the database.

use anyhow::{Context as _, Result, bail};
use repository::Database;

use crate::config::Config;
use crate::data_folder::make_private;

/// Makes the data folder for its owner only, if it is missing, and opens the database.
pub(crate) async fn open(config: &Config) -> Result<Database> {
    make_private(&config.data.dir)?;
    connect(config).await
}

/// Opens the database.
pub(crate) async fn connect(config: &Config) -> Result<Database> {
    let db = &config.data.db;
    let opened = Database::connect(db.dsn.expose(), db.connections()).await;
    opened.with_context(|| format!("cannot open the database {} (data.db.dsn)", db.dsn))
}

/// Fails where the database would be a new file: whoever asks about one means one that is there.
pub(crate) fn expect(config: &Config) -> Result<()> {
    match config.data.db.sqlite_file() {
        Some(file) if !file.exists() => bail!("there is no database {} (data.db.dsn)", file.display()),
        _ => Ok(()),
    }
}
