//! What the databases do for the queries that run all the time: how many statements they get,
//! and that they look things up instead of reading whole tables.

mod one;
mod parts;

use std::sync::{Arc, Mutex};

use domain::message::Anchor;
use domain::port::{Change, MembersPage};
use domain::preference::Preference;
use domain::room::OpenRoomsPage;
use domain::search::{Has, SearchFilter, SearchPage, SearchQuery};
use domain::session::NewSession;
use domain::user::UserFilter;
use domain::{RoomId, UserId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::build::{at, draft, draft_with_id, edit, message_of, react, recall, upload};
use super::invitation::{entering, invitation};
use super::preference::preference;
use super::world::{HomeKey, World, mysql, sqlite};
use crate::Database;
use one::{unread_counts_read_only_what_does_not_count, what_a_room_holds_is_listed_without_sorting};
use parts::what_is_too_much_for_one_packet_goes_in_in_parts;

/// Hears all statements of a world.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<Statement>>>);

impl Ear {
    /// A world over an empty, migrated database, and an ear on it.
    async fn on((db, home): (Database, HomeKey)) -> (World, Self) {
        db.migrate().await.unwrap();
        let ear = Self::default();
        let heard = ear.0.clone();
        let observed = db.observed(move |statement| heard.lock().unwrap().push(statement.clone()));
        (World::sql(&observed, Some(home)), ear)
    }

    /// What was said since the last time.
    fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

async fn a_batch_takes_as_many_statements_for_many_messages_as_for_few(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let (a, b) = (world.user("a").await, world.user("b").await);
    let rooms = [world.room("one", &[a, b]).await, world.room("two", &[a, b]).await];
    let answered: Vec<_> = [world.say(rooms[0], a, "?").await, world.say(rooms[1], a, "?").await].to_vec();
    let mut counts = Vec::new();
    for size in [4_usize, 16, 64, 500] {
        let mut batch = Vec::new();
        for n in 0..size {
            let key = format!("{size}/{n}");
            world.uploads.insert(&upload(&key, a)).await.unwrap();
            let mut one = draft_with_id(rooms[n % 2], if n % 3 == 0 { b } else { a }, "hi", &key);
            one.reply_id = Some(answered[n % 2].id);
            one.upload_key = (n % 3 != 0).then_some(key);
            batch.push(Change::Append(one));
        }
        ear.take();
        for answer in world.log.commit(batch, at(1)).await {
            answer.unwrap();
        }
        counts.push(ear.take().len());
    }
    // Large batches are inserted in a few pieces, since each size of statement is parsed anew.
    assert!(counts.iter().all(|count| *count <= 12), "{counts:?}");
}

async fn people_who_leave_at_once_share_a_statement(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let (a, b, c, d) = (
        world.user("a").await,
        world.user("b").await,
        world.user("c").await,
        world.user("d").await,
    );
    // The first one waits for whoever holds the row, so that the others come meanwhile.
    let db = world.db.as_ref().unwrap();
    let holder = db.begin().await.unwrap();
    let touch = Statement::from_string(db.backend(), format!("UPDATE users SET bio = bio WHERE id = {a}"));
    holder.execute_raw(touch).await.unwrap();
    ear.take();
    let left = |id, at| world.users.set_last_seen(id, at);
    let all = async { futures_util::join!(left(a, at(1)), left(b, at(2)), left(c, at(3)), left(d, at(4))) };
    let mut all = std::pin::pin!(all);
    assert!(futures_util::poll!(&mut all).is_pending());
    holder.commit().await.unwrap();
    let done = all.await;
    for result in [done.0, done.1, done.2, done.3] {
        result.unwrap();
    }
    let heard = ear.take();
    assert_eq!(
        heard.len(),
        2,
        "the first one goes alone, the others together: {heard:?}"
    );
    let mut people = world.users.get_many(&[a, b, c, d]).await.unwrap();
    people.sort_by_key(|user| user.id);
    let seen: Vec<_> = people.into_iter().map(|user| user.last_seen_at).collect();
    assert_eq!(seen, [1, 2, 3, 4].map(|time| Some(at(time))));
}

/// Enough rows for the planner to mind.
async fn fill(world: &World) -> (Vec<UserId>, Vec<RoomId>) {
    let mut people = Vec::new();
    for n in 0..120 {
        let user_id = world.user(&format!("user{n}")).await;
        let session = NewSession {
            user_id,
            user_agent: String::new(),
            address: String::new(),
            created_at: at(n),
            expires_at: at(1_000_000),
        };
        let hash = format!("hash of user{n}");
        world.sessions.insert(session, &hash).await.unwrap().unwrap();
        people.push(user_id);
    }
    let mut rooms = Vec::new();
    let mut batch = Vec::new();
    for n in 0..120 {
        let members: Vec<UserId> = (0..8).map(|m| people[(n * 7 + m) % people.len()]).collect();
        let room = world.room(&format!("room{n}"), &members).await;
        for m in 0..40 {
            let id = format!("{n}/{m}");
            batch.push(Change::Append(draft_with_id(
                room,
                members[m % 8],
                "some words 你好 https://a.example",
                &id,
            )));
        }
        world
            .uploads
            .insert(&upload(&format!("k{n}"), members[0]))
            .await
            .unwrap();
        world
            .friends
            .befriend(people[n], people[(n + 1) % 120], at(0))
            .await
            .unwrap();
        rooms.push(room);
        let one = invitation(u128::try_from(n).unwrap() + 1, room, members[0], 0);
        world.invitations.insert(&one).await.unwrap();
    }
    for answer in world.log.commit(batch, at(1)).await {
        answer.unwrap();
    }
    world.db.as_ref().unwrap().index_pending(u32::MAX).await.unwrap();
    (people, rooms)
}

/// Does everything that happens all the time.
async fn work(world: &World, people: &[UserId], rooms: &[RoomId]) {
    let (me, room) = (people[0], rooms[0]);
    for anchor in [
        Anchor::Newest,
        Anchor::Before(20),
        Anchor::After(20),
        Anchor::Around(20),
    ] {
        world.messages.history(room, anchor, 5).await.unwrap();
    }
    world.messages.changed_since(room, 30, 5).await.unwrap();
    world.messages.newest_of(&rooms[..3]).await.unwrap();
    world.rooms.heads(me, Some(&rooms[..3])).await.unwrap();
    world.rooms.heads(me, None).await.unwrap();
    world.rooms.heads_in(room, &people[..3]).await.unwrap();
    world.rooms.get_many(&rooms[..3]).await.unwrap();
    world.rooms.member(room, me).await.unwrap();
    world.rooms.own(me, room).await.unwrap();
    world
        .rooms
        .members(
            room,
            MembersPage {
                after: Some(me),
                limit: 3,
            },
        )
        .await
        .unwrap();
    world.rooms.members_among(room, &people[..3]).await.unwrap();
    world.rooms.leading_members(&rooms[..3], 2).await.unwrap();
    world.rooms.positions_of(me).await.unwrap();
    world.rooms.ids_of_each(&people[..3]).await.unwrap();
    world.rooms.list_of(me, None, 3).await.unwrap();
    for name in [None, Some("room7")] {
        let page = OpenRoomsPage {
            name: SearchQuery::parse_optional(name).unwrap(),
            after: Some(room),
            limit: 3,
        };
        world.rooms.open(me, &page).await.unwrap();
    }
    world.rooms.mark_read(room, me, 9).await.unwrap();
    world.rooms.lobby("Lobby", at(0)).await.unwrap();
    world.friends.friends(me, None, 3).await.unwrap();
    world.friends.unfriend(me, people[1], at(2)).await.unwrap();
    world.friends.befriend(me, people[1], at(2)).await.unwrap();
    world.users.get_many(&people[..3]).await.unwrap();
    world.users.credentials_by_email("user7@example.com").await.unwrap();
    world.users.credentials_by_name("user7").await.unwrap();
    world
        .users
        .find(&UserFilter::NamePrefix("user77".to_owned()), None, 3)
        .await
        .unwrap();
    world.users.set_last_seen(me, at(3)).await.unwrap();
    let chosen = [preference("k", "1", 1), preference("l", "1", 1)];
    world.preferences.set(me, &chosen).await.unwrap();
    world
        .preferences
        .set(
            me,
            &[Preference {
                value: None,
                ..preference("k", "1", 2)
            }],
        )
        .await
        .unwrap();
    world.preferences.list(me, None, 3).await.unwrap();
    let invited = invitation(0, room, me, 0);
    world.invitations.insert(&invited).await.unwrap();
    world.invitations.get(invited.code).await.unwrap();
    world.invitations.live_of(room, at(5)).await.unwrap();
    world.apply(entering(room, people[60], invited.code)).await.unwrap();
    world.invitations.remove(invited.code).await.unwrap();
    let session = world.sessions.live_of(me, at(5)).await.unwrap()[0].id;
    world.sessions.get(session).await.unwrap();
    world.sessions.get_with_permission(session).await.unwrap();
    world
        .sessions
        .rotate(session, 0, "", at(5), at(1_000_000))
        .await
        .unwrap();
    world.sessions.revoke_surplus(me, 1, at(5)).await.unwrap();
    world.sessions.forget_ended(at(5)).await.unwrap();
    world.uploads.expire_unused(at(0), at(5)).await.unwrap();
    world.uploads.bytes_of(me).await.unwrap();
    let within = upload("within", me);
    assert!(world.uploads.insert_within(&within, u64::MAX).await.unwrap());
    world.sessions.set_password(me, None, "new", None, at(5)).await.unwrap();
    world.uploads.get("thumb.k0").await.unwrap();
    let mut carrying = draft_with_id(room, me, "hi", "new");
    carrying.upload_key = Some("k0".to_owned());
    let message = message_of(world.apply(Change::Append(carrying)).await.unwrap());
    world.uploads.is_readable_by("k0", me).await.unwrap();
    world
        .apply(Change::Append(draft_with_id(room, me, "hi", "new")))
        .await
        .unwrap();
    world.apply(react(&message, me, "👍", true)).await.unwrap();
    world.apply(edit(&message, "ho")).await.unwrap();
    world.apply(recall(&message, me)).await.unwrap();
    let batch = rooms[..12].iter().zip(0..).map(|(room, n)| {
        let author = people[(n * 7) % people.len()];
        Change::Append(draft(*room, author, "to many rooms"))
    });
    for answer in world.log.commit(batch.collect(), at(6)).await {
        answer.unwrap();
    }
    for query in [Some("你好"), Some("rare 词"), None] {
        for filter in filters(me) {
            for room_id in [None, Some(room)] {
                let page = SearchPage {
                    query: SearchQuery::parse_optional(query).unwrap(),
                    filter: filter.clone(),
                    room_id,
                    before: Some(message.id),
                    limit: 5,
                };
                if !page.asks_nothing() {
                    world.messages.search(me, &page).await.unwrap();
                }
            }
        }
    }
}

/// All filters but for those that differ only in a value.
fn filters(me: UserId) -> Vec<SearchFilter> {
    let mut filters = Vec::new();
    for author in [None, Some(me)] {
        for (since, until) in [(None, None), (Some(at(0)), None), (None, Some(at(9)))] {
            for (has, mentions_searcher) in [(None, false), (Some(Has::Link), false), (Some(Has::Image), true)] {
                filters.push(SearchFilter {
                    author,
                    since,
                    until,
                    has,
                    mentions_searcher,
                });
            }
        }
    }
    filters
}

/// The parts of the database's plan for the statement that read a whole table or index.
async fn scans(db: &Database, statement: &Statement) -> Vec<String> {
    let mut explain = statement.clone();
    let mut found = Vec::new();
    if db.backend() == DbBackend::Sqlite {
        explain.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        for row in db.writer().query_all_raw(explain).await.unwrap() {
            let detail: String = row.try_get("", "detail").unwrap();
            // The full-text index shows as a scan; the wanted pairs are read as a whole, of course.
            let harmless = ["VIRTUAL TABLE", "CONSTANT ROW", "subquery", "VALUES CLAUSE"];
            if detail.starts_with("SCAN") && !harmless.iter().any(|word| detail.contains(word)) {
                found.push(detail);
            }
        }
    } else {
        explain.sql = format!("EXPLAIN {}", statement.sql);
        for row in db.writer().query_all_raw(explain).await.unwrap() {
            let table: Option<String> = row.try_get("", "table").unwrap();
            let how: Option<String> = row.try_get("", "type").unwrap();
            let (table, how) = (table.unwrap_or_default(), how.unwrap_or_default());
            if matches!(how.as_str(), "ALL" | "index") && !table.starts_with('<') {
                found.push(format!("{how} of {table}"));
            }
        }
    }
    found
}

async fn no_frequent_statement_reads_a_whole_table(database: (Database, HomeKey)) {
    let (world, ear) = Ear::on(database).await;
    let (people, rooms) = fill(&world).await;
    let db = world.db.clone().unwrap();
    db.writer().execute_unprepared(analyze(db.backend())).await.unwrap();
    ear.take();
    work(&world, &people, &rooms).await;
    let heard = ear.take();
    assert!(heard.len() > 80, "the work was heard");
    let mut bad = Vec::new();
    for statement in heard {
        let verb = statement.sql.split(' ').next().unwrap_or_default();
        // The backlog is short by its nature, and its lowest rows are what is wanted.
        let is_queue = statement.sql.contains("FROM search_backlog");
        // SQLite's own, with a row for each table.
        let is_counter = statement.sql.contains("FROM sqlite_sequence");
        if !matches!(verb, "SELECT" | "UPDATE" | "DELETE") || is_queue || is_counter {
            continue;
        }
        for scan in scans(&db, &statement).await {
            bad.push(format!("{scan}: {}", statement.sql));
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    // The check itself can see.
    let sql = "SELECT id FROM messages WHERE created_at = 7";
    let statement = Statement::from_string(db.backend(), sql);
    assert_eq!(scans(&db, &statement).await.len(), 1);
}

fn analyze(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Sqlite => "ANALYZE",
        _ => {
            "ANALYZE TABLE users, sessions, rooms, room_members, user_friends, messages, reactions, uploads, \
             preferences, message_marks, message_search, search_backlog, invitations"
        }
    }
}

on_both! {
    people_who_leave_at_once_share_a_statement,
    a_batch_takes_as_many_statements_for_many_messages_as_for_few,
    no_frequent_statement_reads_a_whole_table,
    what_a_room_holds_is_listed_without_sorting,
    unread_counts_read_only_what_does_not_count,
    what_is_too_much_for_one_packet_goes_in_in_parts,
}
