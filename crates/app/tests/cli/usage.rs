//! Arguments, help and what needs no server.

use std::fs;

use crate::support::Banter;

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let banter = Banter::new();
    let help = banter.run(&["--help"]).expect_code(0);
    for word in [
        "serve",
        "migrate",
        "user",
        "config",
        "openapi",
        "backup",
        "restore",
        "BANTER_HTTP__PORT",
        "Exit codes",
    ] {
        assert!(help.stdout.contains(word), "{word} is missing in:\n{}", help.stdout);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let banter = Banter::new();
    banter.run(&["sing"]).expect_code(2);
    banter.run(&["user", "create"]).expect_code(2);
    banter
        .run(&["user", "create", "--email", "a@b.example", "--password", "x"])
        .expect_code(2);
}

#[test]
fn the_api_document_is_printed_without_writing_anything() {
    let banter = Banter::new();
    let v3: serde_json::Value = serde_json::from_str(&banter.run(&["openapi"]).expect_code(0).stdout).unwrap();
    assert!(v3["openapi"].as_str().unwrap().starts_with("3."));
    let v2: serde_json::Value = serde_json::from_str(&banter.run(&["openapi", "--v2"]).expect_code(0).stdout).unwrap();
    assert_eq!(v2["swagger"], "2.0");
    assert_eq!(fs::read_dir(banter.path("")).unwrap().count(), 0);
}
