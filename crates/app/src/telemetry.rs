//! What is told of the server. Logs: to standard error, and to files that are rotated by size and deleted by age.
//!
//! Writing happens on threads of its own: a terminal or disk that does not keep up costs lines,
//! never answers.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::str::FromStr as _;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use logroller::{Compression, LogRoller, LogRollerBuilder, Rotation, RotationSize};
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer, fmt};

use crate::config::{Encoding, Log, Traces};
use crate::traces::{self, Collector};

/// The file that is written to; older ones are called `server.log.1`, `server.log.2.gz` and so on.
const FILE: &str = "server.log";
/// Most lines that wait to be written; more are left out. Room for all of them is taken at the start.
const LINES_WAITING: usize = 8192;
/// Calls what any client can send an error: malformed requests, refused by 400 all the same.
const TOO_LOUD: &str = "actix_http::h1::dispatcher";
/// Tells who used power over others; nobody can tell it to be silent by the level alone.
const AUDIT: &str = "audit";
/// Parts of others that have nothing to say to an operator below a warning.
const QUIET: [&str; 5] = ["actix_server", "sqlx", "sea_orm", "sea_orm_migration", "mio"];

/// Keeps the threads alive that write and send. What waits for them is done when it is dropped.
#[must_use]
pub(crate) struct Telemetry {
    _guards: Vec<WorkerGuard>,
    _collector: Option<Collector>,
}

/// Starts logging and tracing, once a process.
///
/// # Errors
/// When the folder or file cannot be made, or the collector's address not be used.
pub(crate) fn start(log: &Log, traces: &Traces) -> Result<Telemetry> {
    let (console, guard) = writer().finish(io::stderr());
    let mut guards = vec![guard];
    let colours = io::stderr().is_terminal();
    let mut layers = vec![layer(console, log.encoding, colours)];
    if !log.dir.as_os_str().is_empty() {
        let roller = roller(log).with_context(|| format!("cannot write logs to {}", log.dir.display()))?;
        let (file, guard) = writer().finish(roller);
        guards.push(guard);
        layers.push(layer(file, log.encoding, false));
    }
    let (tracer, collector) = traces::layer(traces)?.unzip();
    tracing_subscriber::registry()
        .with(layers.with_filter(filter(&log.level)?))
        .with(tracer)
        .try_init()?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, backtrace = %std::backtrace::Backtrace::capture(), "panicked: {}", payload(panic));
    }));
    Ok(Telemetry {
        _guards: guards,
        _collector: collector,
    })
}

/// A thread that writes, with room for what comes while it does.
fn writer() -> NonBlockingBuilder {
    NonBlockingBuilder::default().buffered_lines_limit(LINES_WAITING)
}

fn payload<'a>(panic: &'a std::panic::PanicHookInfo<'_>) -> &'a str {
    let payload = panic.payload();
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("with something that is no text")
}

/// The levels by part; what is said of a part wins over what we think of it.
fn filter(level: &str) -> Result<Targets> {
    let mut targets = Targets::new()
        .with_target(TOO_LOUD, LevelFilter::OFF)
        .with_target(traces::TARGET, LevelFilter::OFF)
        .with_target(AUDIT, LevelFilter::INFO);
    for part in QUIET {
        targets = targets.with_target(part, LevelFilter::WARN);
    }
    for directive in level.split(',').map(str::trim) {
        targets = match directive.split_once('=') {
            Some((part, level)) => targets.with_target(part.trim(), LevelFilter::from_str(level.trim())?),
            None => targets.with_default(LevelFilter::from_str(directive)?),
        };
    }
    Ok(targets)
}

fn layer<S>(writer: NonBlocking, encoding: Encoding, colours: bool) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let lines = fmt::layer().with_writer(writer).with_ansi(colours);
    match encoding {
        Encoding::Console => lines.boxed(),
        Encoding::Json => lines.json().flatten_event(true).boxed(),
    }
}

fn roller(log: &Log) -> Result<LogRoller> {
    std::fs::create_dir_all(&log.dir)?;
    let mut builder = LogRollerBuilder::new(log.dir.as_path(), Path::new(FILE))
        .rotation(Rotation::SizeBased(RotationSize::Bytes(log.max_size.bytes())))
        .max_keep_files(log.max_backups)
        .file_mode(0o640)
        .graceful_shutdown(true);
    if log.compress {
        builder = builder.compression(Compression::Gzip);
    }
    Ok(builder.build()?)
}

/// Deletes older log files that nobody needs any more. Runs now and then.
///
/// # Errors
/// When the folder cannot be read or a file not be deleted.
pub(crate) fn delete_outdated(dir: &Path, max_age: Duration) -> io::Result<()> {
    if max_age.is_zero() || dir.as_os_str().is_empty() {
        return Ok(());
    }
    let older = format!("{FILE}.");
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(&older) {
            continue;
        }
        let age = SystemTime::now().duration_since(entry.metadata()?.modified()?);
        if age.is_ok_and(|age| age > max_age) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write as _;

    use tracing::Level;

    use super::*;
    use crate::config::{Config, Size};

    #[test]
    fn only_older_files_that_are_old_enough_are_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - Duration::from_secs(3600);
        for (name, is_old) in [
            ("server.log", true),
            ("server.log.1.gz", false),
            ("server.log.2.gz", true),
            ("other", true),
        ] {
            let file = File::create(dir.path().join(name)).unwrap();
            if is_old {
                file.set_modified(old).unwrap();
            }
        }
        delete_outdated(dir.path(), Duration::ZERO).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4);
        delete_outdated(dir.path(), Duration::from_secs(60)).unwrap();
        assert!(!dir.path().join("server.log.2.gz").exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
    }

    #[test]
    fn a_file_that_has_grown_is_put_aside_compressed() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = Config::below(dir.path()).log;
        log.max_size = Size::kib(64);
        log.max_backups = 2;
        let mut roller = roller(&log).unwrap();
        let line = [b'x'; 1024];
        for _ in 0..64 * 4 {
            roller.write_all(&line).unwrap();
        }
        roller.flush().unwrap();
        drop(roller);
        let mut names: Vec<_> = fs::read_dir(&log.dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["server.log", "server.log.1.gz", "server.log.2.gz"]);
    }

    #[test]
    fn a_part_can_be_louder_than_the_rest() {
        let filter = filter("warn, service=debug").unwrap();
        assert!(filter.would_enable("service::account", &Level::DEBUG));
        assert!(!filter.would_enable("http_api", &Level::INFO));
        assert!(!self::filter("info").unwrap().would_enable("sqlx::query", &Level::INFO));
        assert!(self::filter("error").unwrap().would_enable("audit", &Level::INFO));
        assert!(
            self::filter("info,sqlx=debug")
                .unwrap()
                .would_enable("sqlx::query", &Level::DEBUG)
        );
    }
}
