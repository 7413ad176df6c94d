//! Memberships.

use domain::member::{Member, Role};
use domain::port::MembersPage;
use domain::{RoomId, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, RelationTrait,
};

use crate::Database;
use crate::entity::{bad_row, member};
use crate::error::RepositoryError;
use crate::sql::{ids, marks, only, statement};

/// From a room to its memberships.
pub(super) fn of_room() -> RelationDef {
    member::Relation::Room.def().rev()
}

pub(crate) fn to_member(row: member::Model) -> Result<Member, RepositoryError> {
    let role = Role::parse(&row.role).ok_or_else(|| {
        let id = format!("{}/{}", row.room_id, row.user_id);
        bad_row("room_members", "role", id, "is no role")
    })?;
    Ok(Member {
        room_id: RoomId(row.room_id),
        user_id: UserId(row.user_id),
        role,
        read_seq: row.read_seq,
        joined_at: Timestamp(row.joined_at),
    })
}

/// One person's membership of one room.
pub(crate) async fn one<C: ConnectionTrait>(
    connection: &C,
    room_id: RoomId,
    user_id: UserId,
) -> Result<Option<Member>, RepositoryError> {
    let row = only(member::Entity::find_by_id((room_id.0, user_id.0)), connection).await?;
    row.map(to_member).transpose()
}

pub(super) async fn page<C: ConnectionTrait>(
    connection: &C,
    room_id: RoomId,
    page: MembersPage,
) -> Result<Vec<Member>, RepositoryError> {
    let rows = member::Entity::find()
        .filter(member::Column::RoomId.eq(room_id.0))
        .filter(member::Column::UserId.gt(page.after.map_or(0, |id| id.0)))
        .order_by_asc(member::Column::UserId)
        .limit(u64::from(page.limit))
        .all(connection)
        .await?;
    rows.into_iter().map(to_member).collect()
}

pub(super) async fn among<C: ConnectionTrait>(
    connection: &C,
    room_id: RoomId,
    users: &[UserId],
) -> Result<Vec<Member>, RepositoryError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let rows = member::Entity::find()
        .filter(member::Column::RoomId.eq(room_id.0))
        .filter(member::Column::UserId.is_in(users.iter().map(|id| id.0)))
        .order_by_asc(member::Column::UserId)
        .all(connection)
        .await?;
    rows.into_iter().map(to_member).collect()
}

const COLUMNS: &str = "m.room_id, m.user_id, m.role, m.read_seq, m.joined_at";

/// Creator and admins of each room, and the first plain members, of which the index gives just
/// those rows: a room of ten thousand costs what a room of twenty costs.
pub(super) async fn leading<C: ConnectionTrait>(
    connection: &C,
    rooms: &[RoomId],
    plain: u32,
) -> Result<Vec<Member>, RepositoryError> {
    if rooms.is_empty() {
        return Ok(Vec::new());
    }
    let backend = connection.get_database_backend();
    let rooms = || ids(rooms.iter().map(|id| id.0));
    let marks = marks(rooms().len());
    let mut values = rooms();
    let mut sql =
        format!("SELECT {COLUMNS} FROM room_members m WHERE m.room_id IN ({marks}) AND m.role IN ('creator', 'admin')");
    if plain > 0 && backend == DbBackend::Sqlite {
        // The parts of a UNION are limited there, but a border may come from the outer row.
        sql += &format!(
            " UNION ALL SELECT {COLUMNS} FROM rooms r CROSS JOIN room_members m ON m.room_id = r.id \
             AND m.role = 'member' AND m.user_id <= COALESCE((SELECT p.user_id FROM room_members p \
             WHERE p.room_id = r.id AND p.role = 'member' ORDER BY p.user_id LIMIT 1 OFFSET ?), ?) \
             WHERE r.id IN ({marks})"
        );
        values.extend([i64::from(plain - 1).into(), i64::MAX.into()]);
        values.extend(rooms());
    } else if plain > 0 {
        let part = format!(
            " UNION ALL (SELECT {COLUMNS} FROM room_members m WHERE m.room_id = ? AND m.role = 'member' \
             ORDER BY m.user_id LIMIT {plain})"
        );
        sql += &part.repeat(rooms().len());
        values.extend(rooms());
    }
    let rows = connection.query_all_raw(statement(backend, sql, values)).await?;
    let members = rows
        .iter()
        .map(|row| to_member(member::Model::from_query_result(row, "")?));
    let mut members = members.collect::<Result<Vec<Member>, RepositoryError>>()?;
    members.sort_unstable_by_key(|member| (member.role == Role::Member, member.room_id, member.user_id));
    Ok(members)
}

pub(super) async fn mark_read(
    db: &Database,
    room_id: RoomId,
    user_id: UserId,
    seq: i64,
) -> Result<Option<(i64, bool)>, RepositoryError> {
    let Some((read_seq, last_seq)) = standing(db, room_id, user_id).await? else {
        return Ok(None);
    };
    let target = seq.min(last_seq);
    if target <= read_seq {
        return Ok(Some((read_seq, false)));
    }
    let moved = member::Entity::update_many()
        .col_expr(member::Column::ReadSeq, Expr::value(target))
        .filter(member::Column::RoomId.eq(room_id.0))
        .filter(member::Column::UserId.eq(user_id.0))
        .filter(member::Column::ReadSeq.lt(target))
        .exec(db.writer())
        .await?;
    if moved.rows_affected > 0 {
        return Ok(Some((target, true)));
    }
    // Another device was quicker, or the membership has ended since.
    let now = standing(db, room_id, user_id).await?;
    Ok(now.map(|(read_seq, _)| (read_seq, false)))
}

/// A member's read mark and the room's newest seq.
async fn standing(db: &Database, room_id: RoomId, user_id: UserId) -> Result<Option<(i64, i64)>, RepositoryError> {
    let query = statement(
        db.backend(),
        "SELECT m.read_seq, r.last_seq FROM room_members m JOIN rooms r ON r.id = m.room_id \
         WHERE m.room_id = ? AND m.user_id = ?",
        vec![room_id.0.into(), user_id.0.into()],
    );
    let Some(row) = db.reader().query_one_raw(query).await? else {
        return Ok(None);
    };
    Ok(Some((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}
