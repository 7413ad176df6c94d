//! Rooms, members who never come and old messages, written straight into the file of a stopped
//! server. All counters are what they would be if everything had come over the sockets.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use reqwest::Method;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use serde_json::json;

use super::{Growth, Sizes};
use crate::dialect::Seat;
use crate::people::{DataFolder, Person, SMALL_ROOM};

/// Members of a small room.
pub(super) const SMALL: usize = SMALL_ROOM;
/// Ids from here on are given by us.
const FIRST_ROOM: i64 = 1000;
const FIRST_OFFLINE: i64 = 1_000_000;
/// All old messages say it. One of them is sent, and lends the others its entry for the search.
const TEXT: &str = "see you there";
/// A power failure would only end the run.
const QUICKLY: &str = "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000";

/// A stopped server that knows people, and the people.
pub(super) struct Template {
    pub(super) sizes: Sizes,
    folder: DataFolder,
    people: Vec<Person>,
}

impl Template {
    pub(super) fn make(binary: &Path, folder: &Path, sizes: Sizes) -> Result<Self> {
        let made = DataFolder::make(binary, folder, async |api| {
            let people = api.people(sizes.crowd + sizes.others()).await?;
            let seats = api.seats(&people[..1]).await?;
            let room = seats.first().context("no room")?.room;
            let message = json!({
                "channelId": room,
                "contentType": "TEXT_MESSAGE",
                "textMessage": {"text": TEXT, "mention": []},
                "clientMsgId": "first",
            });
            let token = Some(people[0].token.as_str());
            api.call(Method::POST, "/room/message", token, message).await?;
            Ok(people)
        });
        let (folder, people) = made.context("cannot make the people")?;
        Ok(Self { sizes, folder, people })
    }

    /// Those who talk or hear, and all others.
    pub(super) fn people(&self) -> (&[Person], &[Person]) {
        self.people.split_at(self.sizes.crowd)
    }

    /// A seat for each of the crowd: all in one room, or in small ones.
    pub(super) fn seats(&self, growth: Growth) -> Vec<Seat> {
        let room = |index: usize| match growth {
            Growth::Rooms => room_id(index / SMALL),
            _ => room_id(0),
        };
        let crowd = self.people().0.iter().enumerate();
        crowd.map(|(index, person)| person.seat(room(index))).collect()
    }

    /// A copy with everything in it that there is at a step.
    pub(super) fn filled(&self, growth: Growth, step: usize, folder: &Path) -> Result<DataFolder> {
        let copy = self.folder.copy(folder)?;
        let amount = growth.amount(self.sizes, step);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(self.fill(&copy, growth, amount))?;
        Ok(copy)
    }

    async fn fill(&self, folder: &DataFolder, growth: Growth, amount: usize) -> Result<()> {
        let file = folder.path().join("storage/banter.db");
        let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
        options.max_connections(1).sqlx_logging(false);
        let database = Database::connect(options).await?;
        database.execute_unprepared(QUICKLY).await?;
        for statement in self.statements(growth, amount)? {
            let transaction = database.begin().await?;
            transaction.execute_unprepared(&statement).await?;
            transaction.commit().await?;
        }
        ensure_whole(&database).await?;
        database.close().await?;
        Ok(())
    }

    fn statements(&self, growth: Growth, amount: usize) -> Result<Vec<String>> {
        let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
        let (crowd, others) = self.people();
        let crowd: Vec<i64> = crowd.iter().map(|person| person.id).collect();
        Ok(match growth {
            Growth::Connections => room(0, &crowd, now).into(),
            Growth::Members => {
                let mut statements = Vec::from(room(0, &crowd, now));
                statements.extend(offline(amount - crowd.len(), now));
                statements
            }
            Growth::Rooms => {
                let small = crowd.chunks(SMALL).map(<[i64]>::to_vec);
                // The others share their rooms with ever different people.
                let mut rest = others.iter().map(|person| person.id).cycle();
                let silent = (crowd.len() / SMALL..amount).map(|_| rest.by_ref().take(SMALL).collect());
                let rooms = small.chain(silent).enumerate();
                rooms.flat_map(|(index, members)| room(index, &members, now)).collect()
            }
            Growth::History => {
                let members = &crowd[..SMALL];
                let mut statements = Vec::from(room(0, members, now));
                statements.extend(history(amount, members, now));
                statements
            }
        })
    }
}

fn room_id(index: usize) -> i64 {
    FIRST_ROOM + i64::try_from(index).unwrap_or(i64::MAX)
}

/// A room and its members.
fn room(index: usize, members: &[i64], now: i64) -> [String; 2] {
    let (id, count) = (room_id(index), members.len());
    let rows: Vec<String> = members
        .iter()
        .enumerate()
        .map(|(place, user)| {
            let role = if place == 0 { "creator" } else { "member" };
            format!("({id}, {user}, '{role}', 0, {now})")
        })
        .collect();
    [
        format!(
            "INSERT INTO rooms (id, name, name_key, image, channel_type, join_policy, is_read_only, last_seq, last_rev, \
             member_count, created_at, updated_at) \
             VALUES ({id}, 'Room', 'room', '', 'PUBLIC', 'open', 0, 0, 0, {count}, {now}, {now})"
        ),
        format!(
            "INSERT INTO room_members (room_id, user_id, role, read_seq, joined_at) VALUES {}",
            rows.join(", ")
        ),
    ]
}

/// More members of the room, who never come.
fn offline(count: usize, now: i64) -> [String; 3] {
    let room = room_id(0);
    let numbers = numbers(count);
    [
        format!(
            "{numbers} INSERT INTO users (id, username, username_key, email, email_key, password, bio, qq, wechat, \
             github, permission, image, created_at, updated_at) \
             SELECT {FIRST_OFFLINE} + it, 'offline' || it, 'offline' || it, 'offline-' || it || '@bench.example', \
             'offline-' || it || '@bench.example', '', '', '', '', '', 'user', '', {now}, {now} FROM number"
        ),
        format!(
            "{numbers} INSERT INTO room_members (room_id, user_id, role, read_seq, joined_at) \
             SELECT {room}, {FIRST_OFFLINE} + it, 'member', 0, {now} FROM number"
        ),
        format!("UPDATE rooms SET member_count = member_count + {count} WHERE id = {room}"),
    ]
}

/// Messages of the room, a second apart, that all members have read.
fn history(count: usize, members: &[i64], now: i64) -> [String; 5] {
    let room = room_id(0);
    let numbers = numbers(count);
    let cases: Vec<String> = members
        .iter()
        .enumerate()
        .map(|(place, user)| format!("WHEN {place} THEN {user}"))
        .collect();
    let author = format!("CASE it % {} {} END", members.len(), cases.join(" "));
    let said = format!("{now} - ({count} - it) * 1000");
    [
        format!(
            "{numbers} INSERT INTO messages (room_id, seq, rev, user_id, unread_author, content_type, text_message, \
             client_msg_id, is_edited, reaction_count, created_at, updated_at) \
             SELECT {room}, it, it, {author}, {author}, 'TEXT_MESSAGE', '{{\"text\":\"{TEXT}\",\"mention\":[]}}', \
             CAST('history-' || it AS BLOB), 0, 0, {said}, {said} FROM number"
        ),
        format!(
            "INSERT INTO message_search (rowid, tokens) \
             SELECT id, (SELECT tokens FROM message_search ORDER BY rowid LIMIT 1) FROM messages WHERE room_id = {room}"
        ),
        // As it is after a while, so that the first messages do not pay for what was filled in.
        "INSERT INTO message_search (message_search) VALUES ('optimize')".to_owned(),
        format!("UPDATE rooms SET last_seq = {count}, last_rev = {count} WHERE id = {room}"),
        format!("UPDATE room_members SET read_seq = {count} WHERE room_id = {room}"),
    ]
}

/// The table `number` with all numbers from 1 to `count`.
fn numbers(count: usize) -> String {
    format!(
        "WITH RECURSIVE number (it) AS (SELECT 1 WHERE {count} > 0 UNION ALL SELECT it + 1 FROM number WHERE it < {count})"
    )
}

/// Fails where the rows do not agree with each other.
async fn ensure_whole(database: &DatabaseConnection) -> Result<()> {
    for (what, rows) in [
        (
            "members",
            "SELECT 1 FROM rooms WHERE member_count <> (SELECT COUNT(*) FROM room_members WHERE room_id = rooms.id)",
        ),
        (
            "messages",
            "SELECT 1 FROM rooms WHERE last_seq <> (SELECT COALESCE(MAX(seq), 0) FROM messages WHERE room_id = rooms.id)",
        ),
        (
            "search entries",
            "SELECT 1 FROM (SELECT COUNT(*) AS it FROM messages WHERE content_type = 'TEXT_MESSAGE') AS said, \
             (SELECT COUNT(*) AS it FROM message_search WHERE tokens <> '') AS found WHERE said.it <> found.it",
        ),
        ("people", "SELECT 1 FROM pragma_foreign_key_check"),
    ] {
        let wrong = database
            .query_one_raw(sea_orm::Statement::from_string(database.get_database_backend(), rows))
            .await?;
        ensure!(wrong.is_none(), "the {what} that were filled in do not agree");
    }
    Ok(())
}
