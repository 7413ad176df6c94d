//! Rooms that anybody may come into.

use std::collections::HashSet;

use domain::UserId;
use domain::room::{ChannelType, JoinPolicy, OpenRoom, OpenRoomsPage};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::to_room;
use crate::entity::{member, room};
use crate::error::RepositoryError;

pub(super) async fn page<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    page: &OpenRoomsPage,
) -> Result<Vec<OpenRoom>, RepositoryError> {
    let mut query = room::Entity::find()
        .filter(room::Column::ChannelType.eq(ChannelType::Public.as_str()))
        .filter(room::Column::JoinPolicy.eq(JoinPolicy::Open.as_str()))
        .filter(room::Column::Id.gt(page.after.map_or(0, |id| id.0)));
    if let Some(name) = &page.name {
        query = query.filter(Expr::cust_with_values("INSTR(name_key, ?) > 0", [name.folded()]));
    }
    let rows = query
        .order_by_asc(room::Column::Id)
        .limit(u64::from(page.limit))
        .all(connection)
        .await?;
    let joined = joined(connection, user_id, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let is_joined = joined.contains(&row.id);
            let room = to_room(row)?;
            Ok(OpenRoom { room, is_joined })
        })
        .collect()
}

/// Those of the rooms that the person is in.
async fn joined<C: ConnectionTrait>(
    connection: &C,
    user_id: UserId,
    rooms: &[room::Model],
) -> Result<HashSet<i64>, RepositoryError> {
    if rooms.is_empty() {
        return Ok(HashSet::new());
    }
    let joined: Vec<i64> = member::Entity::find()
        .select_only()
        .column(member::Column::RoomId)
        .filter(member::Column::UserId.eq(user_id.0))
        .filter(member::Column::RoomId.is_in(rooms.iter().map(|room| room.id)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(joined.into_iter().collect())
}
