//! New rooms.

use std::collections::BTreeMap;

use domain::member::Role;
use domain::port::MembershipKind;
use domain::room::{ChannelType, JoinPolicy, NewRoom, Room};
use domain::text::search_key;
use domain::{RoomId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};

use super::to_room;
use crate::entity::{member, room, user};
use crate::error::RepositoryError;
use crate::news::note;
use crate::picture;
use crate::sql::only;

pub(super) async fn create(tx: &DatabaseTransaction, new: &NewRoom) -> Result<Room, RepositoryError> {
    let roles = first_members(new);
    let existing = existing_users(tx, roles.keys().copied()).await?;
    let count = i64::try_from(existing.len()).map_err(|_| RepositoryError::Broken("too many members"))?;
    let row = room::ActiveModel {
        image: Set(new.image.clone()),
        join_policy: Set(new.join_policy.as_str().to_owned()),
        is_lobby: Set(new.is_lobby.then_some(true)),
        member_count: Set(count),
        ..public(new.name.as_str(), new.created_at)
    };
    if !picture::replace(tx, "", &new.image, new.created_at).await? {
        return Err(RepositoryError::NoSuchPicture);
    }
    let row = row.insert(tx).await?;
    let members: Vec<member::ActiveModel> = roles
        .into_iter()
        .filter(|(user, _)| existing.contains(user))
        .map(|(user_id, role)| member::ActiveModel {
            room_id: Set(row.id),
            user_id: Set(user_id),
            role: Set(role.as_str().to_owned()),
            read_seq: Set(0),
            joined_at: Set(new.created_at.0),
        })
        .collect();
    if !members.is_empty() {
        member::Entity::insert_many(members).exec_without_returning(tx).await?;
    }
    let joined = existing.iter().map(|user| MembershipKind::Joined(UserId(*user)));
    note(tx, RoomId(row.id), row.last_rev, joined, new.created_at).await?;
    to_room(row)
}

/// Makes the lobby. Loses its race, and is done again, when another makes it at this moment.
pub(super) async fn lobby(tx: &DatabaseTransaction, name: &str, at: Timestamp) -> Result<Room, RepositoryError> {
    let row = match find_lobby(tx).await? {
        Some(row) => row,
        None => public(name, at).insert(tx).await?,
    };
    to_room(row)
}

pub(super) async fn find_lobby<C: ConnectionTrait>(connection: &C) -> Result<Option<room::Model>, RepositoryError> {
    let query = room::Entity::find().filter(room::Column::IsLobby.eq(true));
    Ok(only(query, connection).await?)
}

/// The people of a new room, each in the strongest of their roles.
fn first_members(new: &NewRoom) -> BTreeMap<i64, Role> {
    let with = |users: &[UserId], role| users.iter().map(|user| (user.0, role)).collect::<Vec<_>>();
    let mut roles = BTreeMap::new();
    roles.extend(with(&new.members, Role::Member));
    roles.extend(with(&new.admins, Role::Admin));
    roles.extend(new.creator.map(|user| (user.0, Role::Creator)));
    roles
}

/// Those of the people who exist.
pub(crate) async fn existing_users<C: ConnectionTrait>(
    connection: &C,
    users: impl Iterator<Item = i64>,
) -> Result<Vec<i64>, RepositoryError> {
    let users: Vec<i64> = users.collect();
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let existing: Vec<i64> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(users))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(existing)
}

/// An empty public lobby, to be changed where a room is none.
fn public(name: &str, at: Timestamp) -> room::ActiveModel {
    room::ActiveModel {
        name: Set(name.to_owned()),
        name_key: Set(search_key(name)),
        image: Set(String::new()),
        channel_type: Set(ChannelType::Public.as_str().to_owned()),
        join_policy: Set(JoinPolicy::Open.as_str().to_owned()),
        is_lobby: Set(Some(true)),
        is_read_only: Set(false),
        pair_low: Set(None),
        pair_high: Set(None),
        last_seq: Set(0),
        last_rev: Set(0),
        member_count: Set(0),
        created_at: Set(at.0),
        updated_at: Set(at.0),
        ..Default::default()
    }
}
