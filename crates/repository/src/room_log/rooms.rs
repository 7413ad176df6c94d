//! The rooms of a batch: locked, counted up in memory, stored once.

use std::collections::{BTreeMap, BTreeSet};

use domain::{RoomId, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};

use crate::entity::room;
use crate::error::RepositoryError;
use crate::sql::{statement, update_by_id};

/// Rooms whose counters go into one statement.
const CHUNK: usize = 1000;

/// What a batch knows of one of its rooms.
#[derive(Debug, Clone)]
pub(super) struct RoomState {
    pub(super) last_seq: i64,
    pub(super) last_rev: i64,
    pub(super) member_count: i64,
    pub(super) is_read_only: bool,
    updated_at: i64,
    is_changed: bool,
}

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

/// All rooms of a batch that exist.
pub(super) struct Rooms {
    at: Timestamp,
    states: BTreeMap<RoomId, RoomState>,
}

impl Rooms {
    /// Locks the rooms until the end of the transaction, in the order of their ids, so that two
    /// batches never wait for each other. SQLite has locked the whole database already.
    pub(super) async fn lock(
        tx: &DatabaseTransaction,
        rooms: impl Iterator<Item = RoomId>,
        at: Timestamp,
    ) -> Result<Self, RepositoryError> {
        let ids: BTreeSet<RoomId> = rooms.collect();
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
            .filter(room::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .order_by_asc(room::Column::Id)
            .lock_exclusive()
            .into_tuple()
            .all(tx)
            .await?;
        let state = |(id, last_seq, last_rev, member_count, is_read_only, updated_at)| {
            let state = RoomState {
                last_seq,
                last_rev,
                member_count,
                is_read_only,
                updated_at,
                is_changed: false,
            };
            (RoomId(id), state)
        };
        Ok(Self {
            at,
            states: rows.into_iter().map(state).collect(),
        })
    }

    /// The moment of the batch.
    pub(super) fn at(&self) -> Timestamp {
        self.at
    }

    /// One of the rooms, if it exists.
    pub(super) fn get(&self, id: RoomId) -> Option<&RoomState> {
        self.states.get(&id)
    }

    /// The same, to be counted up.
    pub(super) fn get_mut(&mut self, id: RoomId) -> Option<&mut RoomState> {
        self.states.get_mut(&id)
    }

    /// Stores the counters of all rooms that changed.
    pub(super) async fn store(&self, tx: &DatabaseTransaction) -> Result<(), RepositoryError> {
        let changed: Vec<(RoomId, &RoomState)> = self
            .states
            .iter()
            .filter(|(_, state)| state.is_changed)
            .map(|(id, state)| (*id, state))
            .collect();
        for chunk in changed.chunks(CHUNK) {
            store_chunk(tx, chunk).await?;
        }
        Ok(())
    }
}

async fn store_chunk(tx: &DatabaseTransaction, rooms: &[(RoomId, &RoomState)]) -> Result<(), RepositoryError> {
    let backend = tx.get_database_backend();
    let columns = ["last_seq", "last_rev", "member_count", "updated_at"];
    let sql = update_by_id(backend, "rooms", &columns, rooms.len());
    let values = rooms
        .iter()
        .flat_map(|(id, state)| {
            [
                id.0,
                state.last_seq,
                state.last_rev,
                state.member_count,
                state.updated_at,
            ]
        })
        .map(Value::from)
        .collect();
    tx.execute_raw(statement(backend, sql, values)).await?;
    Ok(())
}
