//! docs/security.md keeps its word: every case that must hold has a test, and every test that it
//! names exists.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The cases that must hold before anybody puts a server on the internet.
const RELEASE_GATE: &str = "\
    A01 A02 A03 A04 A05 A06 A07 A09 A10 A15 A16 A17 \
    B01 B02 B03 B04 B05 B06 B07 B08 B11 B12 B13 B14 B18 \
    C01 C02 C04 C06 C07 C08 C09 C10 C14 C16 \
    D01 D03 D04 D05 D07 D08 D09 D10 D12 D13 D15 D16 \
    E01 E05 E06 E08 E12 \
    F01 F02 F03 F04 F07 F11 \
    G01 G02 \
    H01 H07 \
    I04 I05 \
    J01 J02 J04 J08";
/// Where tests are.
const ROOTS: [&str; 4] = ["crates", "frontend", "e2e", "bench"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rows of the tables: a case, and what stands for it.
fn rows() -> BTreeMap<String, String> {
    let text = fs::read_to_string(workspace().join("docs/security.md")).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let id = cells[0];
        let is_case = id.len() == 3 && id.as_bytes()[0].is_ascii_uppercase() && id[1..].parse::<u8>().is_ok();
        if is_case {
            let twice = rows.insert(id.to_owned(), cells.last().unwrap().to_string());
            assert!(twice.is_none(), "{id} has two rows");
        }
    }
    rows
}

/// The names between backticks.
fn named(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// All that is written in files of tests, and of code that has tests.
fn sources() -> String {
    let mut text = String::new();
    let mut folders: Vec<PathBuf> = ROOTS.iter().map(|root| workspace().join(root)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let is_made = ["node_modules", "dist", "target"].contains(&name.as_str()) || name.starts_with('.');
                folders.extend((!is_made).then_some(path));
            } else if [".rs", ".ts", ".tsx", ".mjs", ".py"]
                .iter()
                .any(|end| name.ends_with(end))
            {
                text += &fs::read_to_string(path).unwrap_or_default();
            }
        }
    }
    text
}

/// A Rust test goes by its function, all others by their title.
fn exists(sources: &str, test: &str) -> bool {
    let is_function = !test.contains(' ');
    let forms = if is_function {
        vec![format!("fn {test}("), format!("def {test}(")]
    } else {
        ["'", "\"", "`"].map(|quote| format!("{quote}{test}")).into()
    };
    forms.iter().any(|form| sources.contains(form))
}

#[test]
fn every_case_of_the_release_gate_has_a_test_that_exists() {
    let (rows, sources) = (rows(), sources());
    let mut wrong = Vec::new();
    for case in RELEASE_GATE.split_whitespace() {
        match rows.get(case) {
            None => wrong.push(format!("{case} has no row")),
            Some(cell) if named(cell).is_empty() => wrong.push(format!("{case} has no test")),
            Some(_) => {}
        }
    }
    for (case, cell) in &rows {
        let missing = named(cell).into_iter().filter(|test| !exists(&sources, test));
        wrong.extend(missing.map(|test| format!("{case}: there is no test {test:?}")));
    }
    assert!(wrong.is_empty(), "docs/security.md: {wrong:#?}");
}

#[test]
fn sixty_eight_cases_stand_at_the_gate() {
    let cases: BTreeSet<&str> = RELEASE_GATE.split_whitespace().collect();
    assert_eq!(cases.len(), 68);
}
