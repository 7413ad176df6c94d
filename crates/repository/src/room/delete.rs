//! The end of a room.

use domain::port::{DeletedRoom, Ground, MembershipKind};
use domain::{RoomId, Timestamp, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value,
};

use crate::entity::{member, room};
use crate::error::RepositoryError;
use crate::news::note;
use crate::picture;
use crate::room_log::hold;
use crate::search;
use crate::sql::statement;

pub(super) async fn delete(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    grounds: &[Ground],
    at: Timestamp,
) -> Result<Option<DeletedRoom>, RepositoryError> {
    // Whoever writes into the room takes this lock first.
    let row = room::Entity::find_by_id(room_id.0).lock_exclusive().one(tx).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    if !hold(tx, room_id, grounds).await? {
        return Ok(None);
    }
    let members: Vec<i64> = member::Entity::find()
        .select_only()
        .column(member::Column::UserId)
        .filter(member::Column::RoomId.eq(room_id.0))
        .order_by_asc(member::Column::UserId)
        .into_tuple()
        .all(tx)
        .await?;
    let run = async |sql: &str, values: Vec<Value>| -> Result<(), RepositoryError> {
        tx.execute_raw(statement(tx.get_database_backend(), sql, values))
            .await?;
        Ok(())
    };
    let of_room = "(SELECT id FROM messages WHERE room_id = ?)";
    let id = Value::from(room_id.0);
    run(
        &format!("UPDATE uploads SET deleted_at = ? WHERE deleted_at IS NULL AND message_id IN {of_room}"),
        vec![at.0.into(), id.clone()],
    )
    .await?;
    picture::leave(tx, &row.image, at).await?;
    search::forget_room(tx, room_id).await?;
    run(
        &format!("DELETE FROM reactions WHERE message_id IN {of_room}"),
        vec![id.clone()],
    )
    .await?;
    run("DELETE FROM messages WHERE room_id = ?", vec![id.clone()]).await?;
    run("DELETE FROM room_members WHERE room_id = ?", vec![id.clone()]).await?;
    run("DELETE FROM rooms WHERE id = ?", vec![id]).await?;
    note(tx, room_id, row.last_rev, [MembershipKind::RoomDeleted], at).await?;
    Ok(Some(DeletedRoom {
        members: members.into_iter().map(UserId).collect(),
    }))
}
