//! The commands, one file each.

pub(crate) mod backup;
pub(crate) mod config_check;
pub(crate) mod health;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod restore;
pub(crate) mod serve;
pub(crate) mod user;

use std::time::Duration;

/// How long threads that are still at work get when a command is done.
pub(crate) const LAST_WORDS: Duration = Duration::from_secs(1);
