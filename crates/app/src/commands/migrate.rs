//! `banter migrate`: the schema alone.

use anyhow::{Context as _, Result};
use repository::Database;

use crate::cli::Migrate;
use crate::config::Config;
use crate::console::say;
use crate::database;

/// Brings the schema up, takes steps back, or shows where it stands.
pub(crate) async fn run(config: Config, action: Migrate) -> Result<()> {
    let db = database::open(&config).await?;
    match action {
        Migrate::Up => {
            let before = applied(&db).await?;
            db.migrate().await.context("cannot migrate the database")?;
            match applied(&db).await?.saturating_sub(before) {
                0 => say("The schema is up to date."),
                count => say(format!("The schema is up to date now: {count} steps were applied.")),
            }
        }
        Migrate::Down { steps } => {
            let before = applied(&db).await?;
            db.down(Some(steps)).await.context("cannot take back the last steps")?;
            let count = before.saturating_sub(applied(&db).await?);
            say(format!("{count} steps were taken back."));
        }
        Migrate::Status => {
            for state in db.status().await.context("cannot read the schema")? {
                say(format!(
                    "{}  {}",
                    if state.is_applied { "applied" } else { "pending" },
                    state.step
                ));
            }
        }
    }
    Ok(())
}

async fn applied(db: &Database) -> Result<usize> {
    let states = db.status().await.context("cannot read the schema")?;
    Ok(states.iter().filter(|state| state.is_applied).count())
}
