//! Whether a cost stays the same while something grows that it should not depend on.

mod data;
mod plot;
mod table;
mod trial;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::options::Options;
use crate::people::DataFolder;
use crate::report::{BUSY, name_of};
use crate::server::pin_this_process;
use crate::statistics::{median, range};
use data::Template;

/// How many times as much of it there is.
const STEPS: [usize; 3] = [1, 10, 100];
/// A cost is flat if the last step's is not above this multiple of the first's.
const FLAT: f64 = 1.4;

/// What grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Growth {
    /// Members of a room who are offline
    Members,
    /// Rooms besides those in which people talk
    Rooms,
    /// Messages that the room has already
    History,
    /// Connections that do nothing
    Connections,
}

/// What there is at the first step.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    /// Members online in the room, or in the small rooms together.
    crowd: usize,
    history: usize,
}

impl Sizes {
    fn of(options: &Options) -> Self {
        let tenth = if options.quick { 10 } else { 1 };
        Self {
            crowd: 100 / tenth,
            history: 10_000 / tenth,
        }
    }

    /// People who are connected, or could be, besides the crowd.
    fn others(self) -> usize {
        self.crowd * STEPS[2] / trial::DEVICES
    }
}

impl Growth {
    const ALL: [Self; 4] = [Self::Members, Self::Rooms, Self::History, Self::Connections];

    /// What is measured at each step.
    fn figures(self) -> &'static [&'static str] {
        match self {
            Self::Members => &["µs a delivery", "µs a message to one"],
            Self::Rooms => &["µs a message to five"],
            Self::History => &[
                "µs a message to one",
                "ms a page, first",
                "ms a page, middle",
                "ms a page, last",
            ],
            Self::Connections => &["µs a delivery", "KiB a connection"],
        }
    }

    /// How much of it there is at a step.
    fn amount(self, sizes: Sizes, step: usize) -> usize {
        step * match self {
            Self::Members | Self::Connections => sizes.crowd,
            Self::Rooms => sizes.crowd / data::SMALL,
            Self::History => sizes.history,
        }
    }

    fn title(self, sizes: Sizes) -> String {
        let crowd = sizes.crowd;
        match self {
            Self::Members => format!("members of a room, {crowd} of them online"),
            Self::Rooms => format!("rooms of five, {} of them busy", crowd / data::SMALL),
            Self::History => "messages in the room before".to_owned(),
            Self::Connections => format!("idle connections beside a room of {crowd}"),
        }
    }
}

/// What became of one figure.
struct Line {
    what: &'static str,
    /// Medians, for each step.
    values: Vec<f64>,
    /// Medians of the multiples of the first step's value, made within a round.
    multiples: Vec<f64>,
    /// The smallest and the greatest multiple at the last step.
    spread: (f64, f64),
}

impl Line {
    /// `rounds` holds a value for each step, round by round.
    fn new(what: &'static str, rounds: &[Vec<f64>]) -> Self {
        let of_step = |step: usize| rounds.iter().map(move |steps| steps[step]);
        let multiples = |step: usize| -> Vec<f64> { rounds.iter().map(|steps| steps[step] / steps[0]).collect() };
        let steps = 0..STEPS.len();
        Self {
            what,
            values: steps
                .clone()
                .map(|step| median(&of_step(step).collect::<Vec<_>>()))
                .collect(),
            multiples: steps.map(|step| median(&multiples(step))).collect(),
            spread: range(&multiples(STEPS.len() - 1)),
        }
    }

    fn growth(&self) -> f64 {
        self.multiples.last().copied().unwrap_or(f64::NAN)
    }

    fn is_flat(&self) -> bool {
        self.growth() <= FLAT
    }
}

/// The lines that belong to one thing that grows.
struct Panel {
    title: String,
    amounts: Vec<usize>,
    lines: Vec<Line>,
}

/// Measures what was asked for, writes the table as it grows, and draws it.
pub(crate) fn run(options: &Options, wanted: &[Growth]) -> Result<()> {
    let parent = options.data.clone().unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("banter-bench-").tempdir_in(parent)?;
    let sizes = Sizes::of(options);
    let mut output = io::stdout().lock();
    writeln!(output, "Making people ...")?;
    let template = Template::make(&options.banter, folder.path(), sizes)?;
    pin_this_process(options.own_core)?;
    table::head(&mut output)?;
    let wanted = if wanted.is_empty() { &Growth::ALL } else { wanted };
    let mut panels = Vec::new();
    for growth in wanted {
        let panel = measure(*growth, options, &template, folder.path());
        let (panel, load) = panel.with_context(|| format!("growth of {}", name_of(*growth)))?;
        table::rows(&mut output, &panel)?;
        if load > BUSY {
            let percent = load * 100.0;
            writeln!(
                output,
                "\nThe generator used {percent:.0} % of its core: it was the limit.\n"
            )?;
        }
        panels.push(panel);
    }
    if let Some(file) = &options.plot {
        fs::write(file, plot::draw(&panels)).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

/// Lets the steps take turns. Also says how busy the generator was at most.
fn measure(growth: Growth, options: &Options, template: &Template, folder: &Path) -> Result<(Panel, f64)> {
    let sizes = template.sizes;
    let filled: Vec<DataFolder> = STEPS
        .iter()
        .map(|step| template.filled(growth, *step, folder))
        .collect::<Result<_>>()?;
    let mut load: f64 = 0.0;
    let mut rounds: Vec<Vec<Vec<f64>>> = Vec::new();
    for _ in 0..options.rounds() {
        let mut steps = Vec::new();
        for (step, filled) in STEPS.iter().zip(&filled) {
            let outcome = trial::run(growth, *step, options, template, filled.copy(folder)?)
                .with_context(|| format!("{step} times"))?;
            load = load.max(outcome.own_load);
            steps.push(outcome.values);
        }
        rounds.push(steps);
    }
    let figures = growth.figures().iter().enumerate();
    let lines = figures.map(|(figure, what)| {
        let of_round = |steps: &Vec<Vec<f64>>| steps.iter().map(|values| values[figure]).collect();
        Line::new(what, &rounds.iter().map(of_round).collect::<Vec<Vec<f64>>>())
    });
    let panel = Panel {
        title: growth.title(sizes),
        amounts: STEPS.iter().map(|step| growth.amount(sizes, *step)).collect(),
        lines: lines.collect(),
    };
    Ok((panel, load))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_made_within_a_round() {
        let line = Line::new(
            "cost",
            &[vec![1.0, 1.0, 1.2], vec![10.0, 20.0, 20.0], vec![4.0, 4.0, 4.0]],
        );
        assert_eq!(line.values, [4.0, 4.0, 4.0]);
        assert_eq!(line.multiples, [1.0, 1.0, 1.2]);
        assert_eq!(line.spread, (1.0, 2.0));
        assert!(line.is_flat());
        assert!(!Line::new("cost", &[vec![1.0, 1.0, 1.5]]).is_flat());
    }
}
