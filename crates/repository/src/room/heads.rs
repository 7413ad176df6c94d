//! Where members stand: read marks and exact unread counts.
//!
//! `seq` has no holes, so behind a read mark stand `last_seq - read_seq` messages. Unread of them
//! are all but the notices and recalled ones and the member's own, both of which are short ranges
//! of the index `messages_unread`: the count costs nothing for the messages that it counts.
//! Those that mention the member are a range of the marks.

use std::collections::HashMap;

use domain::port::RoomPosition;
use domain::room::{Room, RoomHead};
use domain::{RoomId, UserId};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Value};

use super::to_room;
use crate::entity::room;
use crate::error::RepositoryError;
use crate::search;
use crate::sql::{ids, marks, statement};

/// Most rooms when all are asked for.
const ROOMS_MAX: u32 = 1000;

/// A member's standing in a room.
struct Mark {
    user_id: i64,
    head: RoomHead,
}

pub(super) async fn of_user<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    rooms: Option<&[RoomId]>,
) -> Result<Vec<RoomHead>, RepositoryError> {
    let mut values = vec![Value::from(user_id.0)];
    let condition = match rooms {
        Some([]) => return Ok(Vec::new()),
        Some(rooms) => {
            values.extend(ids(rooms.iter().map(|id| id.0)));
            format!("rm.user_id = ? AND rm.room_id IN ({})", marks(rooms.len()))
        }
        None => format!("rm.user_id = ? ORDER BY r.updated_at DESC, r.id DESC LIMIT {ROOMS_MAX}"),
    };
    let (marks, _) = standing(connection, "", &condition, values).await?;
    Ok(marks.into_iter().map(|mark| mark.head).collect())
}

/// Where a person's rooms stand, in one statement and so at one moment.
pub(super) async fn positions_of_user<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
) -> Result<Vec<RoomPosition>, RepositoryError> {
    let sql = "SELECT r.id, r.last_seq, r.last_rev \
               FROM room_members rm JOIN rooms r ON r.id = rm.room_id WHERE rm.user_id = ?";
    let statement = statement(connection.get_database_backend(), sql, vec![user_id.0.into()]);
    let rows = connection.query_all_raw(statement).await?;
    let position = |row: &QueryResult| -> Result<RoomPosition, RepositoryError> {
        Ok(RoomPosition {
            room_id: RoomId(row.try_get_by_index(0)?),
            seq: row.try_get_by_index(1)?,
            rev: row.try_get_by_index(2)?,
        })
    };
    rows.iter().map(position).collect()
}

/// A room with where one of its members stands, in one go, since whoever enters a room needs both.
pub(super) async fn of_member<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    room_id: RoomId,
) -> Result<Option<(Room, RoomHead)>, RepositoryError> {
    let values = vec![user_id.0.into(), room_id.0.into()];
    let (marks, rows) = standing(connection, ROOM, "rm.user_id = ? AND rm.room_id = ?", values).await?;
    let (Some(mark), Some(row)) = (marks.first(), rows.first()) else {
        return Ok(None);
    };
    let room = to_room(room::Model::from_query_result(row, "")?)?;
    Ok(Some((room, mark.head)))
}

pub(super) async fn of_room<C: ConnectionTrait>(
    connection: &C,
    room_id: RoomId,
    users: &[UserId],
) -> Result<Vec<(UserId, RoomHead)>, RepositoryError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![Value::from(room_id.0)];
    values.extend(ids(users.iter().map(|id| id.0)));
    let condition = format!("rm.room_id = ? AND rm.user_id IN ({})", marks(users.len()));
    let (marks, _) = standing(connection, "", &condition, values).await?;
    Ok(marks
        .into_iter()
        .map(|mark| (UserId(mark.user_id), mark.head))
        .collect())
}

/// The columns of a room that [`standing`] does not ask for anyway.
const ROOM: &str = ", r.id, r.name, r.name_key, r.image, r.channel_type, r.join_policy, r.is_lobby, r.is_read_only, \
     r.pair_low, r.pair_high, r.member_count, r.created_at, r.updated_at";

/// Where members stand, and the rows that say so, with `more` columns.
async fn standing<C: ConnectionTrait>(
    connection: &C,
    more: &str,
    condition: &str,
    values: Vec<Value>,
) -> Result<(Vec<Mark>, Vec<QueryResult>), RepositoryError> {
    let backend = connection.get_database_backend();
    let sql = format!(
        "SELECT rm.user_id, rm.room_id, r.last_seq, r.last_rev, rm.read_seq{}{more} \
         FROM room_members rm JOIN rooms r ON r.id = rm.room_id WHERE {condition}",
        if backend == DbBackend::Sqlite { COUNTS } else { ", 0, 0" }
    );
    let rows = connection.query_all_raw(statement(backend, sql, values)).await?;
    let mut marks = Vec::with_capacity(rows.len());
    for row in &rows {
        let last_seq: i64 = row.try_get_by_index(2)?;
        let read_seq: i64 = row.try_get_by_index(4)?;
        let uncounted: i64 = row.try_get_by_index(5)?;
        marks.push(Mark {
            user_id: row.try_get_by_index(0)?,
            head: RoomHead {
                id: RoomId(row.try_get_by_index(1)?),
                last_seq,
                last_rev: row.try_get_by_index(3)?,
                read_seq,
                unread_count: (last_seq - read_seq - uncounted).max(0),
                unread_mentions: row.try_get_by_index(6)?,
            },
        });
    }
    if backend != DbBackend::Sqlite {
        count(connection, &mut marks).await?;
    }
    Ok((marks, rows))
}

/// For the row at hand, what stands behind the read mark but does not count, and what mentions the
/// member.
const COUNTS: &str = ", (SELECT COUNT(*) FROM messages m WHERE m.room_id = rm.room_id \
     AND m.unread_author IN (0, rm.user_id) AND m.seq > rm.read_seq), \
     (SELECT COUNT(*) FROM message_marks k WHERE k.room_id = rm.room_id \
     AND k.mark = '@' || rm.user_id AND k.seq > rm.read_seq)";

/// MySQL would read the whole history of a member for [`COUNTS`], since it makes a range only
/// of constants: so the read marks go back as such.
async fn count<C: ConnectionTrait>(connection: &C, marks: &mut [Mark]) -> Result<(), RepositoryError> {
    let part = "SELECT ? AS i, COUNT(*) AS n, \
                (SELECT COUNT(*) FROM message_marks WHERE room_id = ? AND mark = ? AND seq > ?) AS k FROM messages \
                WHERE room_id = ? AND unread_author IN (0, ?) AND seq > ? AND seq <= ?";
    let mut values = Vec::new();
    let mut parts = Vec::new();
    for (i, mark) in (0_i64..).zip(marks.iter()) {
        if mark.head.unread_count > 0 {
            let head = &mark.head;
            let mention = search::mark_of_mention(UserId(mark.user_id));
            values.extend([i.into(), head.id.0.into(), mention.into(), head.read_seq.into()]);
            values.extend([head.id.0, mark.user_id, head.read_seq, head.last_seq].map(Value::from));
            parts.push(part);
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    let counts = statement(connection.get_database_backend(), parts.join(" UNION ALL "), values);
    let mut counted: HashMap<i64, (i64, i64)> = HashMap::new();
    for row in connection.query_all_raw(counts).await? {
        counted.insert(
            row.try_get_by_index(0)?,
            (row.try_get_by_index(1)?, row.try_get_by_index(2)?),
        );
    }
    for (i, mark) in (0_i64..).zip(marks.iter_mut()) {
        let (less, mentions) = counted.get(&i).copied().unwrap_or_default();
        mark.head.unread_count = (mark.head.unread_count - less).max(0);
        mark.head.unread_mentions = mentions;
    }
    Ok(())
}
