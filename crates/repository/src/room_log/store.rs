//! New rows of messages.

use std::collections::HashMap;

use domain::message::{ClientMsgId, Content, Message, Notice};
use domain::{MessageId, RoomId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Value};

use super::rooms::Rooms;
use crate::error::RepositoryError;
use crate::payload::{Columns, content_type};
use crate::search;
use crate::sql::statement;

/// Columns that a new message fills.
const COLUMNS: &str = "room_id, seq, rev, user_id, unread_author, content_type, text_message, media_message, \
     system_message, reply_id, client_msg_id, is_edited, reaction_count, created_at, updated_at";
/// A row of them.
const ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
/// Rows of one statement; databases limit its values.
const CHUNK: usize = 1000;
/// Rooms whose new rows are read back by one statement; databases limit its depth.
const ROOMS_CHUNK: usize = 250;

/// A message that has its place but no id yet.
pub(super) struct NewMessage {
    pub(super) room_id: RoomId,
    pub(super) seq: i64,
    pub(super) rev: i64,
    pub(super) author: Option<UserId>,
    pub(super) content: Content,
    pub(super) reply_id: Option<MessageId>,
    pub(super) client_msg_id: Option<ClientMsgId>,
}

/// Gives a notice the next place in its room. `None` when the room does not exist.
pub(super) fn placed(rooms: &mut Rooms, room_id: RoomId, notice: &Notice) -> Option<NewMessage> {
    let at = rooms.at();
    let (seq, rev) = rooms.get_mut(room_id)?.next_message(at);
    Some(NewMessage {
        room_id,
        seq,
        rev,
        author: notice.actor,
        content: Content::Notice(notice.clone()),
        reply_id: None,
        client_msg_id: None,
    })
}

/// Stores the messages and gives them back with their ids, in the same order.
pub(super) async fn store(
    tx: &DatabaseTransaction,
    new: Vec<NewMessage>,
    at: Timestamp,
) -> Result<Vec<Message>, RepositoryError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids: HashMap<(i64, i64), i64> = HashMap::with_capacity(new.len());
    for chunk in new.chunks(CHUNK) {
        insert(tx, chunk, at, &mut ids).await?;
    }
    if tx.get_database_backend() != DbBackend::Sqlite {
        read_back(tx, &new, &mut ids).await?;
    }
    let messages = new
        .into_iter()
        .map(|new| {
            let id = ids
                .get(&(new.room_id.0, new.seq))
                .ok_or(RepositoryError::Broken("a stored message has no id"))?;
            Ok(Message {
                id: MessageId(*id),
                room_id: new.room_id,
                seq: new.seq,
                rev: new.rev,
                author: new.author,
                client_msg_id: new.client_msg_id,
                content: new.content,
                reply_id: new.reply_id,
                is_edited: false,
                reactions: Vec::new(),
                created_at: at,
                updated_at: at,
            })
        })
        .collect::<Result<Vec<_>, RepositoryError>>()?;
    search::add(tx, &messages).await?;
    Ok(messages)
}

/// Inserts the rows. SQLite tells their ids at once; they are not in the order of the rows.
async fn insert(
    tx: &DatabaseTransaction,
    new: &[NewMessage],
    at: Timestamp,
    ids: &mut HashMap<(i64, i64), i64>,
) -> Result<(), RepositoryError> {
    let mut values: Vec<Value> = Vec::with_capacity(new.len() * 15);
    for message in new {
        let columns = Columns::of(&message.content)?;
        let counts = columns.content_type != content_type::SYSTEM;
        let author = message.author.map(|id| id.0);
        values.extend([
            message.room_id.0.into(),
            message.seq.into(),
            message.rev.into(),
            author.into(),
            author.filter(|_| counts).unwrap_or(0).into(),
            columns.content_type.into(),
            columns.text.into(),
            columns.media.into(),
            columns.system.into(),
            message.reply_id.map(|id| id.0).into(),
            message
                .client_msg_id
                .as_ref()
                .map(|id| id.as_str().as_bytes().to_vec())
                .into(),
            false.into(),
            0_i64.into(),
            at.0.into(),
            at.0.into(),
        ]);
    }
    let backend = tx.get_database_backend();
    let mut sql = format!("INSERT INTO messages ({COLUMNS}) VALUES {ROW}");
    for _ in 1..new.len() {
        sql.push_str(", ");
        sql.push_str(ROW);
    }
    if backend == DbBackend::Sqlite {
        sql.push_str(" RETURNING room_id, seq, id");
        collect(&tx.query_all_raw(statement(backend, sql, values)).await?, ids)
    } else {
        tx.execute_raw(statement(backend, sql, values)).await?;
        Ok(())
    }
}

/// Reads the ids of the new rows: those of each room are one run of seqs.
async fn read_back(
    tx: &DatabaseTransaction,
    new: &[NewMessage],
    ids: &mut HashMap<(i64, i64), i64>,
) -> Result<(), RepositoryError> {
    let mut runs: HashMap<i64, (i64, i64)> = HashMap::new();
    for message in new {
        let run = runs.entry(message.room_id.0).or_insert((message.seq, message.seq));
        run.0 = run.0.min(message.seq);
        run.1 = run.1.max(message.seq);
    }
    let runs: Vec<(i64, (i64, i64))> = runs.into_iter().collect();
    for chunk in runs.chunks(ROOMS_CHUNK) {
        let part = "(room_id = ? AND seq BETWEEN ? AND ?)";
        let sql = format!(
            "SELECT room_id, seq, id FROM messages WHERE {}",
            vec![part; chunk.len()].join(" OR ")
        );
        let values = chunk
            .iter()
            .flat_map(|(room, (first, last))| [*room, *first, *last].map(Value::from))
            .collect();
        let backend = tx.get_database_backend();
        collect(&tx.query_all_raw(statement(backend, sql, values)).await?, ids)?;
    }
    Ok(())
}

fn collect(rows: &[QueryResult], ids: &mut HashMap<(i64, i64), i64>) -> Result<(), RepositoryError> {
    for row in rows {
        let place = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        ids.insert(place, row.try_get_by_index(2)?);
    }
    Ok(())
}
