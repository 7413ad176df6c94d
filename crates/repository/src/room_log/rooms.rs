//! The rooms of a batch: locked or cached, counted up in memory, stored once.

use std::collections::{BTreeSet, HashSet};

use domain::{RoomId, Timestamp, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
};

use crate::entity::room;
use crate::error::RepositoryError;
use crate::room_cache::{CachedRoom, CachedRooms, RoomState};
use crate::sql::{padded, padded_rows, statement, update_by_id};

/// Rooms whose counters go into one statement.
const CHUNK: usize = 1000;

impl RoomState {
    /// The next place in the timeline, and the next change: for a new message.
    pub(super) fn next_message(&mut self, at: Timestamp) -> (i64, i64) {
        self.last_seq += 1;
        self.touch(at);
        (self.last_seq, self.next_rev())
    }

    /// The next change.
    pub(super) fn next_rev(&mut self) -> i64 {
        self.last_rev += 1;
        self.is_changed = true;
        self.last_rev
    }

    /// Counts members that came or went.
    pub(super) fn count_members(&mut self, more: i64) {
        self.member_count += more;
        self.is_changed |= more != 0;
    }

    /// The room has news.
    pub(super) fn touch(&mut self, at: Timestamp) {
        self.updated_at = self.updated_at.max(at.0);
        self.is_changed = true;
    }
}

/// The rooms of a batch, and what is known of them and of others.
pub(super) struct Rooms {
    at: Timestamp,
    batch: BTreeSet<RoomId>,
    cached: CachedRooms,
}

impl Rooms {
    /// Locks the rooms until the end of the transaction, in the order of their ids, so that two
    /// batches never wait for each other. SQLite has locked the whole database already, and what
    /// was known of it before is still true unless another process has written.
    pub(super) async fn lock(
        tx: &DatabaseTransaction,
        rooms: impl Iterator<Item = RoomId>,
        at: Timestamp,
        cached: CachedRooms,
    ) -> Result<Self, RepositoryError> {
        let batch: BTreeSet<RoomId> = rooms.collect();
        let mut cached = match tx.get_database_backend() {
            DbBackend::Sqlite => still_valid(tx, cached).await?,
            _ => CachedRooms::default(),
        };
        let unknown: Vec<i64> = batch
            .iter()
            .filter(|id| !cached.rooms.contains_key(id))
            .map(|id| id.0)
            .collect();
        if !unknown.is_empty() {
            cached.rooms.extend(read(tx, unknown).await?);
        }
        Ok(Self { at, batch, cached })
    }

    /// The moment of the batch.
    pub(super) fn at(&self) -> Timestamp {
        self.at
    }

    /// One of the rooms, if it exists.
    pub(super) fn get(&self, id: RoomId) -> Option<&RoomState> {
        self.cached.rooms.get(&id).map(|room| &room.state)
    }

    /// The same, to be counted up.
    pub(super) fn get_mut(&mut self, id: RoomId) -> Option<&mut RoomState> {
        self.cached.rooms.get_mut(&id).map(|room| &mut room.state)
    }

    /// True when that person is a member of one of the rooms, and [`Rooms::find_members`] was
    /// asked for them.
    pub(super) fn has_member(&self, room: RoomId, user: UserId) -> bool {
        self.cached.is_member(room, user)
    }

    /// Finds out who of these are members.
    pub(super) async fn find_members(
        &mut self,
        tx: &DatabaseTransaction,
        wanted: impl Iterator<Item = (RoomId, UserId)>,
    ) -> Result<(), RepositoryError> {
        let unknown: BTreeSet<(RoomId, UserId)> = wanted
            .filter(|(room, user)| self.get(*room).is_some() && !self.has_member(*room, *user))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let backend = tx.get_database_backend();
        let pairs: Vec<[Value; 2]> = unknown
            .iter()
            .map(|(room, user)| [room.0, user.0].map(Value::from))
            .collect();
        let (table, values) = padded_rows(backend, &pairs);
        let sql = format!(
            "SELECT m.room_id, m.user_id FROM ({table}) w JOIN room_members m ON m.room_id = w.a AND m.user_id = w.b"
        );
        for row in tx.query_all_raw(statement(backend, sql, values)).await? {
            let (room, user) = (RoomId(row.try_get_by_index(0)?), UserId(row.try_get_by_index(1)?));
            self.cached.note_member(room, user);
        }
        Ok(())
    }

    /// Ids for that many new messages, the first of them. Only for SQLite, where nobody else gives
    /// any out meanwhile.
    pub(super) async fn new_message_ids(
        &mut self,
        tx: &DatabaseTransaction,
        count: usize,
    ) -> Result<i64, RepositoryError> {
        let last = match self.cached.last_message_id {
            Some(id) => id,
            None => last_message_id(tx).await?,
        };
        let count = i64::try_from(count).map_err(|_| RepositoryError::Broken("too many messages"))?;
        self.cached.last_message_id = Some(last + count);
        Ok(last + 1)
    }

    /// Stores the counters of all rooms that changed.
    pub(super) async fn store(&mut self, tx: &DatabaseTransaction) -> Result<(), RepositoryError> {
        let mut changed = Vec::with_capacity(self.batch.len());
        for id in &self.batch {
            let Some(room) = self.cached.rooms.get_mut(id) else {
                continue;
            };
            if std::mem::take(&mut room.state.is_changed) {
                let state = &room.state;
                let values = [
                    id.0,
                    state.last_seq,
                    state.last_rev,
                    state.member_count,
                    state.updated_at,
                ];
                changed.push(values.map(Value::from));
            }
        }
        let backend = tx.get_database_backend();
        let columns = ["last_seq", "last_rev", "member_count", "updated_at"];
        for chunk in changed.chunks(CHUNK) {
            let (sql, values) = update_by_id(backend, "rooms", &columns, chunk);
            tx.execute_raw(statement(backend, sql, values)).await?;
        }
        Ok(())
    }

    /// Forgets who is a member, since that may have changed.
    pub(super) fn forget_members(&mut self, id: RoomId) {
        if let Some(room) = self.cached.rooms.get_mut(&id) {
            room.members.clear();
        }
    }

    /// Forgets all of a room, since more than the counters may have changed.
    pub(super) fn forget(&mut self, id: RoomId) {
        self.cached.rooms.remove(&id);
    }

    /// What is true once the transaction is committed.
    pub(super) fn into_cached(self) -> CachedRooms {
        self.cached
    }
}

/// What of the cache still holds now that the transaction has begun.
async fn still_valid(tx: &DatabaseTransaction, cached: CachedRooms) -> Result<CachedRooms, RepositoryError> {
    let version = Statement::from_string(tx.get_database_backend(), "PRAGMA data_version");
    let version: Option<i64> = match tx.query_one_raw(version).await? {
        Some(row) => Some(row.try_get_by_index(0)?),
        None => None,
    };
    if version.is_some() && cached.data_version == version {
        return Ok(cached);
    }
    Ok(CachedRooms::of(version))
}

async fn last_message_id(tx: &DatabaseTransaction) -> Result<i64, RepositoryError> {
    // Ids are never given out again, also not those of messages that are gone.
    let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'messages'";
    match tx
        .query_one_raw(Statement::from_string(tx.get_database_backend(), sql))
        .await?
    {
        Some(row) => Ok(row.try_get_by_index(0)?),
        None => Ok(0),
    }
}

async fn read(tx: &DatabaseTransaction, ids: Vec<i64>) -> Result<Vec<(RoomId, CachedRoom)>, RepositoryError> {
    let rows: Vec<(i64, i64, i64, i64, bool, i64)> = room::Entity::find()
        .select_only()
        .columns([
            room::Column::Id,
            room::Column::LastSeq,
            room::Column::LastRev,
            room::Column::MemberCount,
            room::Column::IsReadOnly,
            room::Column::UpdatedAt,
        ])
        .filter(room::Column::Id.is_in(padded(ids)))
        .order_by_asc(room::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await?;
    let cached = |(id, last_seq, last_rev, member_count, is_read_only, updated_at)| {
        let state = RoomState {
            last_seq,
            last_rev,
            member_count,
            is_read_only,
            updated_at,
            is_changed: false,
        };
        let members = HashSet::new();
        (RoomId(id), CachedRoom { state, members })
    };
    Ok(rows.into_iter().map(cached).collect())
}
