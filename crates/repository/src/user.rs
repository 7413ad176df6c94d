//! Accounts.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::port::{Credentials, MembershipKind, UserRepository};
use domain::user::{Email, NewUser, Permission, ProfileChange, User, UserFilter, UserName};
use domain::{PortError, RoomId, Timestamp, UserId, text};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Value,
};
use sha2::{Digest, Sha256};
use shaku::Component;

use crate::Database;
use crate::entity::{bad_row, member, room, user};
use crate::error::{RepositoryError, port};
use crate::invitation;
use crate::news::note;
use crate::picture;
use crate::sql::{statement, update_by_id};
use crate::transaction::transaction;

/// The unique keys of the table and how the wire calls them.
const KEYS: [(&str, &str); 2] = [("username_key", "userName"), ("email_key", "email")];
/// Longest e-mail key that is stored as it is.
const EMAIL_KEY_MAX: usize = 180;
/// People whose rows are updated by one statement.
const LAST_SEEN_CHUNK: usize = 500;

/// Accounts in the database.
#[derive(Component)]
#[shaku(interface = UserRepository)]
pub struct SqlUserRepository {
    /// The database.
    db: Database,
    #[shaku(force_default)]
    left: Left,
}

#[async_trait]
impl UserRepository for SqlUserRepository {
    async fn insert(&self, user: NewUser) -> Result<User, PortError> {
        let result: Result<User, RepositoryError> = transaction!(self.db, tx => insert(&tx, &user).await);
        Ok(result?)
    }

    async fn credentials_by_email(&self, key: &str) -> Result<Option<Credentials>, PortError> {
        let by_key = user::Column::EmailKey.eq(email_key(key));
        self.credentials_where(by_key).await
    }

    async fn credentials_by_name(&self, key: &str) -> Result<Option<Credentials>, PortError> {
        self.credentials_where(user::Column::UsernameKey.eq(key)).await
    }

    async fn credentials(&self, id: UserId) -> Result<Option<Credentials>, PortError> {
        self.credentials_where(user::Column::Id.eq(id.0)).await
    }

    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, PortError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = user::Entity::find()
            .filter(user::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_user).collect::<Result<_, _>>()?)
    }

    async fn find(&self, filter: &UserFilter, after: Option<UserId>, limit: u32) -> Result<Vec<User>, PortError> {
        let condition = match filter {
            UserFilter::Id(id) => user::Column::Id.eq(id.0),
            UserFilter::NamePrefix(prefix) => {
                // A range, which takes the index on both databases; LIKE with an escape does not.
                let first = text::fold(prefix);
                let behind = format!("{first}\u{10ffff}");
                user::Column::UsernameKey
                    .gte(first)
                    .and(user::Column::UsernameKey.lt(behind))
            }
            UserFilter::Email(email) => user::Column::EmailKey.eq(email_key(&text::fold(email))),
        };
        let mut query = user::Entity::find().filter(condition);
        if let Some(after) = after {
            query = query.filter(user::Column::Id.gt(after.0));
        }
        let rows = query
            .order_by_asc(user::Column::Id)
            .limit(u64::from(limit))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_user).collect::<Result<_, _>>()?)
    }

    async fn update(&self, id: UserId, change: ProfileChange, at: Timestamp) -> Result<Option<User>, PortError> {
        let result: Result<Option<User>, RepositoryError> =
            transaction!(self.db.beside_rooms(), tx => update(&tx, id, &change, at).await);
        Ok(result?)
    }

    /// Where many leave at once, those who come while one statement runs share the next one.
    async fn set_last_seen(&self, id: UserId, at: Timestamp) -> Result<(), PortError> {
        self.left.note(id, at);
        let _turn = self.left.turn.lock().await;
        for chunk in self.left.take().chunks(LAST_SEEN_CHUNK) {
            let rows: Vec<[Value; 2]> = chunk.iter().map(|(id, at)| [id.0, at.0].map(Value::from)).collect();
            let backend = self.db.backend();
            let (sql, values) = update_by_id(backend, "users", &["last_seen_at"], &rows);
            let update = statement(backend, sql, values);
            self.db.writer().execute_raw(update).await.map_err(port)?;
        }
        Ok(())
    }
}

/// People who have left and whose rows do not say so yet.
#[derive(Default)]
struct Left {
    /// In the order of the ids, so that two nodes never wait for each other's rows.
    waiting: Mutex<BTreeMap<UserId, Timestamp>>,
    /// Held by the one who writes.
    turn: tokio::sync::Mutex<()>,
}

impl Left {
    fn note(&self, id: UserId, at: Timestamp) {
        self.waiting().insert(id, at);
    }

    fn take(&self) -> Vec<(UserId, Timestamp)> {
        std::mem::take(&mut *self.waiting()).into_iter().collect()
    }

    fn waiting(&self) -> MutexGuard<'_, BTreeMap<UserId, Timestamp>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SqlUserRepository {
    async fn credentials_where(
        &self,
        condition: sea_orm::sea_query::SimpleExpr,
    ) -> Result<Option<Credentials>, PortError> {
        let row: Option<(i64, String)> = user::Entity::find()
            .select_only()
            .columns([user::Column::Id, user::Column::Password])
            .filter(condition)
            .into_tuple()
            .one(self.db.reader())
            .await
            .map_err(port)?;
        Ok(row.map(|(id, password_hash)| Credentials {
            user_id: UserId(id),
            password_hash,
        }))
    }
}

async fn insert(tx: &DatabaseTransaction, new: &NewUser) -> Result<User, RepositoryError> {
    let row = user::ActiveModel {
        username: Set(new.name.as_str().to_owned()),
        username_key: Set(new.name.key()),
        email: Set(new.email.as_str().to_owned()),
        email_key: Set(email_key(&new.email.key())),
        password: Set(new.password_hash.clone()),
        bio: Set(String::new()),
        qq: Set(String::new()),
        wechat: Set(String::new()),
        github: Set(String::new()),
        permission: Set(new.permission.as_str().to_owned()),
        image: Set(String::new()),
        created_at: Set(new.created_at.0),
        updated_at: Set(new.created_at.0),
        last_seen_at: Set(None),
        ..Default::default()
    };
    let mut row = row
        .insert(tx)
        .await
        .map_err(|error| RepositoryError::or_taken(error, &KEYS))?;
    // Only one of several first accounts can set this.
    let first = statement(
        tx.get_database_backend(),
        "UPDATE server_state SET first_user_id = ? WHERE id = 1 AND first_user_id IS NULL",
        vec![row.id.into()],
    );
    if tx.execute_raw(first).await?.rows_affected() > 0 {
        row.permission = Permission::Admin.as_str().to_owned();
        user::Entity::update_many()
            .col_expr(user::Column::Permission, Expr::value(row.permission.as_str()))
            .filter(user::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    join_lobby(tx, row.id, new.created_at).await?;
    // Behind the lobby's row, as whoever comes into the lobby by an invitation locks them.
    if let Some(code) = new.invitation
        && !invitation::count_use(tx, code, new.created_at).await?
    {
        return Err(RepositoryError::NoSuchInvitation);
    }
    to_user(row)
}

/// Makes a new account a member of the lobby, if there is one by now.
async fn join_lobby(tx: &DatabaseTransaction, user_id: i64, at: Timestamp) -> Result<(), RepositoryError> {
    // The update comes first: it locks the row, so that the count and the last seq are current.
    let counted = room::Entity::update_many()
        .col_expr(room::Column::MemberCount, Expr::col(room::Column::MemberCount).add(1))
        .filter(room::Column::IsLobby.eq(true))
        .exec(tx)
        .await?;
    if counted.rows_affected == 0 {
        return Ok(());
    }
    let lobby: Option<(i64, i64, i64)> = room::Entity::find()
        .select_only()
        .columns([room::Column::Id, room::Column::LastSeq, room::Column::LastRev])
        .filter(room::Column::IsLobby.eq(true))
        .into_tuple()
        .one(tx)
        .await?;
    let (room_id, last_seq, last_rev) = lobby.ok_or(RepositoryError::Broken("the lobby vanished"))?;
    let membership = member::ActiveModel {
        room_id: Set(room_id),
        user_id: Set(user_id),
        role: Set(domain::member::Role::Member.as_str().to_owned()),
        read_seq: Set(last_seq),
        joined_at: Set(at.0),
    };
    member::Entity::insert(membership).exec_without_returning(tx).await?;
    note(
        tx,
        RoomId(room_id),
        last_rev,
        [MembershipKind::Joined(UserId(user_id))],
        at,
    )
    .await
}

async fn update(
    tx: &DatabaseTransaction,
    id: UserId,
    change: &ProfileChange,
    at: Timestamp,
) -> Result<Option<User>, RepositoryError> {
    if change
        .permission
        .is_some_and(|permission| permission != Permission::Admin)
    {
        // Locked, so that of two admins who give it up at once one stays.
        let admins: Vec<i64> = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(user::Column::Permission.eq(Permission::Admin.as_str()))
            .lock_exclusive()
            .into_tuple()
            .all(tx)
            .await?;
        if admins == [id.0] {
            return Err(RepositoryError::LastAdmin);
        }
    }
    if let Some(new) = &change.image {
        let old = locked_image(tx, id).await?.unwrap_or_default();
        if !picture::replace(tx, &old, new, at).await? {
            return Err(RepositoryError::NoSuchPicture);
        }
    }
    let set = |value: &Option<String>| value.clone().map_or(sea_orm::ActiveValue::NotSet, Set);
    let row = user::ActiveModel {
        id: sea_orm::ActiveValue::Unchanged(id.0),
        username: set(&change.name.as_ref().map(|name| name.as_str().to_owned())),
        username_key: set(&change.name.as_ref().map(UserName::key)),
        email: set(&change.email.as_ref().map(|email| email.as_str().to_owned())),
        email_key: set(&change.email.as_ref().map(|email| email_key(&email.key()))),
        bio: set(&change.bio),
        qq: set(&change.qq),
        wechat: set(&change.wechat),
        github: set(&change.github),
        permission: set(&change.permission.map(|permission| permission.as_str().to_owned())),
        image: set(&change.image),
        updated_at: Set(at.0),
        ..Default::default()
    };
    user::Entity::update_many()
        .set(row)
        .filter(user::Column::Id.eq(id.0))
        .exec(tx)
        .await
        .map_err(|error| RepositoryError::or_taken(error, &KEYS))?;
    let row = user::Entity::find_by_id(id.0).one(tx).await?;
    row.map(to_user).transpose()
}

/// The picture of an account, which stays as it is until the transaction ends.
async fn locked_image(tx: &DatabaseTransaction, id: UserId) -> Result<Option<String>, RepositoryError> {
    let image = user::Entity::find_by_id(id.0).select_only().column(user::Column::Image);
    Ok(image.lock_exclusive().into_tuple().all(tx).await?.pop())
}

/// What the unique column holds for an e-mail key. Folding can make an address far longer than
/// an index may be, so a long one is cut, with its fingerprint behind.
fn email_key(key: &str) -> String {
    if key.chars().count() <= EMAIL_KEY_MAX {
        return key.to_owned();
    }
    let fingerprint: String = Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
    key.chars()
        .take(EMAIL_KEY_MAX)
        .chain(['#'])
        .chain(fingerprint.chars())
        .collect()
}

/// The permission that a row of `users` holds.
pub(crate) fn permission(id: UserId, word: &str) -> Result<Permission, RepositoryError> {
    Permission::parse(word).ok_or_else(|| bad_row("users", "permission", id.0, "is no permission"))
}

fn to_user(row: user::Model) -> Result<User, RepositoryError> {
    let permission = permission(UserId(row.id), &row.permission)?;
    Ok(User {
        id: UserId(row.id),
        name: UserName::from_stored(row.username),
        email: Email::from_stored(row.email),
        image: row.image,
        bio: row.bio,
        github: row.github,
        qq: row.qq,
        wechat: row.wechat,
        permission,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
        last_seen_at: row.last_seen_at.map(Timestamp),
    })
}
