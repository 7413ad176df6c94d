//! `log`: what is told, how it looks and how long it is kept.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tracing_subscriber::filter::LevelFilter;

use super::check::Faults;
use super::units::{Size, Span};

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// For people.
    Console,
    /// One JSON object a line.
    Json,
}

/// Logs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`; for single parts: `info,service=debug`.
    pub level: String,
    /// How a line looks.
    pub encoding: Encoding,
    /// Folder of `server.log`; empty: no files, only the console.
    pub dir: PathBuf,
    /// Most older files that are kept.
    pub max_backups: u64,
    /// Older files than that are deleted; `0s`: never.
    pub max_age: Span,
    /// A file that has grown so large becomes an older file.
    pub max_size: Size,
    /// Compresses older files with gzip.
    pub compress: bool,
}

impl Log {
    pub(super) fn below(dir: &Path) -> Self {
        Self {
            level: "info".to_owned(),
            encoding: Encoding::Console,
            dir: dir.join("logs"),
            max_backups: 30,
            max_age: Span::days(7),
            max_size: Size::gib(1),
            compress: true,
        }
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        if !is_filter(&self.level) {
            faults.add(
                "log.level",
                "must be error, warn, info, debug or trace, or a list such as info,service=debug",
            );
        }
        faults.between("log.max_backups", self.max_backups, 1, 10_000);
        faults.between("log.max_size", self.max_size, Size::kib(64), Size::gib(1024));
    }
}

/// True for a level, or a list of levels and `part=level`.
fn is_filter(text: &str) -> bool {
    text.split(',').all(|directive| {
        let level = directive.split_once('=').map_or(directive, |(_, level)| level);
        level
            .trim()
            .parse::<LevelFilter>()
            .is_ok_and(|_| !level.trim().bytes().all(|b| b.is_ascii_digit()))
    })
}
