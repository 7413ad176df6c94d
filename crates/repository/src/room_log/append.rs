//! A run of new messages: a fixed number of statements for any number of them.

use std::collections::{HashMap, HashSet};

use domain::media::Scene;
use domain::message::Message;
use domain::port::{ChangeError, Draft, Outcome};
use domain::{MessageId, RoomId, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Value};

use super::Answer;
use super::membership::is_member;
use super::rooms::Rooms;
use super::store::{self, NewMessage};
use crate::entity::{message, upload};
use crate::error::RepositoryError;
use crate::message::load;
use crate::sql::{marks, padded_rows, statement};

/// What the database knows, besides rooms and members, that the drafts must agree with.
struct Facts {
    /// By author and client id: messages that were sent before, where these are looked for;
    /// `None` for one in a room that its author is in no more.
    sent: HashMap<(UserId, String), Option<Message>>,
    /// Where the answered messages stand.
    replies: HashMap<i64, RoomId>,
    /// Who may still send which upload.
    uploads: HashMap<String, UserId>,
}

/// What is to be done with a draft.
enum Verdict {
    Refused(ChangeError),
    Repeated(Box<Message>),
    /// It is stored as the run's next message.
    Stored,
    /// It repeats the run's message of that number.
    RepeatsStored(usize),
}

/// Stores those of the drafts that may be stored, and answers all of them in their order.
///
/// Without `repetitions`, messages that were sent before are not looked for: the database refuses
/// their ids then, and everything is to be done again with them.
pub(super) async fn append(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    drafts: &[&Draft],
    repetitions: bool,
) -> Result<Vec<Answer>, RepositoryError> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    rooms
        .find_members(tx, drafts.iter().map(|draft| (draft.room_id, draft.author)))
        .await?;
    let mut facts = Facts::gather(tx, drafts).await?;
    // What is refused may still be a repetition of what was not.
    let is_doubtful = |draft: &&Draft| draft.client_msg_id.is_some() && facts.refuses_to_store(rooms, draft).is_some();
    if repetitions || drafts.iter().any(is_doubtful) {
        facts.sent = sent(tx, rooms, drafts).await?;
    }
    let (verdicts, new, carried) = judge(rooms, facts, drafts);
    let stored = store::store(tx, rooms, new).await?;
    attach(tx, &stored, &carried).await?;
    answers(verdicts, stored)
}

fn answers(verdicts: Vec<Verdict>, stored: Vec<Message>) -> Result<Vec<Answer>, RepositoryError> {
    let lost = RepositoryError::Broken("a stored message was lost");
    let mut repeated: HashMap<usize, Message> = HashMap::new();
    for verdict in &verdicts {
        if let Verdict::RepeatsStored(number) = verdict {
            let message = stored.get(*number).ok_or_else(|| lost.clone())?;
            repeated.insert(*number, message.clone());
        }
    }
    // They were numbered in the order of the verdicts.
    let mut stored = stored.into_iter();
    let answer = |verdict| {
        Ok(match verdict {
            Verdict::Refused(error) => Err(error),
            Verdict::Repeated(message) => Ok(Outcome::Repeated(*message)),
            Verdict::Stored => Ok(Outcome::Appended(stored.next().ok_or_else(|| lost.clone())?)),
            Verdict::RepeatsStored(number) => {
                let message = repeated.get(&number).cloned();
                Ok(Outcome::Repeated(message.ok_or_else(|| lost.clone())?))
            }
        })
    };
    verdicts.into_iter().map(answer).collect()
}

/// Decides on each draft in its order, and gives those that are stored their places. Also tells
/// which upload goes with which of them.
fn judge(
    rooms: &mut Rooms,
    mut facts: Facts,
    drafts: &[&Draft],
) -> (Vec<Verdict>, Vec<NewMessage>, Vec<(usize, String)>) {
    let at = rooms.at();
    let mut verdicts = Vec::with_capacity(drafts.len());
    let mut new: Vec<NewMessage> = Vec::with_capacity(drafts.len());
    let mut carried = Vec::new();
    let mut stored_now: HashMap<(UserId, &str), usize> = HashMap::new();
    for draft in drafts {
        let client_id = draft.client_msg_id.as_ref().map(|id| (draft.author, id.as_str()));
        if !rooms.has_member(draft.room_id, draft.author) {
            verdicts.push(Verdict::Refused(ChangeError::NotMember));
            continue;
        }
        if let Some((author, id)) = client_id {
            if let Some(message) = facts.sent.get(&(author, id.to_owned())) {
                let shown = message.clone().map(|message| Verdict::Repeated(Box::new(message)));
                verdicts.push(shown.unwrap_or(Verdict::Refused(ChangeError::NotMember)));
                continue;
            }
            if let Some(number) = stored_now.get(&(author, id)) {
                verdicts.push(Verdict::RepeatsStored(*number));
                continue;
            }
        }
        if let Some(error) = facts.refuses_to_store(rooms, draft) {
            verdicts.push(Verdict::Refused(error));
            continue;
        }
        let Some(room) = rooms.get_mut(draft.room_id) else {
            verdicts.push(Verdict::Refused(ChangeError::NotMember));
            continue;
        };
        let (seq, rev) = room.next_message(at);
        let number = new.len();
        verdicts.push(Verdict::Stored);
        if let Some(client_id) = client_id {
            stored_now.insert(client_id, number);
        }
        if let Some(key) = &draft.upload_key {
            facts.uploads.remove(key);
            carried.push((number, key.clone()));
        }
        new.push(NewMessage {
            room_id: draft.room_id,
            seq,
            rev,
            author: Some(draft.author),
            content: draft.content.clone(),
            reply_id: draft.reply_id,
            client_msg_id: draft.client_msg_id.clone(),
        });
    }
    (verdicts, new, carried)
}

impl Facts {
    async fn gather(tx: &DatabaseTransaction, drafts: &[&Draft]) -> Result<Self, RepositoryError> {
        Ok(Self {
            sent: HashMap::new(),
            replies: replies(tx, drafts).await?,
            uploads: uploads(tx, drafts).await?,
        })
    }

    fn refuses_to_store(&self, rooms: &Rooms, draft: &Draft) -> Option<ChangeError> {
        if rooms.get(draft.room_id).is_some_and(|room| room.is_read_only) {
            return Some(ChangeError::ReadOnly);
        }
        if let Some(reply_id) = draft.reply_id
            && self.replies.get(&reply_id.0) != Some(&draft.room_id)
        {
            return Some(ChangeError::NoSuchReply);
        }
        if let Some(key) = &draft.upload_key
            && self.uploads.get(key) != Some(&draft.author)
        {
            return Some(ChangeError::NoSuchUpload);
        }
        None
    }
}

async fn sent(
    tx: &DatabaseTransaction,
    rooms: &Rooms,
    drafts: &[&Draft],
) -> Result<HashMap<(UserId, String), Option<Message>>, RepositoryError> {
    let wanted: HashSet<(i64, &str)> = drafts
        .iter()
        .filter_map(|draft| Some((draft.author.0, draft.client_msg_id.as_ref()?.as_str())))
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let backend = tx.get_database_backend();
    let wanted: Vec<[Value; 2]> = wanted
        .into_iter()
        .map(|(user, id)| [user.into(), id.as_bytes().to_vec().into()])
        .collect();
    let (table, values) = padded_rows(backend, &wanted);
    let sql = format!("SELECT m.id FROM ({table}) w JOIN messages m ON m.user_id = w.a AND m.client_msg_id = w.b");
    let rows = tx.query_all_raw(statement(backend, sql, values)).await?;
    let found: HashSet<i64> = rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?;
    let mut sent = HashMap::new();
    for message in load(tx, found).await? {
        if let (Some(author), Some(id)) = (message.author, &message.client_msg_id) {
            let key = (author, id.as_str().to_owned());
            let is_shown = rooms.has_member(message.room_id, author) || is_member(tx, message.room_id, author).await?;
            sent.insert(key, is_shown.then_some(message));
        }
    }
    Ok(sent)
}

async fn replies(tx: &DatabaseTransaction, drafts: &[&Draft]) -> Result<HashMap<i64, RoomId>, RepositoryError> {
    let wanted: HashSet<i64> = drafts.iter().filter_map(|draft| Some(draft.reply_id?.0)).collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, i64)> = message::Entity::find()
        .select_only()
        .columns([message::Column::Id, message::Column::RoomId])
        .filter(message::Column::Id.is_in(wanted))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|(id, room)| (id, RoomId(room))).collect())
}

async fn uploads(tx: &DatabaseTransaction, drafts: &[&Draft]) -> Result<HashMap<String, UserId>, RepositoryError> {
    let wanted: HashSet<&str> = drafts.iter().filter_map(|draft| draft.upload_key.as_deref()).collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    // Locked, since one upload could be sent to two rooms at once.
    let rows: Vec<(String, i64)> = upload::Entity::find()
        .select_only()
        .columns([upload::Column::FileKey, upload::Column::OwnerId])
        .filter(upload::Column::FileKey.is_in(wanted))
        .filter(upload::Column::Scene.eq(Scene::Message.as_str()))
        .filter(upload::Column::MessageId.is_null())
        .filter(upload::Column::DeletedAt.is_null())
        .filter(upload::Column::IsPending.eq(false))
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|(key, owner)| (key, UserId(owner))).collect())
}

/// Tells the uploads which messages carry them.
async fn attach(
    tx: &DatabaseTransaction,
    stored: &[Message],
    carried: &[(usize, String)],
) -> Result<(), RepositoryError> {
    let carried: Vec<(MessageId, &str)> = carried
        .iter()
        .filter_map(|(number, key)| Some((stored.get(*number)?.id, key.as_str())))
        .collect();
    if carried.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = Vec::with_capacity(carried.len() * 3);
    for (id, key) in &carried {
        values.extend([Value::from(*key), Value::from(id.0)]);
    }
    values.extend(carried.iter().map(|(_, key)| Value::from(*key)));
    let sql = format!(
        "UPDATE uploads SET message_id = CASE file_key{} END WHERE file_key IN ({})",
        " WHEN ? THEN ?".repeat(carried.len()),
        marks(carried.len())
    );
    tx.execute_raw(statement(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}
