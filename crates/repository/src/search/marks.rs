//! Marks: what messages hold beside their words, in a table that finds it by room.
//!
//! Few messages have any, so they are made with the message and never left for later.

use domain::UserId;
use domain::message::Message;
use domain::search::Has;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Value};

use crate::error::RepositoryError;
use crate::sql::statement;

/// Rows of one statement; databases limit its values.
const CHUNK: usize = 1000;

/// The mark of what a message can hold.
pub(crate) fn of_has(has: Has) -> String {
    has.as_str().to_owned()
}

/// The mark of a person who is mentioned.
pub(crate) fn of_mention(user_id: UserId) -> String {
    format!("@{user_id}")
}

/// Makes the marks of new messages.
pub(super) async fn add(tx: &DatabaseTransaction, messages: &[Message]) -> Result<(), RepositoryError> {
    let rows: Vec<(&Message, String)> = messages
        .iter()
        .flat_map(|message| of_message(message).map(move |mark| (message, mark)))
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let sql = format!(
            "INSERT INTO message_marks (message_id, mark, room_id, seq) VALUES (?, ?, ?, ?){}",
            ", (?, ?, ?, ?)".repeat(chunk.len() - 1)
        );
        let values = chunk.iter().flat_map(|(message, mark)| {
            let place = [message.room_id.0, message.seq].map(Value::from);
            [message.id.0.into(), mark.as_str().into()].into_iter().chain(place)
        });
        let sql = statement(tx.get_database_backend(), sql, values.collect());
        tx.execute_raw(sql).await?;
    }
    Ok(())
}

/// Takes a message's marks away.
pub(super) async fn forget(tx: &DatabaseTransaction, id: i64) -> Result<(), RepositoryError> {
    let sql = "DELETE FROM message_marks WHERE message_id = ?";
    tx.execute_raw(statement(tx.get_database_backend(), sql, vec![id.into()]))
        .await?;
    Ok(())
}

fn of_message(message: &Message) -> impl Iterator<Item = String> {
    let content = &message.content;
    let has = Has::ALL.into_iter().filter(|has| has.is_in(content)).map(of_has);
    has.chain(message.mentioned().map(of_mention))
}
