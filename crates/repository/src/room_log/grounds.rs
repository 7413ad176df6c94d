//! Whether a change may still be made.

use domain::RoomId;
use domain::port::Ground;
use domain::room::JoinPolicy;
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::membership::members_of;
use crate::entity::room;
use crate::error::RepositoryError;
use crate::room::to_room;

/// Whether all of it still holds of a room that is locked.
pub(crate) async fn hold(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    grounds: &[Ground],
) -> Result<bool, RepositoryError> {
    let people = grounds.iter().filter_map(|ground| match ground {
        Ground::Role(user, _) => Some(user.0),
        Ground::Open => None,
    });
    let members = members_of(tx, room_id, people.collect()).await?;
    for ground in grounds {
        let holds = match ground {
            Ground::Role(user, role) => members.get(user).map(|member| member.role) == *role,
            Ground::Open => is_open(tx, room_id).await?,
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn is_open(tx: &DatabaseTransaction, room_id: RoomId) -> Result<bool, RepositoryError> {
    let row = room::Entity::find_by_id(room_id.0).one(tx).await?;
    let room = row.map(to_room).transpose()?;
    Ok(room.is_some_and(|room| room.join_policy == JoinPolicy::Open))
}
