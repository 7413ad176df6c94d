//! The log of a room: every change that takes a seq or a rev.
//!
//! A batch is one transaction. It locks the rows of its rooms ([`rooms`]) before it reads
//! anything else, so that no other writer, of this server or another, comes in between; what it
//! gives out as seq and rev is counted in memory and stored once, at the end.
//! Messages go in by runs ([`append`]) whose number of statements does not depend on their
//! length; the rarer changes ([`change`], [`membership`]) take a few statements each.

mod append;
mod change;
mod grounds;
mod membership;
mod rooms;
mod store;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use domain::port::{Change, ChangeError, Draft, Outcome, RoomLog};
use domain::{PortError, RoomId, Timestamp};
use sea_orm::DatabaseTransaction;
use shaku::Component;

pub(crate) use self::grounds::hold;
use self::rooms::Rooms;
use crate::Database;
use crate::error::RepositoryError;
use crate::room_cache::CachedRooms;
use crate::transaction::transaction;

/// What a change did, or why it was refused.
type Answer = Result<Outcome, ChangeError>;

/// The rooms' logs in the database.
#[derive(Component)]
#[shaku(interface = RoomLog)]
pub struct SqlRoomLog {
    /// The database.
    db: Database,
    /// In how many batches repetitions are looked for from now on.
    #[shaku(force_default)]
    wary: AtomicU32,
}

/// For how many batches repetitions are looked for after one was met.
const WARY_BATCHES: u32 = 64;

#[async_trait]
impl RoomLog for SqlRoomLog {
    async fn commit(&self, changes: Vec<Change>, at: Timestamp) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(changes.len());
        // What is still to be made, the next part last.
        let mut parts: Vec<&[Change]> = vec![&changes];
        while let Some(part) = parts.pop() {
            match self.commit_together(part, at).await {
                Ok(done) => answers.extend(done),
                // A change that the database chokes on fails only its own sender, and changes that
                // are too much for it together are not too much in parts.
                Err(error) if part.len() > 1 && !error.is_unavailable() => {
                    tracing::warn!(%error, changes = part.len(), "a batch failed: each half of it is tried");
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second, first]);
                }
                Err(error) => {
                    let failed = part.len() + if error.is_unavailable() { rest(&mut parts) } else { 0 };
                    answers.extend((0..failed).map(|_| Err(failure(error.clone()))));
                }
            }
        }
        answers
    }
}

/// Gives up what is still to be made, and says how many changes that is.
fn rest(parts: &mut Vec<&[Change]>) -> usize {
    parts.drain(..).map(<[Change]>::len).sum()
}

impl SqlRoomLog {
    /// Most batches hold nothing that was sent before, so that is not looked for until a batch
    /// fails for it, and then for some batches to come: who repeats one message repeats several.
    async fn commit_together(&self, changes: &[Change], at: Timestamp) -> Result<Vec<Answer>, RepositoryError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let mut cached = (CachedRooms::default(), None);
        let mut attempts = 0;
        let answers = transaction!(self.db.beside_rooms(), tx => {
            attempts += 1;
            if attempts > 1 {
                self.wary.store(WARY_BATCHES, Ordering::Relaxed);
            }
            let repetitions = self.is_wary();
            let (before, generation) = self.db.room_cache().take();
            let applied = apply(&tx, changes, at, before, repetitions).await;
            applied.map(|(answers, after)| {
                cached = (after, Some(generation));
                answers
            })
        })?;
        if let (rooms, Some(generation)) = cached {
            self.db.room_cache().put_back(rooms, generation);
        }
        Ok(answers)
    }

    /// Counts down the batches in which repetitions are looked for.
    fn is_wary(&self) -> bool {
        let down = |left: u32| left.checked_sub(1);
        self.wary
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, down)
            .is_ok()
    }
}

/// One step of a batch: messages of all rooms that may go in together, then other changes.
#[derive(Default)]
struct Wave<'a> {
    drafts: Vec<(usize, &'a Draft)>,
    others: Vec<(usize, &'a Change)>,
}

/// Cuts a batch into waves that keep the order within each room. Changes of different rooms don't
/// see each other, so the messages of all rooms up to each one's next other change go together.
fn waves(changes: &[Change]) -> Vec<Wave<'_>> {
    let mut reached: HashMap<RoomId, usize> = HashMap::new();
    let mut waves: Vec<Wave<'_>> = Vec::new();
    for (place, change) in changes.iter().enumerate() {
        let wave = reached.entry(change.room_id()).or_default();
        if waves.len() <= *wave {
            waves.resize_with(*wave + 1, Wave::default);
        }
        let Some(current) = waves.get_mut(*wave) else { continue };
        match change {
            Change::Append(draft) => current.drafts.push((place, draft)),
            other => {
                current.others.push((place, other));
                *wave += 1;
            }
        }
    }
    waves
}

async fn apply(
    tx: &DatabaseTransaction,
    changes: &[Change],
    at: Timestamp,
    cached: CachedRooms,
    repetitions: bool,
) -> Result<(Vec<Answer>, CachedRooms), RepositoryError> {
    let mut rooms = Rooms::lock(tx, changes.iter().map(Change::room_id), at, cached).await?;
    let mut answers: Vec<Option<Answer>> = Vec::new();
    answers.resize_with(changes.len(), || None);
    let mut put = |place: usize, answer: Answer| {
        if let Some(slot) = answers.get_mut(place) {
            *slot = Some(answer);
        }
    };
    for wave in waves(changes) {
        let drafts: Vec<&Draft> = wave.drafts.iter().map(|(_, draft)| *draft).collect();
        let appended = append::append(tx, &mut rooms, &drafts, repetitions).await?;
        for ((place, _), answer) in wave.drafts.iter().zip(appended) {
            put(*place, answer);
        }
        for (place, change) in wave.others {
            put(place, apply_one(tx, &mut rooms, change).await?);
            rooms.forget_members(change.room_id());
        }
    }
    rooms.store(tx).await?;
    for change in changes {
        if !matches!(change, Change::Append(_)) {
            rooms.forget(change.room_id());
        }
    }
    let answers = answers
        .into_iter()
        .map(|answer| answer.unwrap_or_else(|| Err(unanswered())))
        .collect();
    Ok((answers, rooms.into_cached()))
}

async fn apply_one(tx: &DatabaseTransaction, rooms: &mut Rooms, change: &Change) -> Result<Answer, RepositoryError> {
    match change {
        Change::Given { grounds, change } => {
            if grounds::hold(tx, change.room_id(), grounds).await? {
                Box::pin(apply_one(tx, rooms, change)).await
            } else {
                Ok(Err(ChangeError::Outdated))
            }
        }
        Change::Append(draft) => {
            let mut answers = append::append(tx, rooms, &[draft], true).await?;
            Ok(answers.pop().unwrap_or_else(|| Err(unanswered())))
        }
        Change::Edit {
            room_id,
            message_id,
            text,
        } => change::edit(tx, rooms, *room_id, *message_id, text).await,
        Change::Recall {
            room_id,
            message_id,
            operator,
        } => change::recall(tx, rooms, *room_id, *message_id, *operator).await,
        Change::React {
            room_id,
            message_id,
            user_id,
            emoji,
            on,
        } => change::react(tx, rooms, (*room_id, *message_id), *user_id, emoji, *on).await,
        Change::AddMembers {
            room_id,
            additions,
            invitation,
        } => membership::add(tx, rooms, *room_id, additions, *invitation).await,
        Change::RemoveMember {
            room_id,
            user_id,
            notice,
        } => membership::remove(tx, rooms, *room_id, *user_id, notice).await,
        Change::HandOver {
            room_id,
            from,
            to,
            notice,
        } => membership::hand_over(tx, rooms, *room_id, (*from, *to), notice).await,
        Change::Update {
            room_id,
            change,
            notice,
        } => membership::update(tx, rooms, *room_id, change, notice.as_ref()).await,
    }
}

fn failure(error: RepositoryError) -> ChangeError {
    ChangeError::Port(error.into())
}

fn unanswered() -> ChangeError {
    ChangeError::Port(PortError::failed("a change was not answered"))
}
