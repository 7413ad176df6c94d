//! New rows of messages.

use std::collections::HashMap;

use domain::message::{ClientMsgId, Content, Message, Notice};
use domain::{MessageId, RoomId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Value};

use super::rooms::Rooms;
use crate::error::RepositoryError;
use crate::payload::{Columns, content_type};
use crate::search;
use crate::sql::{pieces, statement};

/// Columns that a new message fills, and its id where it is known before.
const COLUMNS: &str = "id, room_id, seq, rev, user_id, unread_author, content_type, text_message, media_message, \
     system_message, reply_id, client_msg_id, is_edited, reaction_count, created_at, updated_at";
/// A row of them: new messages are unedited and without reactions.
const ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0, ?, ?)";
/// Values of a row.
const VALUES: usize = 14;
/// Most rows of one statement; databases limit its values.
const CHUNK: usize = 1024;
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
    rooms: &mut Rooms,
    new: Vec<NewMessage>,
) -> Result<Vec<Message>, RepositoryError> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let at = rooms.at();
    let ids = match tx.get_database_backend() {
        DbBackend::Sqlite => {
            let first = rooms.new_message_ids(tx, new.len()).await?;
            let ids: Vec<i64> = (first..).take(new.len()).collect();
            insert(tx, &new, Some(&ids), at).await?;
            ids
        }
        _ => {
            insert(tx, &new, None, at).await?;
            read_back(tx, &new).await?
        }
    };
    let messages: Vec<Message> = new
        .into_iter()
        .zip(ids)
        .map(|(new, id)| Message {
            id: MessageId(id),
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
        .collect();
    search::add(tx, &messages).await?;
    Ok(messages)
}

/// Inserts the rows, with their ids where these are given out here.
async fn insert(
    tx: &DatabaseTransaction,
    new: &[NewMessage],
    ids: Option<&[i64]>,
    at: Timestamp,
) -> Result<(), RepositoryError> {
    let backend = tx.get_database_backend();
    let mut done = 0;
    for piece in pieces(new, CHUNK) {
        let mut values: Vec<Value> = Vec::with_capacity(piece.len() * VALUES);
        for (message, place) in piece.iter().zip(done..) {
            let id = ids.and_then(|ids| ids.get(place)).copied();
            values.extend(row(message, id, at)?);
        }
        done += piece.len();
        let mut sql = format!("INSERT INTO messages ({COLUMNS}) VALUES {ROW}");
        for _ in 1..piece.len() {
            sql.push_str(", ");
            sql.push_str(ROW);
        }
        tx.execute_raw(statement(backend, sql, values)).await?;
    }
    Ok(())
}

/// The values of a row. A NULL as its id lets MySQL give it one.
fn row(message: &NewMessage, id: Option<i64>, at: Timestamp) -> Result<[Value; VALUES], RepositoryError> {
    let columns = Columns::of(&message.content)?;
    let counts = columns.content_type != content_type::SYSTEM;
    let author = message.author.map(|id| id.0);
    let client_msg_id = message.client_msg_id.as_ref();
    Ok([
        id.into(),
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
        client_msg_id.map(|id| id.as_str().as_bytes().to_vec()).into(),
        at.0.into(),
        at.0.into(),
    ])
}

/// Reads the ids of the new rows: those of each room are one run of seqs.
async fn read_back(tx: &DatabaseTransaction, new: &[NewMessage]) -> Result<Vec<i64>, RepositoryError> {
    let mut ids: HashMap<(i64, i64), i64> = HashMap::with_capacity(new.len());
    let mut runs: HashMap<i64, (i64, i64)> = HashMap::new();
    for message in new {
        let run = runs.entry(message.room_id.0).or_insert((message.seq, message.seq));
        run.0 = run.0.min(message.seq);
        run.1 = run.1.max(message.seq);
    }
    let backend = tx.get_database_backend();
    let runs: Vec<(i64, (i64, i64))> = runs.into_iter().collect();
    for chunk in pieces(&runs, ROOMS_CHUNK) {
        let part = "(room_id = ? AND seq BETWEEN ? AND ?)";
        let sql = format!(
            "SELECT room_id, seq, id FROM messages WHERE {}",
            vec![part; chunk.len()].join(" OR ")
        );
        let values = chunk
            .iter()
            .flat_map(|(room, (first, last))| [*room, *first, *last].map(Value::from))
            .collect();
        for row in tx.query_all_raw(statement(backend, sql, values)).await? {
            let place = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            ids.insert(place, row.try_get_by_index(2)?);
        }
    }
    let id = |message: &NewMessage| ids.get(&(message.room_id.0, message.seq)).copied();
    let ids: Option<Vec<i64>> = new.iter().map(id).collect();
    ids.ok_or(RepositoryError::Broken("a stored message has no id"))
}
