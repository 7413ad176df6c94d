//! What the databases do for single queries whose cost must not grow with what they pass over.

use domain::port::Change;
use domain::search::{Has, SearchFilter, SearchPage};
use domain::{MessageId, Timestamp};
use sea_orm::{ConnectionTrait, DbBackend};

use super::super::build::draft;
use super::super::world::HomeKey;
use super::{Ear, analyze, fill};
use crate::Database;

/// The pictures of a room come from an index in their order: a page costs what it holds.
pub(super) async fn what_a_room_holds_is_listed_without_sorting(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let (people, rooms) = fill(&world).await;
    let db = world.db.clone().unwrap();
    db.writer().execute_unprepared(analyze(db.backend())).await.unwrap();
    ear.take();
    for before in [None, Some(MessageId(2000))] {
        for (has, author) in [(Some(Has::Link), None), (None, Some(people[0])), (None, None)] {
            let filter = SearchFilter {
                has,
                author,
                ..SearchFilter::default()
            };
            let page = SearchPage {
                filter,
                room_id: Some(rooms[0]),
                before,
                limit: 5,
                ..SearchPage::default()
            };
            assert_eq!(world.messages.search(people[0], &page).await.unwrap().len(), 5);
        }
    }
    for statement in ear.take() {
        if !statement.sql.contains("room_members") {
            continue;
        }
        let mut explain = statement.clone();
        let (word, column, sorting) = match db.backend() {
            DbBackend::Sqlite => ("EXPLAIN QUERY PLAN", "detail", "TEMP B-TREE"),
            _ => ("EXPLAIN", "Extra", "filesort"),
        };
        explain.sql = format!("{word} {}", statement.sql);
        let rows = db.writer().query_all_raw(explain).await.unwrap();
        let plan: Vec<Option<String>> = rows.iter().map(|row| row.try_get("", column).unwrap()).collect();
        assert!(!plan.iter().flatten().any(|step| step.contains(sorting)), "{plan:?}");
    }
}

/// Counting unread messages costs the same for ten as for thousands.
pub(super) async fn unread_counts_read_only_what_does_not_count(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let batch: Vec<Change> = (0..2000)
        .map(|n| Change::Append(draft(room, if n % 100 == 0 { b } else { a }, "hi")))
        .collect();
    world.log.commit(batch, Timestamp(1)).await;
    let db = world.db.clone().unwrap();
    db.writer().execute_unprepared(analyze(db.backend())).await.unwrap();
    ear.take();
    assert_eq!(world.head(b, room).await.unread_count, 1980);
    for statement in ear.take() {
        if db.backend() == DbBackend::Sqlite {
            let mut explain = statement.clone();
            explain.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
            let rows = db.writer().query_all_raw(explain).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
            let covering = "COVERING INDEX messages_unread (room_id=? AND unread_author=? AND seq>?)";
            assert!(plan.iter().any(|step| step.contains(covering)), "{plan:?}");
        } else if statement.sql.contains("COUNT") {
            let mut explain = statement.clone();
            explain.sql = format!("EXPLAIN {}", statement.sql);
            let row = db.writer().query_one_raw(explain).await.unwrap().unwrap();
            assert_eq!(row.try_get::<String>("", "key").unwrap(), "messages_unread");
            // MariaDB gives the number as text.
            let rows = row
                .try_get::<String>("", "rows")
                .map(|rows| rows.parse::<i64>().unwrap());
            let rows = rows.or_else(|_| row.try_get::<i64>("", "rows")).unwrap();
            assert!(rows < 100, "{rows} rows");
        }
    }
}
