//! Keeping the index true.
//!
//! Order of locks on MySQL: the backlog's row before the entry's. Whoever changes a message also
//! takes its row out of the backlog first, so the one who works it off sees the change or waits.

use domain::message::{Content, Message};
use domain::{MessageId, RoomId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    Value,
};

use super::{marks, tokens};
use crate::Database;
use crate::entity::message;
use crate::error::RepositoryError;
use crate::payload;
use crate::sql::{ids, marks as question_marks, statement};
use crate::transaction::transaction;

/// Most messages whose entries are made in the transaction that stores them.
const AT_ONCE_MAX: usize = 16;
/// Most characters in them.
const AT_ONCE_CHARACTERS_MAX: usize = 4096;
/// Bytes of one statement, roughly; servers limit them.
const BYTES_MAX: usize = 1 << 20;
/// Messages that are worked off in one transaction.
const CHUNK: u32 = 256;

/// Makes the marks of new messages and their entries, or notes that these are missing.
pub(crate) async fn add(tx: &DatabaseTransaction, messages: &[Message]) -> Result<(), RepositoryError> {
    marks::add(tx, messages).await?;
    let characters: usize = messages.iter().map(|message| size(&message.content)).sum();
    if messages.len() <= AT_ONCE_MAX && characters <= AT_ONCE_CHARACTERS_MAX {
        let entries = messages
            .iter()
            .filter_map(|message| Some((message.id.0, tokens::of_content(&message.content)?)))
            .collect();
        return insert(tx, entries).await;
    }
    let missing: Vec<i64> = messages
        .iter()
        .filter(|message| size(&message.content) > 0)
        .map(|message| message.id.0)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO search_backlog (message_id) VALUES (?){}",
        ", (?)".repeat(missing.len() - 1)
    );
    run(tx, sql, ids(missing)).await
}

/// Roughly what indexing it costs: its characters in bytes.
fn size(content: &Content) -> usize {
    match content {
        Content::Text(text) => text.text.len(),
        Content::Media(media) => media.name.len() + media.text.as_ref().map_or(0, String::len),
        Content::Notice(_) | Content::Recalled { .. } => 0,
    }
}

/// Takes a message's entry and marks away.
pub(crate) async fn forget(tx: &DatabaseTransaction, id: MessageId) -> Result<(), RepositoryError> {
    marks::forget(tx, id.0).await?;
    let id = Value::from(id.0);
    let waiting = "DELETE FROM search_backlog WHERE message_id = ?";
    run(tx, waiting, vec![id.clone()]).await?;
    let entry = format!("DELETE FROM message_search WHERE {} = ?", key(tx));
    run(tx, entry, vec![id]).await
}

/// Gives a message whose words changed its new entry and marks.
pub(crate) async fn replace(tx: &DatabaseTransaction, message: &Message) -> Result<(), RepositoryError> {
    forget(tx, message.id).await?;
    marks::add(tx, std::slice::from_ref(message)).await?;
    let entry = tokens::of_content(&message.content).map(|tokens| (message.id.0, tokens));
    insert(tx, entry.into_iter().collect()).await
}

/// Takes away the entries of all messages of a room. Their marks go with them.
pub(crate) async fn forget_room(tx: &DatabaseTransaction, room_id: RoomId) -> Result<(), RepositoryError> {
    let of_room = "(SELECT id FROM messages WHERE room_id = ?)";
    let waiting = format!("DELETE FROM search_backlog WHERE message_id IN {of_room}");
    run(tx, waiting, vec![room_id.0.into()]).await?;
    let entries = format!("DELETE FROM message_search WHERE {} IN {of_room}", key(tx));
    run(tx, entries, vec![room_id.0.into()]).await
}

/// Works off everything that waits now.
pub(super) async fn drain_all(db: &Database) -> Result<(), RepositoryError> {
    let newest = Statement::from_string(db.backend(), "SELECT MAX(message_id) FROM search_backlog");
    let newest: Option<i64> = match db.reader().query_one_raw(newest).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => None,
    };
    let Some(newest) = newest else { return Ok(()) };
    while drain_below(db, newest, CHUNK).await? == u64::from(CHUNK) {}
    Ok(())
}

/// Makes the entries of at most `limit` messages that wait for theirs; says how many.
pub(crate) async fn drain(db: &Database, limit: u32) -> Result<u64, RepositoryError> {
    let mut done = 0;
    while done < u64::from(limit) {
        let made = drain_below(db, i64::MAX, CHUNK.min(limit)).await?;
        done += made;
        if made < u64::from(CHUNK) {
            break;
        }
    }
    Ok(done)
}

async fn drain_below(db: &Database, newest: i64, limit: u32) -> Result<u64, RepositoryError> {
    transaction!(db.beside_rooms(), tx => drain_chunk(&tx, newest, limit).await)
}

async fn drain_chunk(tx: &DatabaseTransaction, newest: i64, limit: u32) -> Result<u64, RepositoryError> {
    let backend = tx.get_database_backend();
    let lock = if backend == DbBackend::Sqlite {
        ""
    } else {
        " FOR UPDATE"
    };
    let waiting = statement(
        backend,
        format!("SELECT message_id FROM search_backlog WHERE message_id <= ? ORDER BY message_id LIMIT {limit}{lock}"),
        vec![newest.into()],
    );
    let rows = tx.query_all_raw(waiting).await?;
    let waiting: Vec<i64> = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let messages = message::Entity::find()
        .filter(message::Column::Id.is_in(waiting.iter().copied()))
        .limit(u64::from(limit))
        .all(tx)
        .await?;
    let mut entries = Vec::with_capacity(messages.len());
    for mut row in messages {
        match payload::content(&mut row) {
            Ok(content) => entries.extend(tokens::of_content(&content).map(|tokens| (row.id, tokens))),
            // One bad row must not end all searching.
            Err(error) => tracing::error!(%error, "a message cannot be searched for"),
        }
    }
    let count = waiting.len() as u64;
    let done = format!(
        "DELETE FROM search_backlog WHERE message_id IN ({})",
        question_marks(waiting.len())
    );
    run(tx, done, ids(waiting)).await?;
    insert(tx, entries).await?;
    Ok(count)
}

async fn insert(tx: &DatabaseTransaction, entries: Vec<(i64, String)>) -> Result<(), RepositoryError> {
    let mut rest = entries.into_iter().peekable();
    while rest.peek().is_some() {
        let mut bytes = 0;
        let mut values = Vec::new();
        while bytes < BYTES_MAX
            && let Some((id, tokens)) = rest.next()
        {
            bytes += tokens.len();
            values.extend([Value::from(id), Value::from(tokens)]);
        }
        let sql = format!(
            "INSERT INTO message_search ({}, tokens) VALUES (?, ?){}",
            key(tx),
            ", (?, ?)".repeat(values.len() / 2 - 1)
        );
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// The column that holds the message's id.
fn key(tx: &DatabaseTransaction) -> &'static str {
    match tx.get_database_backend() {
        DbBackend::Sqlite => "rowid",
        _ => "message_id",
    }
}

async fn run(tx: &DatabaseTransaction, sql: impl Into<String>, values: Vec<Value>) -> Result<(), RepositoryError> {
    tx.execute_raw(statement(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}
