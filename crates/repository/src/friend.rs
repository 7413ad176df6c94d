//! Friendships.

use async_trait::async_trait;
use domain::member::Role;
use domain::port::{Befriended, FriendRepository, MembershipKind};
use domain::room::{ChannelType, JoinPolicy, Room};
use domain::{PortError, RoomId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use shaku::Component;

use crate::Database;
use crate::entity::{friend, member, room};
use crate::error::{RepositoryError, port};
use crate::news::note;
use crate::room::to_room;
use crate::transaction::transaction;

/// Friendships in the database.
#[derive(Component)]
#[shaku(interface = FriendRepository)]
pub struct SqlFriendRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl FriendRepository for SqlFriendRepository {
    async fn befriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Befriended, PortError> {
        let pair = ordered(a, b);
        let result: Result<Befriended, RepositoryError> = transaction!(self.db, tx => befriend(&tx, pair, at).await);
        Ok(result?)
    }

    async fn unfriend(&self, a: UserId, b: UserId, at: Timestamp) -> Result<Option<Room>, PortError> {
        let pair = ordered(a, b);
        let result: Result<Option<Room>, RepositoryError> = transaction!(self.db, tx => unfriend(&tx, pair, at).await);
        Ok(result?)
    }

    async fn friends(&self, user_id: UserId, after: Option<UserId>, limit: u32) -> Result<Vec<UserId>, PortError> {
        let ids: Vec<i64> = friend::Entity::find()
            .select_only()
            .column(friend::Column::FriendId)
            .filter(friend::Column::UserId.eq(user_id.0))
            .filter(friend::Column::FriendId.gt(after.map_or(0, |id| id.0)))
            .order_by_asc(friend::Column::FriendId)
            .limit(u64::from(limit))
            .into_tuple()
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(ids.into_iter().map(UserId).collect())
    }
}

fn ordered(a: UserId, b: UserId) -> (UserId, UserId) {
    (a.min(b), a.max(b))
}

async fn befriend(
    tx: &DatabaseTransaction,
    pair: (UserId, UserId),
    at: Timestamp,
) -> Result<Befriended, RepositoryError> {
    let mut room = match locked_room(tx, pair).await? {
        Some(room) => room,
        // When the other side makes it at this moment, the pair's unique key refuses this one,
        // and the next attempt finds it.
        None => new_room(pair, at).insert(tx).await?,
    };
    let known = friendship(tx, pair).await?;
    let mut missing = Vec::new();
    for (one, other) in [pair, (pair.1, pair.0)] {
        if !known.contains(&one.0) {
            missing.push(friend::ActiveModel {
                user_id: Set(one.0),
                friend_id: Set(other.0),
                created_at: Set(at.0),
            });
        }
    }
    let is_new = !missing.is_empty();
    if is_new {
        friend::Entity::insert_many(missing).exec_without_returning(tx).await?;
    }
    let joined = join(tx, &room, pair, at).await?;
    if room.is_read_only || joined > 0 {
        let member_count = room.member_count + joined;
        let mut row = room.into_active_model();
        row.is_read_only = Set(false);
        row.member_count = Set(member_count);
        row.updated_at = Set(at.0);
        room = row.update(tx).await?;
    }
    Ok(Befriended {
        room: to_room(room)?,
        is_new,
    })
}

async fn unfriend(
    tx: &DatabaseTransaction,
    pair: (UserId, UserId),
    at: Timestamp,
) -> Result<Option<Room>, RepositoryError> {
    let Some(room) = locked_room(tx, pair).await? else {
        return Ok(None);
    };
    let ended = friend::Entity::delete_many().filter(between(pair)).exec(tx).await?;
    if ended.rows_affected == 0 {
        return Ok(None);
    }
    let mut row = room.into_active_model();
    row.is_read_only = Set(true);
    row.updated_at = Set(at.0);
    let room = row.update(tx).await?;
    Ok(Some(to_room(room)?))
}

/// The pair's room, locked until the end of the transaction.
async fn locked_room(
    tx: &DatabaseTransaction,
    (low, high): (UserId, UserId),
) -> Result<Option<room::Model>, RepositoryError> {
    let query = room::Entity::find()
        .filter(room::Column::PairLow.eq(low.0))
        .filter(room::Column::PairHigh.eq(high.0));
    Ok(query.lock_exclusive().one(tx).await?)
}

/// Who of the two has the other as a friend.
async fn friendship(tx: &DatabaseTransaction, pair: (UserId, UserId)) -> Result<Vec<i64>, RepositoryError> {
    let rows: Vec<i64> = friend::Entity::find()
        .select_only()
        .column(friend::Column::UserId)
        .filter(between(pair))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows)
}

fn between((low, high): (UserId, UserId)) -> Condition {
    let direction = |from: UserId, to: UserId| {
        Condition::all()
            .add(friend::Column::UserId.eq(from.0))
            .add(friend::Column::FriendId.eq(to.0))
    };
    Condition::any().add(direction(low, high)).add(direction(high, low))
}

/// Makes those of the two members who are not; says how many.
async fn join(
    tx: &DatabaseTransaction,
    room: &room::Model,
    pair: (UserId, UserId),
    at: Timestamp,
) -> Result<i64, RepositoryError> {
    let present: Vec<i64> = member::Entity::find()
        .select_only()
        .column(member::Column::UserId)
        .filter(member::Column::RoomId.eq(room.id))
        .into_tuple()
        .all(tx)
        .await?;
    let missing: Vec<UserId> = [pair.0, pair.1]
        .into_iter()
        .filter(|user| !present.contains(&user.0))
        .collect();
    note(
        tx,
        RoomId(room.id),
        room.last_rev,
        missing.iter().copied().map(MembershipKind::Joined),
        at,
    )
    .await?;
    let missing: Vec<member::ActiveModel> = missing
        .into_iter()
        .map(|user| member::ActiveModel {
            room_id: Set(room.id),
            user_id: Set(user.0),
            role: Set(Role::Member.as_str().to_owned()),
            read_seq: Set(room.last_seq),
            joined_at: Set(at.0),
        })
        .collect();
    let joined = missing.len();
    if joined > 0 {
        member::Entity::insert_many(missing).exec_without_returning(tx).await?;
    }
    i64::try_from(joined).map_err(|_| RepositoryError::Broken("a pair has two people"))
}

fn new_room((low, high): (UserId, UserId), at: Timestamp) -> room::ActiveModel {
    room::ActiveModel {
        name: Set(String::new()),
        name_key: Set(String::new()),
        image: Set(String::new()),
        channel_type: Set(ChannelType::Private.as_str().to_owned()),
        join_policy: Set(JoinPolicy::Invite.as_str().to_owned()),
        is_lobby: Set(None),
        is_read_only: Set(false),
        pair_low: Set(Some(low.0)),
        pair_high: Set(Some(high.0)),
        last_seq: Set(0),
        last_rev: Set(0),
        member_count: Set(0),
        created_at: Set(at.0),
        updated_at: Set(at.0),
        ..Default::default()
    }
}
