//! Signed-in devices.

mod unsaved;

use async_trait::async_trait;
use domain::port::SessionRepository;
use domain::session::{NewSession, Session};
use domain::user::Permission;
use domain::{PortError, SessionId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, Select, UpdateMany,
};
use shaku::Component;

use self::unsaved::Unsaved;
use crate::Database;
use crate::entity::{session, user};
use crate::error::{RepositoryError, port};
use crate::sql::only;
use crate::transaction::transaction;
use crate::user::permission;

/// Most characters of what a device tells of itself.
pub(crate) const LABEL_MAX: usize = 255;
/// Ended sessions that are forgotten at once, so that nobody waits long for the database.
const FORGET_CHUNK: u64 = 500;

/// Sessions in the database.
#[derive(Component)]
#[shaku(interface = SessionRepository)]
pub struct SqlSessionRepository {
    /// The database.
    db: Database,
    #[shaku(force_default)]
    unsaved: Unsaved,
}

#[async_trait]
impl SessionRepository for SqlSessionRepository {
    async fn insert(&self, new: NewSession, password_hash: &str) -> Result<Option<Session>, PortError> {
        let row = session::ActiveModel {
            user_id: Set(new.user_id.0),
            user_agent: Set(label(&new.user_agent)),
            address: Set(label(&new.address)),
            generation: Set(0),
            created_at: Set(new.created_at.0),
            last_used_at: Set(new.created_at.0),
            expires_at: Set(new.expires_at.0),
            revoked_at: Set(None),
            ..Default::default()
        };
        // Alone, a statement that gives its row back counts as done before SQLite has stored it.
        let stored: Result<Option<session::Model>, RepositoryError> =
            transaction!(self.db.beside_rooms(), tx => insert(&tx, row.clone(), new.user_id, password_hash).await);
        match stored {
            Ok(row) => Ok(row.map(to_session)),
            Err(error) if error.is_full() && self.db.backend() == DbBackend::Sqlite => {
                self.keep(new, password_hash, error).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn get(&self, id: SessionId) -> Result<Option<Session>, PortError> {
        if Unsaved::has_id(id) {
            return self.kept(id).await;
        }
        let row = only(session::Entity::find_by_id(id.0), self.db.reader())
            .await
            .map_err(port)?;
        Ok(row.map(to_session))
    }

    async fn get_with_permission(&self, id: SessionId) -> Result<Option<(Session, Permission)>, PortError> {
        if Unsaved::has_id(id) {
            let Some(session) = self.kept(id).await? else {
                return Ok(None);
            };
            let query = user::Entity::find_by_id(session.user_id.0).select_only();
            let word = query.column(user::Column::Permission).into_tuple::<String>();
            let word = word.all(self.db.reader()).await.map_err(port)?.pop();
            let permission = word.map(|word| permission(session.user_id, &word)).transpose()?;
            return Ok(permission.map(|permission| (session, permission)));
        }
        let account = session::Entity::belongs_to(user::Entity)
            .from(session::Column::UserId)
            .to(user::Column::Id);
        let held = session::Entity::find_by_id(id.0)
            .join(JoinType::InnerJoin, account.into())
            .column(user::Column::Permission)
            .into_model::<Held>();
        let held = held.all(self.db.reader()).await.map_err(port)?.pop();
        let held = held.map(|held| {
            let permission = permission(UserId(held.session.user_id), &held.permission)?;
            Ok::<_, RepositoryError>((to_session(held.session), permission))
        });
        Ok(held.transpose()?)
    }

    async fn live_of(&self, user_id: UserId, now: Timestamp) -> Result<Vec<Session>, PortError> {
        let rows = session::Entity::find()
            .filter(is_live(user_id, now))
            .order_by_desc(session::Column::LastUsedAt)
            .order_by_desc(session::Column::Id)
            .all(self.db.reader())
            .await
            .map_err(port)?;
        let mut sessions = self.unsaved.live_of(user_id, now);
        sessions.extend(rows.into_iter().map(to_session));
        Ok(sessions)
    }

    async fn rotate(
        &self,
        id: SessionId,
        generation: i64,
        address: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<Session>, PortError> {
        if Unsaved::has_id(id) {
            return Ok(self.unsaved.rotate(id, generation, address, now));
        }
        let result: Result<Option<Session>, RepositoryError> = transaction!(
            self.db.beside_rooms(), tx => rotate(&tx, id, generation, address, now, expires_at).await
        );
        Ok(result?)
    }

    async fn revoke(&self, id: SessionId, at: Timestamp) -> Result<bool, PortError> {
        if Unsaved::has_id(id) {
            return Ok(self.unsaved.revoke(id, at));
        }
        let revoked = revoke(&[id.0], at).exec(self.db.writer()).await.map_err(port)?;
        Ok(revoked.rows_affected > 0)
    }

    async fn revoke_surplus(&self, user_id: UserId, keep: u32, at: Timestamp) -> Result<Vec<SessionId>, PortError> {
        let surplus: Vec<i64> = session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(is_live(user_id, at))
            .order_by_desc(session::Column::LastUsedAt)
            .order_by_desc(session::Column::Id)
            .offset(u64::from(keep))
            .limit(FORGET_CHUNK)
            .into_tuple()
            .all(self.db.reader())
            .await
            .map_err(port)?;
        if !surplus.is_empty() {
            revoke(&surplus, at).exec(self.db.writer()).await.map_err(port)?;
        }
        Ok(surplus.into_iter().map(SessionId).collect())
    }

    async fn forget_ended(&self, before: Timestamp) -> Result<(), PortError> {
        loop {
            let ended: Vec<i64> = session::Entity::find()
                .select_only()
                .column(session::Column::Id)
                .filter(session::Column::ExpiresAt.lt(before.0))
                .order_by_asc(session::Column::ExpiresAt)
                .limit(FORGET_CHUNK)
                .into_tuple()
                .all(self.db.reader())
                .await
                .map_err(port)?;
            if ended.is_empty() {
                return Ok(());
            }
            session::Entity::delete_many()
                .filter(session::Column::Id.is_in(ended.iter().copied()))
                .exec(self.db.writer())
                .await
                .map_err(port)?;
        }
    }

    async fn set_password(
        &self,
        user_id: UserId,
        old: Option<&str>,
        new: &str,
        keep: Option<SessionId>,
        at: Timestamp,
    ) -> Result<Option<Vec<SessionId>>, PortError> {
        let result: Result<Option<Vec<SessionId>>, RepositoryError> =
            transaction!(self.db.beside_rooms(), tx => set_password(&tx, user_id, old, new, keep, at).await);
        let Some(mut ended) = result? else {
            return Ok(None);
        };
        let unsaved = self.unsaved.live_of(user_id, at).into_iter().map(|session| session.id);
        ended.extend(unsaved.filter(|id| Some(*id) != keep && self.unsaved.revoke(*id, at)));
        Ok(Some(ended))
    }
}

/// A session with what its account may do.
#[derive(FromQueryResult)]
struct Held {
    #[sea_orm(nested)]
    session: session::Model,
    permission: String,
}

impl SqlSessionRepository {
    /// Keeps a session in memory, since the disk is full.
    async fn keep(
        &self,
        new: NewSession,
        password_hash: &str,
        error: RepositoryError,
    ) -> Result<Option<Session>, PortError> {
        if self.password_of(new.user_id).await?.as_deref() != Some(password_hash) {
            return Ok(None);
        }
        tracing::warn!(user_id = %new.user_id, "there is no room for a session: it lasts an hour and no restart");
        let kept = self.unsaved.insert(new, password_hash.to_owned());
        kept.map(Some).ok_or_else(|| error.into())
    }

    /// Such a session, unless its password was changed, which another process may have done.
    async fn kept(&self, id: SessionId) -> Result<Option<Session>, PortError> {
        let Some((session, password)) = self.unsaved.get(id) else {
            return Ok(None);
        };
        let is_current = self.password_of(session.user_id).await? == Some(password);
        Ok(is_current.then_some(session))
    }

    async fn password_of(&self, user_id: UserId) -> Result<Option<String>, PortError> {
        let found = password_of(user_id).into_tuple().all(self.db.reader()).await;
        Ok(found.map_err(port)?.pop())
    }
}

async fn insert(
    tx: &DatabaseTransaction,
    row: session::ActiveModel,
    user_id: UserId,
    password_hash: &str,
) -> Result<Option<session::Model>, RepositoryError> {
    if locked_password(tx, user_id).await?.as_deref() != Some(password_hash) {
        return Ok(None);
    }
    Ok(Some(row.insert(tx).await?))
}

fn password_of(user_id: UserId) -> Select<user::Entity> {
    user::Entity::find_by_id(user_id.0)
        .select_only()
        .column(user::Column::Password)
}

/// The password hash of an account, which stays as it is until the transaction ends.
async fn locked_password(tx: &DatabaseTransaction, user_id: UserId) -> Result<Option<String>, RepositoryError> {
    let locked = password_of(user_id).lock_exclusive();
    Ok(locked.into_tuple().all(tx).await?.pop())
}

async fn set_password(
    tx: &DatabaseTransaction,
    user_id: UserId,
    old: Option<&str>,
    new: &str,
    keep: Option<SessionId>,
    at: Timestamp,
) -> Result<Option<Vec<SessionId>>, RepositoryError> {
    let Some(current) = locked_password(tx, user_id).await? else {
        return Ok(None);
    };
    if old.is_some_and(|old| old != current) {
        return Ok(None);
    }
    user::Entity::update_many()
        .col_expr(user::Column::Password, Expr::value(new))
        .col_expr(user::Column::UpdatedAt, Expr::value(at.0))
        .filter(user::Column::Id.eq(user_id.0))
        .exec(tx)
        .await?;
    revoke_all(tx, user_id, keep, at).await.map(Some)
}

async fn rotate(
    tx: &DatabaseTransaction,
    id: SessionId,
    generation: i64,
    address: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<Option<Session>, RepositoryError> {
    let moved = session::Entity::update_many()
        .col_expr(
            session::Column::Generation,
            Expr::col(session::Column::Generation).add(1),
        )
        .col_expr(session::Column::Address, Expr::value(label(address)))
        .col_expr(session::Column::LastUsedAt, Expr::value(now.0))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at.0))
        .filter(session::Column::Id.eq(id.0))
        .filter(session::Column::Generation.eq(generation))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now.0))
        .exec(tx)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(None);
    }
    let row = session::Entity::find_by_id(id.0).one(tx).await?;
    Ok(row.map(to_session))
}

async fn revoke_all(
    tx: &DatabaseTransaction,
    user_id: UserId,
    keep: Option<SessionId>,
    at: Timestamp,
) -> Result<Vec<SessionId>, RepositoryError> {
    let mut query = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(is_live(user_id, at))
        .order_by_asc(session::Column::Id);
    if let Some(keep) = keep {
        query = query.filter(session::Column::Id.ne(keep.0));
    }
    // The rows stay locked, so that a session that is rotated meanwhile is in the list or new.
    let ids: Vec<i64> = query.lock_exclusive().into_tuple().all(tx).await?;
    if !ids.is_empty() {
        revoke(&ids, at).exec(tx).await?;
    }
    Ok(ids.into_iter().map(SessionId).collect())
}

/// Ends those of the sessions that live. One that was ended has expired as well, so that one index
/// finds all that have ended.
fn revoke(ids: &[i64], at: Timestamp) -> UpdateMany<session::Entity> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at.0))
        .col_expr(session::Column::ExpiresAt, Expr::value(at.0))
        .filter(session::Column::Id.is_in(ids.iter().copied()))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(at.0))
}

fn is_live(user_id: UserId, now: Timestamp) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(session::Column::UserId.eq(user_id.0))
        .add(session::Column::RevokedAt.is_null())
        .add(session::Column::ExpiresAt.gt(now.0))
}

/// What a device tells of itself, cut to fit.
pub(crate) fn label(text: &str) -> String {
    text.chars().take(LABEL_MAX).collect()
}

fn to_session(row: session::Model) -> Session {
    Session {
        id: SessionId(row.id),
        user_id: UserId(row.user_id),
        user_agent: row.user_agent,
        address: row.address,
        generation: row.generation,
        created_at: Timestamp(row.created_at),
        last_used_at: Timestamp(row.last_used_at),
        expires_at: Timestamp(row.expires_at),
        revoked_at: row.revoked_at.map(Timestamp),
    }
}
