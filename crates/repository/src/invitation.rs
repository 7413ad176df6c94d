//! Invitations.

use async_trait::async_trait;
use domain::invitation::{Invitation, InvitationCode, LIVE_MAX};
use domain::port::InvitationRepository;
use domain::{PortError, RoomId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shaku::Component;

use crate::Database;
use crate::entity::{bad_row, invitation, room};
use crate::error::{RepositoryError, port};
use crate::sql::only;
use crate::transaction::transaction;

/// Invitations in the database.
#[derive(Component)]
#[shaku(interface = InvitationRepository)]
pub struct SqlInvitationRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl InvitationRepository for SqlInvitationRepository {
    async fn insert(&self, invitation: &Invitation) -> Result<bool, PortError> {
        let result: Result<bool, RepositoryError> =
            transaction!(self.db.beside_rooms(), tx => insert(&tx, invitation).await);
        Ok(result?)
    }

    async fn get(&self, code: InvitationCode) -> Result<Option<Invitation>, PortError> {
        let row = only(invitation::Entity::find_by_id(code.to_string()), self.db.reader());
        let row = row.await.map_err(port)?;
        Ok(row.map(to_invitation).transpose()?)
    }

    async fn live_of(&self, room_id: RoomId, now: Timestamp) -> Result<Vec<Invitation>, PortError> {
        let rows = invitation::Entity::find()
            .filter(invitation::Column::RoomId.eq(room_id.0))
            .filter(is_live(now))
            .order_by_desc(invitation::Column::CreatedAt)
            .order_by_desc(invitation::Column::Code)
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_invitation).collect::<Result<_, _>>()?)
    }

    async fn remove(&self, code: InvitationCode) -> Result<bool, PortError> {
        let removed = invitation::Entity::delete_by_id(code.to_string()).exec(self.db.writer());
        Ok(removed.await.map_err(port)?.rows_affected > 0)
    }
}

async fn insert(tx: &DatabaseTransaction, new: &Invitation) -> Result<bool, RepositoryError> {
    // The room's row is locked, so that of several who count at once each sees what the others made.
    let room = room::Entity::find_by_id(new.room_id.0)
        .select_only()
        .column(room::Column::Id);
    let room: Vec<i64> = room.lock_exclusive().into_tuple().all(tx).await?;
    let of_room = invitation::Column::RoomId.eq(new.room_id.0);
    invitation::Entity::delete_many()
        .filter(of_room.clone())
        .filter(is_live(new.created_at).not())
        .exec(tx)
        .await?;
    let others = invitation::Entity::find().filter(of_room).count(tx).await?;
    if room.is_empty() || others >= LIVE_MAX {
        return Ok(false);
    }
    let row = invitation::ActiveModel {
        code: Set(new.code.to_string()),
        room_id: Set(new.room_id.0),
        creator_id: Set(new.creator.0),
        max_uses: Set(new.max_uses),
        uses: Set(new.uses),
        expires_at: Set(new.expires_at.map(|at| at.0)),
        created_at: Set(new.created_at.0),
    };
    invitation::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(true)
}

/// Counts a use of an invitation, in the transaction of what it is used for. False when it is
/// unknown or has ended: of several who take its last use at once only one gets it.
pub(crate) async fn count_use(
    tx: &DatabaseTransaction,
    code: InvitationCode,
    now: Timestamp,
) -> Result<bool, RepositoryError> {
    let counted = invitation::Entity::update_many()
        .col_expr(invitation::Column::Uses, Expr::col(invitation::Column::Uses).add(1))
        .filter(invitation::Column::Code.eq(code.to_string()))
        .filter(is_live(now))
        .exec(tx)
        .await?;
    Ok(counted.rows_affected > 0)
}

/// The rule of [`Invitation::is_live`].
fn is_live(now: Timestamp) -> Condition {
    let has_uses = Condition::any()
        .add(invitation::Column::MaxUses.eq(0))
        .add(Expr::col(invitation::Column::Uses).lt(Expr::col(invitation::Column::MaxUses)));
    let has_time = Condition::any()
        .add(invitation::Column::ExpiresAt.is_null())
        .add(invitation::Column::ExpiresAt.gt(now.0));
    Condition::all().add(has_uses).add(has_time)
}

fn to_invitation(row: invitation::Model) -> Result<Invitation, RepositoryError> {
    let code = InvitationCode::parse(&row.code);
    // The code itself is a secret, also in a log.
    let code = code.ok_or_else(|| bad_row("invitations", "code", row.room_id, "is no code"))?;
    Ok(Invitation {
        code,
        room_id: RoomId(row.room_id),
        creator: UserId(row.creator_id),
        max_uses: row.max_uses,
        uses: row.uses,
        expires_at: row.expires_at.map(Timestamp),
        created_at: Timestamp(row.created_at),
    })
}
