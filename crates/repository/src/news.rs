//! What a node may have missed: rooms that moved, memberships that changed, sessions that ended.

use std::collections::HashSet;

use async_trait::async_trait;
use domain::port::{MembershipChange, MembershipKind, NewsRepository, RoomPosition};
use domain::{PortError, RemovalReason, RoomId, SessionId, Timestamp, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};
use shaku::Component;

use crate::Database;
use crate::entity::{bad_row, membership_change, room, session};
use crate::error::{RepositoryError, port};
use crate::sql::{padded_rows, statement};

/// Rooms or sessions in one query.
const CHUNK: usize = 1000;

/// The news in the database.
#[derive(Component)]
#[shaku(interface = NewsRepository)]
pub struct SqlNewsRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl NewsRepository for SqlNewsRepository {
    async fn moved(&self, rooms: &[(RoomId, i64)]) -> Result<Vec<RoomId>, PortError> {
        let mut moved = Vec::new();
        for chunk in rooms.chunks(CHUNK) {
            moved.extend(moved_of(&self.db, chunk).await?);
        }
        Ok(moved)
    }

    async fn positions(&self, rooms: &[RoomId]) -> Result<Vec<RoomPosition>, PortError> {
        let mut positions = Vec::with_capacity(rooms.len());
        for chunk in rooms.chunks(CHUNK) {
            let rows: Vec<(i64, i64, i64)> = room::Entity::find()
                .select_only()
                .columns([room::Column::Id, room::Column::LastSeq, room::Column::LastRev])
                .filter(room::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .into_tuple()
                .all(self.db.reader())
                .await
                .map_err(port)?;
            positions.extend(rows.into_iter().map(|(id, seq, rev)| RoomPosition {
                room_id: RoomId(id),
                seq,
                rev,
            }));
        }
        Ok(positions)
    }

    async fn memberships(&self, after: i64, limit: u32) -> Result<Vec<MembershipChange>, PortError> {
        let rows = membership_change::Entity::find()
            .filter(membership_change::Column::Id.gt(after))
            .order_by_asc(membership_change::Column::Id)
            .limit(u64::from(limit))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_change).collect::<Result<_, _>>()?)
    }

    async fn newest_membership(&self) -> Result<i64, PortError> {
        let newest: Option<i64> = membership_change::Entity::find()
            .select_only()
            .column(membership_change::Column::Id)
            .order_by_desc(membership_change::Column::Id)
            .into_tuple()
            .one(self.db.reader())
            .await
            .map_err(port)?;
        Ok(newest.unwrap_or(0))
    }

    async fn forget_memberships(&self, before: Timestamp) -> Result<(), PortError> {
        membership_change::Entity::delete_many()
            .filter(membership_change::Column::ChangedAt.lt(before.0))
            .exec(self.db.writer())
            .await
            .map_err(port)?;
        Ok(())
    }

    async fn ended_sessions(&self, sessions: &[SessionId]) -> Result<Vec<SessionId>, PortError> {
        let mut ended = Vec::new();
        for chunk in sessions.chunks(CHUNK) {
            let live: Vec<i64> = session::Entity::find()
                .select_only()
                .column(session::Column::Id)
                .filter(session::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .filter(session::Column::RevokedAt.is_null())
                .into_tuple()
                .all(self.db.reader())
                .await
                .map_err(port)?;
            let live: HashSet<i64> = live.into_iter().collect();
            ended.extend(chunk.iter().filter(|id| !live.contains(&id.0)));
        }
        Ok(ended)
    }
}

async fn moved_of(db: &Database, rooms: &[(RoomId, i64)]) -> Result<Vec<RoomId>, RepositoryError> {
    let reader = db.reader();
    let backend = reader.get_database_backend();
    let known: Vec<[Value; 2]> = rooms
        .iter()
        .map(|(room, rev)| [room.0, *rev].map(Value::from))
        .collect();
    let (table, values) = padded_rows(backend, &known);
    let sql = format!("SELECT DISTINCT r.id FROM ({table}) w JOIN rooms r ON r.id = w.a WHERE r.last_rev > w.b");
    let found = reader.query_all_raw(statement(backend, sql, values)).await?;
    found.iter().map(|row| Ok(RoomId(row.try_get_by_index(0)?))).collect()
}

/// Notes changes of memberships, in the transaction that makes them; `rev` is the room's newest
/// change with them.
pub(crate) async fn note(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    rev: i64,
    kinds: impl IntoIterator<Item = MembershipKind>,
    at: Timestamp,
) -> Result<(), RepositoryError> {
    let rows: Vec<membership_change::ActiveModel> = kinds
        .into_iter()
        .map(|kind| {
            let (user, word) = words(kind);
            membership_change::ActiveModel {
                id: NotSet,
                room_id: Set(room_id.0),
                user_id: Set(user),
                rev: Set(rev),
                kind: Set(word.to_owned()),
                changed_at: Set(at.0),
            }
        })
        .collect();
    if !rows.is_empty() {
        membership_change::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn words(kind: MembershipKind) -> (Option<i64>, &'static str) {
    match kind {
        MembershipKind::Joined(user) => (Some(user.0), "joined"),
        MembershipKind::Ended(user, reason) => (Some(user.0), reason.as_str()),
        MembershipKind::RoomDeleted => (None, "roomDeleted"),
    }
}

fn to_change(row: membership_change::Model) -> Result<MembershipChange, RepositoryError> {
    let reasons = [RemovalReason::Left, RemovalReason::Removed, RemovalReason::Deleted];
    let kind = match (row.user_id, row.kind.as_str()) {
        (None, "roomDeleted") => Some(MembershipKind::RoomDeleted),
        (Some(user), "joined") => Some(MembershipKind::Joined(UserId(user))),
        (Some(user), word) => reasons
            .into_iter()
            .find(|reason| reason.as_str() == word)
            .map(|reason| MembershipKind::Ended(UserId(user), reason)),
        (None, _) => None,
    };
    Ok(MembershipChange {
        id: row.id,
        room_id: RoomId(row.room_id),
        rev: row.rev,
        kind: kind.ok_or_else(|| bad_row("membership_changes", "kind", row.id, "is unknown"))?,
    })
}
