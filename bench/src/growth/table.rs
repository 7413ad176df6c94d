//! The table, as documents take it.

use std::io::{self, Write};

use super::{FLAT, Panel};
use crate::report::number;

/// Writes what stands above all rows.
pub(super) fn head(output: &mut impl Write) -> io::Result<()> {
    writeln!(
        output,
        "| what grows | figure | ×1 | ×10 | ×100 | ×100 to ×1 (range) | |"
    )?;
    writeln!(output, "| --- | --- | --- | --- | --- | --- | --- |")
}

/// Writes the rows of one thing that grows.
pub(super) fn rows(output: &mut impl Write, panel: &Panel) -> io::Result<()> {
    let amounts: Vec<String> = panel.amounts.iter().copied().map(spaced).collect();
    let mut what = format!("{}: {}", panel.title, amounts.join(", "));
    for line in &panel.lines {
        let values: Vec<String> = line.values.iter().copied().map(number).collect();
        let (least, most) = line.spread;
        writeln!(
            output,
            "| {what} | {} | {} | {:.2} ({least:.2}-{most:.2}) | {} |",
            line.what,
            values.join(" | "),
            line.growth(),
            if line.is_flat() { "flat" } else { "**grows**" },
        )?;
        what.clear();
    }
    output.flush()
}

/// A number, with a space before each third digit from behind where it is long.
pub(super) fn spaced(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// What counts as flat, in words.
pub(super) fn goal() -> String {
    format!("flat: up to {FLAT} times")
}

#[cfg(test)]
mod tests {
    use super::super::Line;
    use super::*;

    #[test]
    fn the_first_row_says_what_grows_and_each_whether_it_is_flat() {
        let panel = Panel {
            title: "rooms".to_owned(),
            amounts: vec![20, 200, 2000],
            lines: vec![
                Line::new("µs a message", &[vec![50.0, 51.0, 52.5]]),
                Line::new("ms a page", &[vec![1.0, 2.0, 3.0]]),
            ],
        };
        let mut output = Vec::new();
        rows(&mut output, &panel).unwrap();
        let expected = "| rooms: 20, 200, 2000 | µs a message | 50.0 | 51.0 | 52.5 | 1.05 (1.05-1.05) | flat |\n\
                        |  | ms a page | 1.00 | 2.00 | 3.00 | 3.00 (3.00-3.00) | **grows** |\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }

    #[test]
    fn long_numbers_have_spaces() {
        let cases = [(5, "5"), (2000, "2000"), (10_000, "10 000"), (1_000_000, "1 000 000")];
        for (number, text) in cases {
            assert_eq!(spaced(number), text);
        }
    }
}
