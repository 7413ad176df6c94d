//! Who may know whom: the arrows between the crates of this workspace.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// The crates that each crate may depend on. Whoever adds an arrow adds it to the map, too.
const ALLOWED: [(&str, &[&str]); 13] = [
    (
        "app",
        &[
            "http-api",
            "ws-gateway",
            "service",
            "repository",
            "broker",
            "storage",
            "migrations",
            "wire",
            "domain",
        ],
    ),
    ("http-api", &["service", "domain", "wire"]),
    ("ws-gateway", &["service", "domain", "wire", "pitaya-protocol"]),
    ("wire", &["domain", "service"]),
    ("service", &["domain"]),
    ("repository", &["domain", "migrations"]),
    ("broker", &["domain"]),
    ("storage", &["domain"]),
    ("migrations", &[]),
    ("domain", &[]),
    ("pitaya-protocol", &[]),
    ("banter-bench", &["pitaya-protocol"]),
    (
        "banter-fuzz",
        &["domain", "pitaya-protocol", "service", "storage", "wire"],
    ),
];

/// What a crate may use in its tests besides.
const ALLOWED_IN_TESTS: [(&str, &[&str]); 4] = [
    ("app", &["pitaya-protocol"]),
    ("service", &["repository", "broker"]),
    ("http-api", &["repository", "broker", "storage"]),
    ("ws-gateway", &["repository", "broker", "storage"]),
];

/// For each crate of the workspace, the other crates of it that it depends on: (name, kind).
fn arrows() -> BTreeMap<String, BTreeSet<(String, String)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let ours: BTreeSet<String> = packages.iter().map(|package| text(&package["name"])).collect();
    let arrows_of = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap();
        let inside = dependencies
            .iter()
            .filter(|dependency| ours.contains(dependency["name"].as_str().unwrap()));
        inside
            .map(|dependency| {
                (
                    text(&dependency["name"]),
                    dependency["kind"].as_str().unwrap_or("normal").to_owned(),
                )
            })
            .collect()
    };
    packages
        .iter()
        .map(|package| (text(&package["name"]), arrows_of(package)))
        .collect()
}

fn allowed<'a>(list: &'a [(&str, &[&'a str])], name: &str) -> &'a [&'a str] {
    list.iter()
        .find(|(crate_name, _)| *crate_name == name)
        .map_or(&[], |(_, names)| names)
}

#[test]
fn crates_know_only_whom_the_map_allows() {
    let mut wrong = Vec::new();
    for (name, arrows) in arrows() {
        for (other, kind) in arrows {
            let in_tests = kind == "dev" && allowed(&ALLOWED_IN_TESTS, &name).contains(&other.as_str());
            if !in_tests && !allowed(&ALLOWED, &name).contains(&other.as_str()) {
                wrong.push(format!("{name} -> {other} ({kind})"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these arrows are not on the map in docs/architecture.md: {wrong:?}. Move the code to the crate that may \
         know both sides, or change the map and the list in {}.",
        file!()
    );
}

#[test]
fn the_map_names_every_crate_and_no_other() {
    let there: BTreeSet<String> = arrows().into_keys().collect();
    let listed: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        listed,
        there,
        "a crate came or went: change the map in docs/architecture.md and the list in {}",
        file!()
    );
}
