//! All rounds of all workloads, in turns.

use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::options::Options;
use crate::people::People;
use crate::report::{self, BUSY, Rounds, name_of};
use crate::server::{MariaDb, pin_this_process};
use crate::stand::{Stand, Subject};
use crate::workload::{Outcome, Workload, mariadb, single_commits};

/// Runs everything that was asked for and writes the table as it grows.
pub(crate) fn run(options: &Options) -> Result<()> {
    let parent = options.data.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("banter-bench-").tempdir_in(parent)?;
    let mut output = io::stdout().lock();
    writeln!(output, "Making people and rooms ...")?;
    let people = People::make(&options.banter, folder.path(), options.scale())?;
    pin_this_process(options.own_core)?;
    report::head(&mut output)?;
    for workload in options.workloads() {
        let name = name_of(workload);
        let database = if workload == Workload::Mariadb {
            let database = MariaDb::start(&options.with_mariadb, options.server_core)?;
            if database.is_none() {
                writeln!(output, "     {name} is skipped: MariaDB is not installed.")?;
                continue;
            }
            database
        } else {
            None
        };
        let place = Place {
            options,
            people: &people,
            folder: folder.path(),
            database: database.as_ref(),
        };
        let (results, load) = measure(workload, place).with_context(|| format!("workload {name}"))?;
        report::rows(&mut output, workload, &name, &results)?;
        let rounds = results.first().map_or(0, |(_, rounds)| rounds.len());
        if rounds < usize::from(options.rounds()) {
            writeln!(
                output,
                "     {rounds} of {} rounds: this machine is slow or busy.",
                options.rounds()
            )?;
        }
        if load > BUSY {
            writeln!(
                output,
                "     The generator used {:.0} % of its core: it was the limit.",
                load * 100.0
            )?;
        }
    }
    Ok(())
}

/// What a run finds.
#[derive(Clone, Copy)]
struct Place<'a> {
    options: &'a Options,
    people: &'a People,
    folder: &'a Path,
    database: Option<&'a MariaDb>,
}

/// Lets the subjects of a workload take turns. Also says how busy the generator was at most.
fn measure(workload: Workload, place: Place<'_>) -> Result<(Vec<(Subject, Rounds)>, f64)> {
    let options = place.options;
    let subjects = workload.subjects().iter();
    let mut results: Vec<(Subject, Rounds)> = subjects.map(|subject| (*subject, Rounds::new())).collect();
    let mut load: f64 = 0.0;
    let began = Instant::now();
    for _ in 0..options.rounds() {
        if began.elapsed() > options.time_for_rounds() {
            break;
        }
        for (subject, rounds) in &mut results {
            let outcome = once(workload, *subject, place).with_context(|| subject.name())?;
            load = load.max(outcome.own_load);
            rounds.push(outcome.values);
        }
    }
    Ok((results, load))
}

fn once(workload: Workload, subject: Subject, place: Place<'_>) -> Result<Outcome> {
    let Place {
        options,
        people,
        folder,
        database,
    } = place;
    let pace = options.pace();
    match (subject, database) {
        (Subject::SingleCommits, _) => {
            let folder = tempfile::Builder::new().prefix("run-").tempdir_in(folder)?;
            on_core_of_servers(options, || single_commits(workload, folder.path(), pace))
        }
        (Subject::RowLocks, Some(database)) => on_core_of_servers(options, || mariadb::row_locks(database, pace)),
        (Subject::BanterOnMariaDb, Some(database)) => mariadb::banter(database, options, folder),
        _ => {
            let mut stand = Stand::start(subject, options, people, folder)?;
            workload.run(&mut stand, people, pace)
        }
    }
}

/// Lets this process do a server's work where servers do it, which have the same company there.
fn on_core_of_servers(options: &Options, work: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    pin_this_process(options.server_core)?;
    let outcome = work();
    pin_this_process(options.own_core)?;
    outcome
}
