//! Where the configuration comes from, and how its faults are told.

use std::fs;

use crate::support::Banter;

const GOOD_KEY: &str = "kJ8f2mQz0vXw7Lr4TnYb6HsDcEaGuPi1";

#[test]
fn every_fault_of_the_configuration_is_named_with_key_and_file() {
    let banter = Banter::new();
    banter.write("banter.yml", "http: { prt: 1 }\nws: { heartbeat: 15 }\n");
    let banter = banter.env("BANTER_LOG__LEVEL", "shouting");
    let ended = banter.run(&["serve", "--config", "banter.yml"]).expect_code(2);
    assert!(
        ended.stderr.contains("banter.yml: http.prt: unknown key"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("banter.yml: ws.heartbeat: "), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("BANTER_LOG__LEVEL: log.level: "),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.stderr.lines().count(), 3, "{}", ended.stderr);
    assert!(
        !banter.path("storage").exists(),
        "a faulty configuration writes nothing"
    );
}

#[test]
fn a_named_file_that_is_missing_ends_with_2_and_the_usual_one_may_be_missing() {
    let banter = Banter::new();
    let ended = banter
        .run(&["config", "check", "--config", "nowhere.yml"])
        .expect_code(2);
    assert!(ended.stderr.contains("nowhere.yml"), "{}", ended.stderr);
    banter.run(&["config", "check"]).expect_code(0);
    let banter = banter.env("BANTER_CONFIG", "elsewhere.yml");
    let ended = banter.run(&["config", "check"]).expect_code(2);
    assert!(ended.stderr.contains("elsewhere.yml"), "{}", ended.stderr);
}

#[test]
fn the_usual_file_is_found_and_the_environment_wins_over_it() {
    let banter = Banter::new();
    banter.write("config/local.yml", "chat: { lobby: Foyer, edit_window: 5m }\n");
    let banter = banter.env("BANTER_CHAT__LOBBY", "Hall");
    let shown = banter.run(&["config", "check"]).expect_code(0).stdout;
    assert!(shown.contains(r#"lobby: "Hall"  # BANTER_CHAT__LOBBY"#), "{shown}");
    assert!(shown.contains(r#"edit_window: "5m"  # config/local.yml"#), "{shown}");
}

#[test]
fn config_check_masks_secrets_and_passwords() {
    let banter = Banter::new()
        .env("BANTER_SECURITY__JWT__KEY", GOOD_KEY)
        .env("BANTER_DATA__DB__DSN", "mysql://banter:hunter2@db:3306/banter")
        .env("BANTER_DATA__MEDIA__S3__SECRET_KEY", "s3-secret-value")
        .env("BANTER_HTTP__METRICS_TOKEN", "metrics-token-value");
    let shown = banter.run(&["config", "check"]).expect_code(0).stdout;
    for secret in [GOOD_KEY, "hunter2", "s3-secret-value", "metrics-token-value"] {
        assert!(!shown.contains(secret), "{secret} is shown in:\n{shown}");
    }
    assert!(shown.contains("mysql://banter:********@db:3306/banter"), "{shown}");
}

#[test]
fn the_published_configurations_are_valid() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config");
    let banter = Banter::new();
    banter
        .run(&["config", "check", "--config", &format!("{root}/local.yml")])
        .expect_code(0);
    let prod = format!("{root}/prod.yml");
    let ended = banter.run(&["config", "check", "--config", &prod]).expect_code(2);
    assert!(
        ended.stderr.contains("prod.yml: security.jwt.key: is missing"),
        "{}",
        ended.stderr
    );
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    let banter = banter.env("BANTER_SECURITY__JWT__KEY", GOOD_KEY);
    banter.run(&["config", "check", "--config", &prod]).expect_code(0);
}

#[test]
fn prod_refuses_weak_and_published_secrets() {
    let banter = Banter::new().env("BANTER_ENV", "prod");
    for key in ["", "short", "change-me-to-something-with-32-bytes-or-more"] {
        let ended = banter
            .run_with(&["serve"], &[("BANTER_SECURITY__JWT__KEY", key)], "")
            .expect_code(2);
        assert!(ended.stderr.contains("security.jwt.key"), "{}", ended.stderr);
    }
}

#[test]
fn several_nodes_on_a_file_of_one_are_refused_with_a_plain_word() {
    let banter = Banter::new().env("BANTER_DATA__REDIS__URL", "redis://localhost:6379");
    let ended = banter.run(&["serve"]).expect_code(2);
    assert!(
        ended.stderr.contains("BANTER_DATA__REDIS__URL: data.redis.url: "),
        "{}",
        ended.stderr
    );
}

#[test]
fn the_production_file_explains_every_key() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/prod.yml")).unwrap();
    let explained: Vec<&str> = text.lines().map(|line| line.trim_start_matches([' ', '#'])).collect();
    let shown = Banter::new().run(&["config", "check"]).expect_code(0).stdout;
    for line in shown.lines() {
        let (name, _) = line.trim_start().split_once(':').unwrap();
        let begin = format!("{name}:");
        assert!(
            explained.iter().any(|line| line.starts_with(&begin)),
            "{name} is not in config/prod.yml"
        );
    }
}
