//! The server's start, its files and its end.

use std::fs;
use std::io::{Read as _, Write as _};

use crate::support::{Banter, Serving, mode_of};

#[test]
fn the_server_needs_nothing_but_itself_and_keeps_its_secret_to_its_owner() {
    let banter = Banter::new();
    let server = banter.serve();
    assert!(server.greeting.contains("becomes its admin"), "{}", server.greeting);
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    assert!(server.stop("TERM").status.success());
    assert_eq!(mode_of(&banter.path("storage/secret")), 0o600);
    assert_eq!(mode_of(&banter.path("storage")), 0o700);
    let mut there: Vec<_> = fs::read_dir(banter.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    there.sort();
    assert_eq!(there, ["storage"], "nothing is written elsewhere");
}

#[test]
fn a_server_is_asked_for_its_health_where_its_configuration_says() {
    let banter = Banter::new();
    let server = banter.serve();
    let (host, port) = server.http().rsplit_once(':').unwrap();
    assert_eq!(host, "127.0.0.1");
    for host in ["127.0.0.1", "0.0.0.0"] {
        let there = [("BANTER_HTTP__HOST", host), ("BANTER_HTTP__PORT", port)];
        let healthy = banter.run_with(&["health"], &there, "").expect_code(0);
        assert!(healthy.stdout.contains("\"status\":\"ok\""), "{}", healthy.stdout);
    }
    let port = port.to_owned();
    server.stop("TERM");
    let gone = banter
        .run_with(&["health"], &[("BANTER_HTTP__PORT", &port)], "")
        .expect_code(1);
    assert!(gone.stderr.contains(&port), "{}", gone.stderr);
}

#[test]
fn a_secret_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let banter = Banter::new();
    banter.serve().stop("TERM");
    fs::set_permissions(banter.path("storage/secret"), fs::Permissions::from_mode(0o644)).unwrap();
    let ended = banter.run(&["serve"]).expect_code(2);
    assert!(
        ended
            .stderr
            .contains("storage/secret: security.jwt.key: others may read it"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_taken_port_is_told_in_one_line() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let banter = Banter::new();
    let ended = banter
        .run_with(
            &["serve"],
            &[("BANTER_HTTP__PORT", &port), ("BANTER_WS__PORT", "0")],
            "",
        )
        .expect_code(1);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(
        ended.stderr.contains("http.port") && ended.stderr.contains(&port),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_signal_ends_the_server_in_order_and_in_time() {
    for signal in ["TERM", "INT"] {
        let banter = Banter::new();
        let server = banter.serve();
        // Somebody who keeps a connection open does not keep the server.
        let _idle = server.connect();
        let ended = server.stop(signal);
        assert!(ended.status.success(), "{signal}: {:?}\n{}", ended.status, ended.stderr);
        assert!(
            !ended.stderr.contains("not everything ended in time"),
            "{}",
            ended.stderr
        );
    }
}

/// Begins a request and never ends it: the server waits for the rest.
fn half_a_request(server: &Serving) -> std::net::TcpStream {
    const GO_ON: &[u8] = b"HTTP/1.1 100";
    let mut stream = server.connect();
    let head = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Expect: 100-continue\r\nContent-Length: 100\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; GO_ON.len()];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer, GO_ON);
    stream.write_all(b"{").unwrap();
    stream
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_server() {
    let banter = Banter::new();
    let server = banter.serve();
    let _half = half_a_request(&server);
    assert!(server.stop("TERM").status.success());
}

#[test]
fn a_second_signal_ends_at_once() {
    let banter = Banter::new();
    let mut server = banter.serve();
    let _half = half_a_request(&server);
    server.signal("TERM");
    server.says("a second signal ends at once");
    let ended = server.stop("TERM").expect_code(1);
    assert!(
        ended.stderr.contains("ended at once by a second signal"),
        "{}",
        ended.stderr
    );
}

#[test]
fn logs_go_to_files_below_the_data_folder_and_carry_what_was_said() {
    let banter = Banter::new().env("BANTER_LOG__ENCODING", "json");
    let ended = banter.serve().stop("TERM");
    let file = fs::read_to_string(banter.path("storage/logs/server.log")).unwrap();
    for line in file.lines().chain(ended.stderr.lines()) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert!(line["message"].is_string(), "{line}");
    }
    assert!(file.contains("\"ended\""), "{file}");
}
