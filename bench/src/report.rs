//! The table of results.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::stand::Subject;
use crate::statistics::{median, range};
use crate::workload::{Figure, Target, Workload};

/// Above this load the generator may be what is measured.
pub(crate) const BUSY: f64 = 0.9;

/// The values of a subject: for each round one for each figure.
pub(crate) type Rounds = Vec<Vec<f64>>;

/// Writes what stands above all rows.
pub(crate) fn head(output: &mut impl Write) -> io::Result<()> {
    writeln!(
        output,
        "{:<4} {:<17} {:<21} {:>11} {:>11} {:>7}  {:<15} verdict",
        "goal", "workload", "figure", "Banter", "peer", "ratio", "range"
    )
}

/// Writes the rows of a workload.
pub(crate) fn rows(
    output: &mut impl Write,
    workload: Workload,
    name: &str,
    results: &[(Subject, Rounds)],
) -> io::Result<()> {
    let no_rounds = Rounds::new();
    let of = |subject: usize| results.get(subject).map_or(&no_rounds, |(_, rounds)| rounds);
    for (index, figure) in workload.figures().iter().enumerate() {
        let ours = column(of(0), index);
        let peers = column(of(1), index);
        let ratios: Vec<f64> = ours.iter().zip(&peers).map(|(ours, peers)| ours / peers).collect();
        let judged = match figure.target {
            Target::Within(_) => &ours,
            _ => &ratios,
        };
        writeln!(
            output,
            "{:<4} {:<17} {:<21} {:>11} {:>11} {:>7}  {:<15} {}",
            figure.goal,
            name,
            figure.what,
            number(median(&ours)),
            number(median(&peers)),
            number(median(&ratios)),
            spread(judged),
            verdict(figure, median(judged)),
        )?;
    }
    output.flush()
}

/// The values of one figure, without those that do not exist.
fn column(rounds: &Rounds, index: usize) -> Vec<f64> {
    let values = rounds.iter().filter_map(|values| values.get(index).copied());
    values.filter(|value| !value.is_nan()).collect()
}

fn spread(values: &[f64]) -> String {
    if values.len() < 2 {
        return "-".to_owned();
    }
    let (least, most) = range(values);
    format!("{} to {}", number(least), number(most))
}

fn verdict(figure: &Figure, value: f64) -> String {
    let (is_met, wanted) = match figure.target {
        Target::Told => return String::new(),
        Target::TimesPeer(least) => (value >= least, format!(">= {least}x")),
        Target::WithinPeer(most) => (value <= most, format!("<= {most}x")),
        Target::Within(most) => (value <= most, format!("<= {most}")),
    };
    let word = if value.is_nan() {
        "unknown"
    } else if is_met {
        "met"
    } else {
        "missed"
    };
    format!("{word} ({wanted})")
}

/// What something is called on the command line.
pub(crate) fn name_of(value: impl ValueEnum) -> String {
    let name = value.to_possible_value();
    name.map_or_else(String::new, |name| name.get_name().to_owned())
}

/// Three figures that count.
pub(crate) fn number(value: f64) -> String {
    match value.abs() {
        size if size.is_nan() => "-".to_owned(),
        size if size >= 1_000_000.0 => format!("{:.2} M", value / 1_000_000.0),
        size if size >= 10_000.0 => format!("{:.1} k", value / 1000.0),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(workload: Workload, results: &[(Subject, Rounds)]) -> String {
        let mut output = Vec::new();
        rows(&mut output, workload, "name", results).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn ratios_are_made_within_a_round() {
        let results = [
            (Subject::Banter, vec![vec![10.0], vec![100.0], vec![60.0]]),
            (Subject::SocketIo, vec![vec![5.0], vec![20.0], vec![60.0]]),
        ];
        let table = table(Workload::Request, &results);
        for part in ["60.0", "20.0", "2.00", "1.00 to 5.00", "met (>= 2x)"] {
            assert!(table.contains(part), "{part} in {table}");
        }
    }

    #[test]
    fn a_figure_of_its_own_is_judged_without_a_peer() {
        let table = table(Workload::Start, &[(Subject::Banter, vec![vec![50.0, 31.5]])]);
        assert!(table.contains("met (<= 300)"), "{table}");
        assert!(table.contains("missed (<= 30)"), "{table}");
    }

    #[test]
    fn numbers_keep_three_figures() {
        let cases = [
            (0.123, "0.12"),
            (12.34, "12.3"),
            (1234.0, "1234"),
            (45678.0, "45.7 k"),
            (2_345_678.0, "2.35 M"),
            (f64::NAN, "-"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
