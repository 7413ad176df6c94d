//! All rounds of all workloads, in turns.

use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::options::Options;
use crate::people::People;
use crate::report::{self, Rounds};
use crate::server::pin_this_process;
use crate::stand::{Stand, Subject};
use crate::workload::{Outcome, Workload, single_commits};

/// Above this load the generator may be what is measured.
const BUSY: f64 = 0.9;

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
        let (results, load) =
            measure(workload, options, &people, folder.path()).with_context(|| format!("workload {name}"))?;
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

/// Lets the subjects of a workload take turns. Also says how busy the generator was at most.
fn measure(
    workload: Workload,
    options: &Options,
    people: &People,
    folder: &Path,
) -> Result<(Vec<(Subject, Rounds)>, f64)> {
    let subjects = workload.subjects().iter();
    let mut results: Vec<(Subject, Rounds)> = subjects.map(|subject| (*subject, Rounds::new())).collect();
    let mut load: f64 = 0.0;
    let began = Instant::now();
    for _ in 0..options.rounds() {
        if began.elapsed() > options.time_for_rounds() {
            break;
        }
        for (subject, rounds) in &mut results {
            let outcome = once(workload, *subject, options, people, folder).with_context(|| subject.name())?;
            load = load.max(outcome.own_load);
            rounds.push(outcome.values);
        }
    }
    Ok((results, load))
}

fn once(workload: Workload, subject: Subject, options: &Options, people: &People, folder: &Path) -> Result<Outcome> {
    if subject == Subject::SingleCommits {
        let folder = tempfile::Builder::new().prefix("run-").tempdir_in(folder)?;
        // On the servers' core, which has the same company.
        pin_this_process(options.server_core)?;
        let outcome = single_commits(workload, folder.path(), options.pace());
        pin_this_process(options.own_core)?;
        return outcome;
    }
    let mut stand = Stand::start(subject, options, people, folder)?;
    workload.run(&mut stand, people, options.pace())
}

fn name_of(workload: Workload) -> String {
    let name = workload.to_possible_value();
    name.map_or_else(String::new, |name| name.get_name().to_owned())
}
