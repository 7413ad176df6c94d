//! The way of the data through backups, restores and migrations, with the real program.

use std::process::Stdio;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use serde_json::json;
use tempfile::TempDir;
use tokio::process::Command;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::support::{Backend, Person, Server, has_database, new_dsn, on, text_message};

/// A command of the program, with these settings.
fn banter(words: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_banter"));
    command.args(words).env_clear().stdin(Stdio::null()).kill_on_drop(true);
    command.envs(settings.iter().map(|(key, value)| (format!("BANTER_{key}"), *value)));
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_acknowledged_before_a_backup_is_in_it_though_people_write_on() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let (acknowledged, mut told) = watch::channel(0_i64);
    let mut writing = JoinSet::new();
    for _ in 0..3 {
        let (mut socket, acknowledged) = (alice.socket().await, acknowledged.clone());
        writing.spawn(async move {
            loop {
                let answer = socket.request("room.sendMessage", text_message(room, "and on")).await;
                let seq = answer["data"]["seq"].as_i64().expect("it is stored");
                acknowledged.send_if_modified(|last| std::mem::replace(last, seq.max(*last)) < seq);
            }
        });
    }
    let folder = server.folder.path();
    let (data, dsn) = (
        folder.display().to_string(),
        format!("sqlite://{}", folder.join("banter.db").display()),
    );
    let settings = [("DATA__DIR", data.as_str()), ("DATA__DB__DSN", dsn.as_str())];
    let mut drills = Vec::new();
    for turn in 1..=3 {
        told.wait_for(|last| *last >= turn * 40).await.expect("people write");
        let before = *told.borrow();
        let file = folder.join(format!("copy{turn}.tar.gz")).display().to_string();
        let made = banter(&["backup", &file], &settings)
            .output()
            .await
            .expect("the program");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        drills.push((before, file));
    }
    writing.shutdown().await;

    for (before, file) in drills {
        let home = TempDir::new().expect("a folder");
        let data = home.path().join("data").display().to_string();
        let dsn = format!("sqlite://{data}/banter.db");
        let settings = [("DATA__DIR", data.as_str()), ("DATA__DB__DSN", dsn.as_str())];
        let restored = banter(&["restore", &file], &settings)
            .output()
            .await
            .expect("the program");
        assert!(
            restored.status.success(),
            "{}",
            String::from_utf8_lossy(&restored.stderr)
        );
        assert_eq!(integrity(&dsn).await, "ok");
        let again = banter(&["restore", &file], &settings)
            .output()
            .await
            .expect("the program");
        assert_eq!(again.status.code(), Some(1), "data are never restored over");
        let server = Server::start(Backend::Sqlite, &settings).await;
        // Signing keys are no part of a backup.
        let alice = on(&server, &alice).sign_in().await;
        let last = alice.get(&format!("/api/room?id={room}")).await.data()["lastSeq"].as_i64();
        assert!(
            last >= Some(before),
            "{before} were acknowledged, {last:?} are in the copy"
        );
        let mut after = 0;
        while Some(after) < last {
            let page = alice
                .get(&format!("/api/room/messages?id={room}&afterSeq={after}&limit=100"))
                .await
                .data();
            for message in page.as_array().expect("messages") {
                assert_eq!(message["seq"], after + 1, "no hole");
                after += 1;
            }
        }
        assert_eq!(alice.say(room, "and on").await["seq"], after + 1);
    }
}

async fn integrity(dsn: &str) -> String {
    let db = Database::connect(dsn).await.expect("the database");
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
    let row = db.query_one_raw(check).await.expect("an answer").expect("a row");
    let answer = row.try_get_by_index(0).expect("text");
    db.close().await.expect("closed");
    answer
}

/// A database of each kind that there is here, none of which exists yet.
async fn dsns(data: &str) -> Vec<String> {
    let mut dsns = vec![format!("sqlite://{data}/banter.db")];
    if has_database() {
        dsns.push(new_dsn().await);
    }
    dsns
}

#[tokio::test]
async fn an_older_program_refuses_newer_data_says_so_and_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().join("data").display().to_string();
    for dsn in dsns(&data).await {
        let settings = [
            ("DATA__DIR", data.as_str()),
            ("DATA__DB__DSN", dsn.as_str()),
            ("HTTP__PORT", "0"),
            ("WS__PORT", "0"),
        ];
        assert!(
            banter(&["migrate"], &settings)
                .status()
                .await
                .expect("the program")
                .success()
        );
        let db = Database::connect(&dsn).await.expect("the database");
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_future', 0)";
        db.execute_unprepared(newer).await.expect("a step of the future");
        for words in [&["serve"][..], &["migrate"], &["migrate", "down"]] {
            let ended = banter(words, &settings).output().await.expect("the program");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(ended.status.code(), Some(1), "{words:?}: {said}");
            assert!(
                said.contains("m29991231_000001_future") && said.contains("newer"),
                "{words:?}: {said}"
            );
        }
        let steps = Statement::from_string(db.get_database_backend(), "SELECT COUNT(*) FROM seaql_migrations");
        let steps: i64 = db
            .query_one_raw(steps)
            .await
            .expect("an answer")
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number");
        assert!(steps > 11);
        db.close().await.expect("closed");
    }
}

#[tokio::test]
async fn a_migration_that_is_killed_at_any_moment_is_finished_by_the_next() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().display().to_string();
    for dsn in dsns(&data).await {
        let settings = [("DATA__DIR", data.as_str()), ("DATA__DB__DSN", dsn.as_str())];
        let mut patience = Duration::from_millis(20);
        loop {
            let mut migrating = banter(&["migrate"], &settings)
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program");
            let ended = tokio::select! {
                ended = migrating.wait() => Some(ended.expect("an end")),
                () = sleep(patience) => None,
            };
            match ended {
                Some(ended) => break assert!(ended.success()),
                None => migrating.kill().await.expect("a running program"),
            }
            patience += Duration::from_millis(35);
        }
        works(&settings).await;
    }
}

#[tokio::test]
async fn nodes_that_start_at_once_migrate_once_and_migrating_again_changes_nothing() {
    let folder = TempDir::new().expect("a folder");
    let data = folder.path().display().to_string();
    for dsn in dsns(&data).await {
        let settings = [("DATA__DIR", data.as_str()), ("DATA__DB__DSN", dsn.as_str())];
        let migrate = || banter(&["migrate"], &settings).output();
        let (one, two, three) = tokio::join!(migrate(), migrate(), migrate());
        for ended in [one, two, three, migrate().await] {
            let ended = ended.expect("the program");
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        works(&settings).await;
    }
}

/// A server on these data does what it should.
async fn works(settings: &[(&str, &str)]) {
    let server = Server::start(Backend::Sqlite, settings).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    alice.say(room, "a word").await;
    let found = alice.get("/api/search?q=word").await.data();
    assert_ne!(found, json!([]));
}
