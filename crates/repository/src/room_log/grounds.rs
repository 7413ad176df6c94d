//! Whether a change may still be made.

use domain::RoomId;
use domain::port::Ground;
use domain::room::JoinPolicy;
use sea_orm::{DatabaseTransaction, EntityTrait};

use crate::entity::room;
use crate::error::RepositoryError;
use crate::room::member_of;
use crate::sql::only;

/// Whether all of it still holds of a room that is locked.
pub(crate) async fn hold(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    grounds: &[Ground],
) -> Result<bool, RepositoryError> {
    for ground in grounds {
        let holds = match ground {
            Ground::Role(user, role) => member_of(tx, room_id, *user).await?.map(|member| member.role) == *role,
            Ground::Open => {
                let row = only(room::Entity::find_by_id(room_id.0), tx).await?;
                row.is_some_and(|room| room.join_policy == JoinPolicy::Open.as_str())
            }
        };
        if !holds {
            return Ok(false);
        }
    }
    Ok(true)
}
