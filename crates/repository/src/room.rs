//! Rooms and memberships, as they are read, made and deleted.

mod create;
mod delete;
mod heads;
mod members;
mod open;

pub(crate) use create::existing_users;
pub(crate) use members::{one as member_of, to_member};

use async_trait::async_trait;
use domain::member::Member;
use domain::port::{DeletedRoom, Ground, MembersPage, RoomPage, RoomPosition, RoomRepository};
use domain::room::{ChannelType, JoinPolicy, NewRoom, OpenRoom, OpenRoomsPage, Room, RoomHead};
use domain::{PortError, RoomId, Timestamp, UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shaku::Component;

use crate::Database;
use crate::entity::{bad_row, member, room};
use crate::error::{RepositoryError, port};
use crate::transaction::transaction;

/// Rooms in the database.
#[derive(Component)]
#[shaku(interface = RoomRepository)]
pub struct SqlRoomRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl RoomRepository for SqlRoomRepository {
    async fn create(&self, room: NewRoom) -> Result<Room, PortError> {
        let result: Result<Room, RepositoryError> = transaction!(self.db, tx => create::create(&tx, &room).await);
        Ok(result?)
    }

    async fn lobby(&self, name: &str, at: Timestamp) -> Result<Room, PortError> {
        if let Some(row) = create::find_lobby(self.db.reader()).await? {
            return Ok(to_room(row)?);
        }
        let result: Result<Room, RepositoryError> = transaction!(self.db, tx => create::lobby(&tx, name, at).await);
        Ok(result?)
    }

    async fn get_many(&self, ids: &[RoomId]) -> Result<Vec<Room>, PortError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = room::Entity::find()
            .filter(room::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_room).collect::<Result<_, _>>()?)
    }

    async fn member(&self, room_id: RoomId, user_id: UserId) -> Result<Option<Member>, PortError> {
        Ok(members::one(self.db.reader(), room_id, user_id).await?)
    }

    async fn members(&self, room_id: RoomId, page: MembersPage) -> Result<Vec<Member>, PortError> {
        Ok(members::page(self.db.reader(), room_id, page).await?)
    }

    async fn leading_members(&self, rooms: &[RoomId], plain: u32) -> Result<Vec<Member>, PortError> {
        Ok(members::leading(self.db.reader(), rooms, plain).await?)
    }

    async fn members_among(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<Member>, PortError> {
        Ok(members::among(self.db.reader(), room_id, users).await?)
    }

    async fn positions_of(&self, user_id: UserId) -> Result<Vec<RoomPosition>, PortError> {
        Ok(heads::positions_of_user(self.db.reader(), user_id).await?)
    }

    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>, PortError> {
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<(i64, i64)> = member::Entity::find()
            .select_only()
            .columns([member::Column::UserId, member::Column::RoomId])
            .filter(member::Column::UserId.is_in(users.iter().map(|id| id.0)))
            .into_tuple()
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(ids
            .into_iter()
            .map(|(user, room)| (UserId(user), RoomId(room)))
            .collect())
    }

    async fn list_of(&self, user_id: UserId, after: Option<RoomPage>, limit: u32) -> Result<Vec<Room>, PortError> {
        let mut query = room::Entity::find()
            .join(sea_orm::JoinType::InnerJoin, members::of_room())
            .filter(member::Column::UserId.eq(user_id.0));
        if let Some(after) = after {
            let same_moment = Condition::all()
                .add(room::Column::UpdatedAt.eq(after.updated_at.0))
                .add(room::Column::Id.lt(after.id.0));
            query = query.filter(
                Condition::any()
                    .add(room::Column::UpdatedAt.lt(after.updated_at.0))
                    .add(same_moment),
            );
        }
        let rows = query
            .order_by_desc(room::Column::UpdatedAt)
            .order_by_desc(room::Column::Id)
            .limit(u64::from(limit))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_room).collect::<Result<_, _>>()?)
    }

    async fn open(&self, user_id: UserId, page: &OpenRoomsPage) -> Result<Vec<OpenRoom>, PortError> {
        Ok(open::page(self.db.reader(), user_id, page).await?)
    }

    async fn heads(&self, user_id: UserId, rooms: Option<&[RoomId]>) -> Result<Vec<RoomHead>, PortError> {
        Ok(heads::of_user(self.db.reader(), user_id, rooms).await?)
    }

    async fn own(&self, user_id: UserId, room_id: RoomId) -> Result<Option<(Room, RoomHead)>, PortError> {
        Ok(heads::of_member(self.db.reader(), user_id, room_id).await?)
    }

    async fn heads_in(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomHead)>, PortError> {
        Ok(heads::of_room(self.db.reader(), room_id, users).await?)
    }

    async fn mark_read(&self, room_id: RoomId, user_id: UserId, seq: i64) -> Result<Option<(i64, bool)>, PortError> {
        Ok(members::mark_read(&self.db, room_id, user_id, seq).await?)
    }

    async fn delete(
        &self,
        room_id: RoomId,
        grounds: &[Ground],
        at: Timestamp,
    ) -> Result<Option<DeletedRoom>, PortError> {
        let result: Result<Option<DeletedRoom>, RepositoryError> =
            transaction!(self.db, tx => delete::delete(&tx, room_id, grounds, at).await);
        Ok(result?)
    }
}

/// Makes a room of its row.
pub(crate) fn to_room(row: room::Model) -> Result<Room, RepositoryError> {
    let pair = match (row.pair_low, row.pair_high) {
        (Some(low), Some(high)) => Some((UserId(low), UserId(high))),
        _ => None,
    };
    Ok(Room {
        id: RoomId(row.id),
        channel_type: ChannelType::parse(&row.channel_type)
            .ok_or_else(|| bad_row("rooms", "channel_type", row.id, "is unknown"))?,
        join_policy: JoinPolicy::parse(&row.join_policy)
            .ok_or_else(|| bad_row("rooms", "join_policy", row.id, "is unknown"))?,
        name: row.name,
        image: row.image,
        is_lobby: row.is_lobby == Some(true),
        is_read_only: row.is_read_only,
        pair,
        last_seq: row.last_seq,
        last_rev: row.last_rev,
        member_count: row.member_count,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
    })
}
