//! The picture: for each thing that grows one panel, with a line for each figure.

use super::table::{goal, spaced};
use super::{FLAT, Line, Panel};

const PANEL_WIDTH: f64 = 520.0;
const PANEL_HEIGHT: f64 = 240.0;
const PANELS_A_ROW: usize = 2;
const LEFT: f64 = 44.0;
const TOP: f64 = 48.0;
/// Of the lines; their names stand to the right.
const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 150.0;
/// Between the names of lines, at least.
const NAME: f64 = 17.0;
/// The picture reaches as high as this, or as the highest line.
const LEAST_TOP: f64 = 2.0;

/// It has its own ground, so that it can be read on any page, and darkens with the reader's system.
const STYLE: &str = "\
    text { font: 13px system-ui, sans-serif; fill: #24292f } .small { font-size: 11px; fill: #57606a } \
    .title { font-weight: 600 } .ground { fill: #fff } .flat { fill: #dafbe1 } .axis { stroke: #d0d7de } \
    .line { fill: none; stroke-width: 2 } \
    .c0 { stroke: #0969da; fill: #0969da } .c1 { stroke: #bc4c00; fill: #bc4c00 } \
    .c2 { stroke: #8250df; fill: #8250df } .c3 { stroke: #1a7f37; fill: #1a7f37 } \
    @media (prefers-color-scheme: dark) { \
    text { fill: #e6edf3 } .small { fill: #9198a1 } .ground { fill: #0d1117 } .flat { fill: #12261e } \
    .axis { stroke: #3d444d } \
    .c0 { stroke: #4493f8; fill: #4493f8 } .c1 { stroke: #f0883e; fill: #f0883e } \
    .c2 { stroke: #ab7df8; fill: #ab7df8 } .c3 { stroke: #3fb950; fill: #3fb950 } } \
    .line { fill: none }";

/// An SVG document.
pub(super) fn draw(panels: &[Panel]) -> String {
    let columns = panels.len().clamp(1, PANELS_A_ROW);
    let rows = panels.len().div_ceil(PANELS_A_ROW);
    let (width, height) = (PANEL_WIDTH * float(columns), PANEL_HEIGHT * float(rows));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\">\n<title>What a thing costs while another grows</title>\n\
         <style>{STYLE}</style>\n<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n"
    );
    for (index, panel) in panels.iter().enumerate() {
        let x = PANEL_WIDTH * float(index % PANELS_A_ROW);
        let y = PANEL_HEIGHT * float(index / PANELS_A_ROW);
        svg += &format!("<g transform=\"translate({x} {y})\">\n{}</g>\n", draw_panel(panel));
    }
    svg + "</svg>\n"
}

fn draw_panel(panel: &Panel) -> String {
    let all = panel.lines.iter().flat_map(|line| line.multiples.iter().copied());
    let top = all.fold(LEAST_TOP, f64::max).ceil();
    let last = panel.amounts.len().saturating_sub(1).max(1);
    let x = |step: usize| LEFT + WIDTH * float(step) / float(last);
    let y = |multiple: f64| TOP + HEIGHT * (1.0 - multiple / top);
    let (bottom, right, flat) = (TOP + HEIGHT, LEFT + WIDTH, y(FLAT));
    let mut svg = text(LEFT, 20.0, "title", &panel.title);
    svg += &text(
        LEFT,
        37.0,
        "small",
        &format!("cost, as a multiple; green is {}", goal()),
    );
    svg += &format!(
        "<rect class=\"flat\" x=\"{LEFT}\" y=\"{flat:.1}\" width=\"{WIDTH}\" height=\"{:.1}\"/>\n",
        bottom - flat
    );
    for multiple in ticks(top) {
        let y = y(multiple);
        svg += &format!("<path class=\"axis\" d=\"M{LEFT} {y:.1}H{right}\"/>\n");
        svg += &text(LEFT - 28.0, y + 4.0, "small", &format!("{multiple}×"));
    }
    for (step, amount) in panel.amounts.iter().enumerate() {
        let amount = spaced(*amount);
        let half = 3.2 * float(amount.len());
        svg += &text(x(step) - half, bottom + 18.0, "small", &amount);
    }
    let ends: Vec<f64> = panel.lines.iter().map(|line| y(line.growth())).collect();
    for ((index, line), name) in panel.lines.iter().enumerate().zip(apart(&ends)) {
        let points = line.multiples.iter().enumerate();
        let points: Vec<String> = points
            .map(|(step, multiple)| format!("{:.1},{:.1}", x(step), y(*multiple)))
            .collect();
        svg += &format!("<polyline class=\"line c{index}\" points=\"{}\"/>\n", points.join(" "));
        let name_line = name - 4.0;
        svg += &format!(
            "<circle class=\"c{index}\" cx=\"{}\" cy=\"{name_line:.1}\" r=\"4\"/>\n",
            right + 14.0
        );
        svg += &text(right + 24.0, name, "", &in_words(line));
    }
    svg
}

fn in_words(line: &Line) -> String {
    let word = if line.is_flat() { "flat" } else { "grows" };
    format!("{}: {:.2}×, {word}", line.what, line.growth())
}

/// A handful of round numbers up to the top.
fn ticks(top: f64) -> impl Iterator<Item = f64> {
    let pace = (top / 4.0).ceil();
    (0..)
        .map(move |tick| float(tick) * pace)
        .take_while(move |tick| *tick <= top)
}

/// Moves heights down until none hides another, and all together up if that led below the panel.
fn apart(heights: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|left, right| heights[*left].total_cmp(&heights[*right]));
    let mut free = f64::NEG_INFINITY;
    let mut apart = heights.to_vec();
    for index in order {
        apart[index] = heights[index].max(free);
        free = apart[index] + NAME;
    }
    let below = (free - NAME - (TOP + HEIGHT)).max(0.0);
    apart.iter().map(|height| height - below + 4.0).collect()
}

fn text(x: f64, y: f64, class: &str, content: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{content}</text>\n")
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines and panels")]
fn float(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_drawn_and_named_with_its_growth() {
        let panel = Panel {
            title: "messages before".to_owned(),
            amounts: vec![10_000, 100_000, 1_000_000],
            lines: vec![
                Line::new("a send", &[vec![50.0, 51.0, 52.5]]),
                Line::new("a page", &[vec![1.0, 2.0, 7.5]]),
            ],
        };
        let svg = draw(&[panel]);
        for part in [
            "messages before",
            "1 000 000",
            "a send: 1.05×, flat",
            "a page: 7.50×, grows",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        // Of eight, which is where the axis ends: 7.5 is near the top, 1 near the bottom.
        assert!(svg.contains("points=\"44.0,179.2 154.0,160.5 264.0,57.4\""), "{svg}");
    }

    #[test]
    fn names_of_lines_do_not_hide_each_other() {
        let apart = apart(&[100.0, 100.0, 50.0, TOP + HEIGHT]);
        assert_eq!(apart, [104.0, 121.0, 54.0, TOP + HEIGHT + 4.0]);
        let low = super::apart(&[TOP + HEIGHT, TOP + HEIGHT]);
        assert_eq!(low, [TOP + HEIGHT + 4.0 - NAME, TOP + HEIGHT + 4.0]);
    }
}
