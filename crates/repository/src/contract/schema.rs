//! The schema and the connection.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use domain::PortError;
use domain::media::Scene;
use domain::message::{Content, TextContent};
use domain::port::{Change, ChangeError};
use domain::room::OpenRoomsPage;
use domain::search::{Has, SearchFilter, SearchPage, SearchQuery};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::task::AbortHandle;

use super::build::{draft, media, message_of, remove};
use super::world::{HomeKey, World, mysql, sqlite};
use crate::{Database, RepositoryError};

/// Steps of the first release.
const RELEASED: usize = 11;

async fn the_schema_goes_up_down_and_up_again((db, home): (Database, HomeKey)) {
    assert!(db.status().await.unwrap().iter().all(|step| !step.is_applied));
    db.migrate().await.unwrap();
    let steps = db.status().await.unwrap();
    assert!(steps.len() >= 11 && steps.iter().all(|step| step.is_applied));
    db.migrate().await.unwrap();
    db.down(Some(2)).await.unwrap();
    let applied = db.status().await.unwrap().iter().filter(|step| step.is_applied).count();
    assert_eq!(applied, steps.len() - 2);
    db.migrate().await.unwrap();
    let world = World::sql(&db, Some(home));
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.say(room, a, "words").await;
    db.down(None).await.unwrap();
    let tables = match db.backend() {
        DbBackend::Sqlite => {
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' \
             AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations'"
        }
        _ => {
            "SELECT COUNT(*) FROM information_schema.tables \
             WHERE table_schema = DATABASE() AND table_name <> 'seaql_migrations'"
        }
    };
    assert_eq!(world.number(tables).await, 0, "nothing is left behind");
    db.migrate().await.unwrap();
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.say(room, a, "words").await;
    assert_eq!(world.number("SELECT channel_id - room_id FROM messages").await, 0);
}

/// The steps behind the first release turn what stands there into their own form, and back.
async fn what_was_stored_before_a_step_is_found_after_it((db, home): (Database, HomeKey)) {
    db.migrate().await.unwrap();
    let later = u32::try_from(db.status().await.unwrap().len() - RELEASED).unwrap();
    let world = World::sql(&db, Some(home));
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("Straßen & Wege", &[a, b]).await;
    let mut words = draft(room, a, "x");
    words.content = Content::Text(TextContent::parse("une élève à http://a.example", &[a, b]).unwrap());
    let words = message_of(world.apply(Change::Append(words)).await.unwrap());
    let mut picture = draft(room, a, "x");
    picture.content = Content::Media(media("key", "photo", None));
    let picture = message_of(world.apply(Change::Append(picture)).await.unwrap());
    for (key, scene) in [
        ("face", Scene::Avatar),
        ("door", Scene::Room),
        ("unused", Scene::Avatar),
    ] {
        world.picture(key, a, scene).await;
    }
    world.picture_of_user(a, "/uploads/face").await.unwrap();
    world.picture_of_room(room, "/uploads/thumb.door").await.unwrap();
    world.new_room("another", &[a], "/uploads/door").await.unwrap();
    for _ in 0..2 {
        for (key, uses) in [("face", 1), ("door", 2), ("unused", 0)] {
            let counted = format!("SELECT use_count FROM uploads WHERE file_key = '{key}'");
            assert_eq!(world.number(&counted).await, uses, "{key}");
        }
        assert_eq!(super::search::found(&world, b, "eleve").await, [words.id]);
        let page = OpenRoomsPage {
            name: SearchQuery::parse_optional(Some("STRASSEN &")).unwrap(),
            after: None,
            limit: 9,
        };
        assert_eq!(world.rooms.open(b, &page).await.unwrap().len(), 1);
        for (has, mentions_searcher, expected) in [
            (Some(Has::Image), false, picture.id),
            (Some(Has::Link), false, words.id),
            (None, true, words.id),
        ] {
            let filter = SearchFilter {
                has,
                mentions_searcher,
                ..SearchFilter::default()
            };
            let page = SearchPage {
                filter,
                limit: 9,
                ..SearchPage::default()
            };
            let found = world.messages.search(b, &page).await.unwrap();
            assert_eq!(found.iter().map(|message| message.id).collect::<Vec<_>>(), [expected]);
        }
        db.down(Some(later)).await.unwrap();
        db.migrate().await.unwrap();
    }
}

async fn a_newer_schema_is_refused((db, _home): (Database, HomeKey)) {
    db.migrate().await.unwrap();
    let insert = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_future', 0)";
    db.writer().execute_unprepared(insert).await.unwrap();
    for error in [
        db.migrate().await.unwrap_err(),
        db.down(Some(1)).await.unwrap_err(),
        db.status().await.unwrap_err(),
    ] {
        assert!(matches!(&error, RepositoryError::NewerSchema { step } if step == "m29991231_000001_future"));
        assert!(error.to_string().contains("newer"));
    }
}

async fn several_servers_migrate_at_once((db, _home): (Database, HomeKey)) {
    let migrating: Vec<_> = (0..3)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { db.migrate().await })
        })
        .collect();
    for one in migrating {
        one.await.unwrap().unwrap();
    }
    assert!(db.status().await.unwrap().iter().all(|step| step.is_applied));
}

/// A process that dies leaves what it has done so far; another one goes on from there. Here it
/// dies once behind each statement that changes something.
async fn a_migration_that_was_cut_off_anywhere_goes_on((db, home): (Database, HomeKey)) {
    for is_up in [true, false] {
        let survived = Arc::new(Mutex::new(HashSet::new()));
        while !migrated_in_a_mortal_process(&home, is_up, &survived).await {}
        assert!(survived.lock().unwrap().len() > 15, "it died often");
        assert!(db.status().await.unwrap().iter().all(|step| step.is_applied == is_up));
    }
    db.migrate().await.unwrap();
    let cut_off = layout(&db).await;
    db.down(None).await.unwrap();
    db.migrate().await.unwrap();
    assert_eq!(cut_off, layout(&db).await);
}

/// Goes all the way up or down, but dies behind the first change that is not in `survived` yet;
/// true when there was none.
async fn migrated_in_a_mortal_process(home: &HomeKey, is_up: bool, survived: &Arc<Mutex<HashSet<String>>>) -> bool {
    let (dsn, survived) = (home.dsn(), survived.clone());
    let live = move || {
        // Its connections end with its runtime, as they do with a process.
        let process = tokio::runtime::Runtime::new().unwrap();
        let (task, own) = (Arc::new(Mutex::new(None::<AbortHandle>)), Arc::clone(&survived));
        let killer = Arc::clone(&task);
        let hear = move |statement: &Statement| {
            let changes = !statement.sql.trim_start().to_uppercase().starts_with("SELECT");
            if changes && own.lock().unwrap().insert(statement.to_string()) {
                killer.lock().unwrap().as_ref().unwrap().abort();
            }
        };
        let mut at_work = task.lock().unwrap();
        let work = process.spawn(async move {
            let db = Database::connect(&dsn, 4).await.unwrap().observed(hear);
            if is_up { db.migrate().await } else { db.down(None).await }
        });
        *at_work = Some(work.abort_handle());
        drop(at_work);
        match process.block_on(work) {
            Ok(ended) => {
                ended.unwrap();
                true
            }
            Err(killed) => {
                assert!(killed.is_cancelled(), "{killed}");
                false
            }
        }
    };
    tokio::task::spawn_blocking(live).await.unwrap()
}

/// All columns and keys.
async fn layout(db: &Database) -> Vec<String> {
    let sql = match db.backend() {
        DbBackend::Sqlite => "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name",
        _ => {
            "SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, column_default, extra) \
             FROM information_schema.columns WHERE table_schema = DATABASE() UNION ALL \
             SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique) \
             FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1"
        }
    };
    let rows = db
        .reader()
        .query_all_raw(Statement::from_string(db.backend(), sql))
        .await;
    let text = |row: &sea_orm::QueryResult| row.try_get_by_index::<String>(0).unwrap();
    rows.unwrap().iter().map(text).collect()
}

async fn a_row_that_cannot_be_read_is_named((db, home): (Database, HomeKey)) {
    db.migrate().await.unwrap();
    let world = World::sql(&db, Some(home));
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let message = world.say(room, a, "words").await;
    let writer = db.writer();
    let spoil = r#"UPDATE messages SET text_message = '{"words": 1}'"#;
    writer.execute_unprepared(spoil).await.unwrap();
    let error = world.messages.get_many(&[message.id]).await.unwrap_err().to_string();
    for part in ["messages", "text_message", &message.id.to_string()] {
        assert!(error.contains(part), "{error}");
    }
    writer
        .execute_unprepared("UPDATE room_members SET role = 'king'")
        .await
        .unwrap();
    let error = world.rooms.member(room, a).await.unwrap_err().to_string();
    assert!(error.contains("room_members") && error.contains("role"), "{error}");
}

async fn nothing_is_cut_to_fit((db, home): (Database, HomeKey)) {
    db.migrate().await.unwrap();
    let world = World::sql(&db, Some(home));
    let mut long = super::build::upload(&"k".repeat(300), world.user("a").await);
    long.media.thumbnail = None;
    let key = long.media.key.clone();
    // SQLite knows no lengths and keeps it whole; MySQL refuses it.
    match world.uploads.insert(&long).await {
        Ok(()) => assert_eq!(world.uploads.get(&key).await.unwrap(), Some(long)),
        Err(_) => assert_eq!(world.number("SELECT COUNT(*) FROM uploads").await, 0),
    }
}

on_both! {
    the_schema_goes_up_down_and_up_again,
    what_was_stored_before_a_step_is_found_after_it,
    a_newer_schema_is_refused,
    several_servers_migrate_at_once,
    a_migration_that_was_cut_off_anywhere_goes_on,
    a_row_that_cannot_be_read_is_named,
    nothing_is_cut_to_fit,
}

#[tokio::test]
async fn only_known_databases_are_opened() {
    let error = Database::connect("postgres://localhost/x", 2).await.unwrap_err();
    assert!(matches!(error, RepositoryError::UnknownDatabase));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below_a_file = format!("sqlite://{}/x/banter.db", file.display());
    let error = Database::connect(&below_a_file, 2).await.unwrap_err();
    assert!(matches!(error, RepositoryError::Folder { .. }));
}

#[tokio::test]
async fn a_database_in_memory_works_with_one_connection() {
    let db = Database::connect("sqlite::memory:", 9).await.unwrap();
    db.migrate().await.unwrap();
    let world = World::sql(&db, None);
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.say(room, a, "some words").await;
    assert_eq!(super::search::found(&world, a, "words").await.len(), 1);
}

#[tokio::test]
async fn a_sqlite_file_is_durable_and_its_readers_cannot_write() {
    let (db, _home) = sqlite().await;
    let ask = async |connection: &sea_orm::DatabaseConnection, pragma: &str| -> i64 {
        let ask = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {pragma}"));
        let row = connection.query_one_raw(ask).await.unwrap().unwrap();
        row.try_get_by_index::<i32>(0).unwrap().into()
    };
    for connection in [db.reader(), db.writer()] {
        assert_eq!(ask(connection, "synchronous").await, 2);
        assert_eq!(ask(connection, "foreign_keys").await, 1);
    }
    db.migrate().await.unwrap();
    let error = db.reader().execute_unprepared("DELETE FROM users").await.unwrap_err();
    assert!(error.to_string().contains("readonly"), "{error}");
}

/// The command line works on the file of a running server.
#[tokio::test]
async fn what_another_process_wrote_is_seen_by_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let dsn = format!("sqlite://{}", folder.path().join("banter.db").display());
    let (server, other) = (
        Database::connect(&dsn, 2).await.unwrap(),
        Database::connect(&dsn, 2).await.unwrap(),
    );
    server.migrate().await.unwrap();
    let (server, other) = (World::sql(&server, None), World::sql(&other, None));
    let (a, b) = (server.user("a").await, server.user("b").await);
    let room = server.room("one", &[a, b]).await;
    assert_eq!(server.say(room, a, "first").await.seq, 1);
    assert_eq!(other.say(room, a, "second").await.seq, 2);
    let third = server.say(room, a, "third").await;
    assert_eq!((third.seq, third.rev), (3, 3));
    other.apply(remove(room, a)).await.unwrap();
    let refused = server.apply(Change::Append(draft(room, a, "fifth"))).await;
    assert!(matches!(refused, Err(ChangeError::NotMember)), "{refused:?}");
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_is_acknowledged_after_it_is_stored() {
    let (db, home) = sqlite().await;
    db.migrate().await.unwrap();
    let world = World::sql(&db, Some(home));
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let say = || world.apply(Change::Append(draft(room, a, &"words ".repeat(500))));
    for _ in 0..3 {
        for _ in 0..5 {
            let no_more_pages = "PRAGMA max_page_count = 1";
            db.writer().execute_unprepared(no_more_pages).await.unwrap();
            let refused = loop {
                if let Err(refused) = say().await {
                    break refused;
                }
            };
            assert!(matches!(refused, ChangeError::Port(PortError::Full(_))), "{refused:?}");
        }
        let pages_again = "PRAGMA max_page_count = 100000";
        db.writer().execute_unprepared(pages_again).await.unwrap();
        let stored = message_of(say().await.unwrap());
        let found = world.messages.get_many(&[stored.id]).await.unwrap();
        assert_eq!(found.len(), 1, "it was only stored in a transaction that never ends");
    }
}

#[tokio::test]
async fn mysql_connections_are_strict_and_read_what_is_committed() {
    let Some((db, _home)) = mysql().await else { return };
    let ask = async |variable: &str| -> String {
        let ask = Statement::from_string(DbBackend::MySql, format!("SHOW VARIABLES LIKE '{variable}'"));
        let row = db.reader().query_one_raw(ask).await.unwrap().unwrap();
        row.try_get("", "Value").unwrap()
    };
    assert!(ask("sql_mode").await.contains("STRICT_ALL_TABLES"));
    assert_eq!(ask("tx_isolation").await, "READ-COMMITTED");
    assert_eq!(ask("character_set_client").await, "utf8mb4");
}
