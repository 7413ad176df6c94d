//! Tests of where settings come from, and of faults that are all told at once.

use super::super::{Encoding, Environment, Span};
use super::*;

fn load_with(yaml: &str, variables: &[(&str, &str)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.yml");
    std::fs::write(&file, yaml).unwrap();
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, text)| (name.into(), text.into()))
        .collect();
    let mut loaded = load(Some(&file), variables.into_iter());
    for problem in &mut loaded.problems {
        problem.source = problem.source.replace(file.to_str().unwrap(), "test.yml");
    }
    loaded
}

fn told(loaded: &Loaded) -> Vec<String> {
    loaded.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_at_all_is_a_valid_configuration() {
    for yaml in ["", "# only a comment\n", "http:\n  # port: 9000\n", "{}"] {
        let loaded = load_with(yaml, &[]);
        assert_eq!(told(&loaded), Vec::<String>::new(), "{yaml:?}");
        assert_eq!(loaded.config.http.port, 8000);
    }
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let loaded = load_with(
        "http: { port: 9000 }\nws: { heartbeat: 30s }\n",
        &[
            ("BANTER_HTTP__PORT", "9100"),
            ("BANTER_LOG__ENCODING", "json"),
            ("OTHER_HTTP__PORT", "1"),
        ],
    );
    assert_eq!(told(&loaded), Vec::<String>::new());
    assert_eq!(loaded.config.http.port, 9100);
    assert_eq!(loaded.config.ws.heartbeat, Span::seconds(30));
    assert_eq!(loaded.config.log.encoding, Encoding::Json);
    assert_eq!(loaded.config.env, Environment::Local);
    assert_eq!(loaded.source_of("http.port").as_deref(), Some("BANTER_HTTP__PORT"));
    assert_eq!(loaded.source_of("chat.lobby"), None);
}

#[test]
fn a_text_from_the_environment_stays_a_text_whatever_it_looks_like() {
    let loaded = load_with(
        "",
        &[
            ("BANTER_SECURITY__JWT__KEY", "12345678901234567890123456789012"),
            ("BANTER_CHAT__LOBBY", "true"),
            ("BANTER_HTTP__TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"),
            ("BANTER_SECURITY__ALLOWED_ORIGINS", "[\"https://a.example\"]"),
        ],
    );
    assert_eq!(told(&loaded), Vec::<String>::new());
    assert_eq!(
        loaded.config.security.jwt.key.expose(),
        "12345678901234567890123456789012"
    );
    assert_eq!(loaded.config.chat.lobby, "true");
    assert_eq!(loaded.config.http.trusted_proxies, ["127.0.0.1", "10.0.0.0/8"]);
    assert_eq!(loaded.config.security.allowed_origins, ["https://a.example"]);
}

#[test]
fn every_fault_is_told_at_once_with_its_key_and_its_source() {
    let loaded = load_with(
        "http: { prt: 1, port: 70000 }\nlogs: {}\nws: 7\nenv: production\nchat: { edit_window: 5 }\n\
         data: { media: { max_size: huge } }\nlog: { level: loud }\n",
        &[
            ("BANTER_HTTP__WORKERS", "many"),
            ("BANTER_NO__SUCH", "1"),
            ("BANTER_HTP__PORT", "1"),
            ("BANTER_CHAT", "x"),
        ],
    );
    let mut told = told(&loaded);
    told.sort();
    assert_eq!(
        told,
        [
            "BANTER_CHAT: chat: is a section; set the keys in it",
            "BANTER_HTP__PORT: htp.port: unknown key; did you mean http?",
            "BANTER_HTTP__WORKERS: http.workers: must be a whole number that is not negative",
            "BANTER_NO__SUCH: no.such: unknown key",
            "test.yml: chat.edit_window: \"5\" is no duration; write it as 15s, 10m, 12h or 30d",
            "test.yml: data.media.max_size: \"huge\" is no size; write it as 512B, 64KiB, 20MiB or 1GiB",
            "test.yml: env: must be one of local, prod, not production",
            "test.yml: http.port: must be a whole number from 0 to 65535, not 70000",
            "test.yml: http.prt: unknown key; did you mean http.port?",
            "test.yml: log.level: must be error, warn, info, debug or trace, or a list such as info,service=debug",
            "test.yml: logs: unknown key; did you mean log?",
            "test.yml: ws: must be a section with keys, not 7",
        ]
    );
}

#[test]
fn prod_refuses_secrets_that_are_missing_short_published_or_monotonous() {
    for key in [
        "",
        "tiny-key",
        "change-me-change-me-change-me-change-me",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        let loaded = load_with("env: prod\n", &[("BANTER_SECURITY__JWT__KEY", key)]);
        assert_eq!(loaded.problems.len(), 1, "{key}");
        assert_eq!(loaded.problems[0].key, "security.jwt.key");
        assert!(key.is_empty() || !told(&loaded)[0].contains(key));
    }
    let good = [("BANTER_SECURITY__JWT__KEY", "kJ8f2mQz0vXw7Lr4TnYb6HsDcEaGuPi1")];
    assert_eq!(told(&load_with("env: prod\n", &good)), Vec::<String>::new());
}

#[test]
fn a_published_secret_is_refused_in_local_too() {
    let loaded = load_with("security: { jwt: { key: changeme } }\n", &[]);
    assert_eq!(loaded.problems.len(), 1);
}

#[test]
fn prod_refuses_insecure_cookies() {
    let key = ("BANTER_SECURITY__JWT__KEY", "kJ8f2mQz0vXw7Lr4TnYb6HsDcEaGuPi1");
    let loaded = load_with("env: prod\nhttp: { base_url: \"http://chat.example.org\" }\n", &[key]);
    assert_eq!(loaded.problems[0].key, "http.base_url");
    assert!(loaded.config.has_secure_cookies());
}

#[test]
fn database_and_logs_follow_the_data_folder() {
    let loaded = load_with("", &[("BANTER_DATA__DIR", "/var/lib/banter")]);
    assert_eq!(loaded.config.data.db.dsn.expose(), "sqlite:///var/lib/banter/banter.db");
    assert_eq!(loaded.config.log.dir, Path::new("/var/lib/banter/logs"));
    let loaded = load_with("data: { dir: /a }\nlog: { dir: /b }\n", &[]);
    assert_eq!(loaded.config.log.dir, Path::new("/b"));
}

#[test]
fn several_nodes_need_a_database_and_a_key_that_they_share() {
    let url = ("BANTER_DATA__REDIS__URL", "redis://localhost");
    let key = (
        "BANTER_SECURITY__JWT__KEY",
        "0123456789abcdef0123456789abcdef0123456789",
    );
    let mysql = ("BANTER_DATA__DB__DSN", "mysql://root@localhost/banter");
    let faults = |settings: &[(&str, &str)]| -> Vec<String> {
        let problems = load_with("", settings).problems;
        problems.into_iter().map(|problem| problem.key).collect()
    };
    assert_eq!(faults(&[url, key]), ["data.redis.url"]);
    assert_eq!(faults(&[url, mysql]), ["security.jwt.key"]);
    assert_eq!(faults(&[url, key, mysql]), Vec::<String>::new());
    let wrong = ("BANTER_DATA__REDIS__URL", "http://localhost");
    assert_eq!(faults(&[wrong, key, mysql]), ["data.redis.url"]);
    assert_eq!(faults(&[("BANTER_DATA__REDIS__PREFIX", "a b")]), ["data.redis.prefix"]);
}

#[test]
fn a_named_file_that_is_missing_or_broken_is_a_fault() {
    let loaded = load(Some(Path::new("/nowhere/banter.yml")), std::iter::empty());
    assert!(told(&loaded)[0].starts_with("/nowhere/banter.yml: the configuration file cannot be read"));
    let loaded = load(None, [("BANTER_CONFIG".into(), "/nowhere/2.yml".into())].into_iter());
    assert!(told(&loaded)[0].starts_with("/nowhere/2.yml"));
    let loaded = load_with("http: [unclosed\n", &[]);
    assert!(told(&loaded)[0].starts_with("test.yml: is no valid YAML"));
}

#[test]
fn s3_names_every_key_that_it_misses() {
    let loaded = load_with("data: { media: { driver: s3 } }\n", &[]);
    let keys: Vec<_> = loaded.problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "data.media.s3.region",
            "data.media.s3.bucket",
            "data.media.s3.access_key",
            "data.media.s3.secret_key"
        ]
    );
}
