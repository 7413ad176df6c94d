//! Preferences.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::port::PreferenceRepository;
use domain::preference::{
    PREFERENCES_MAX, Preference, PreferenceKey, PreferenceValue, PreferencesSet, REMOVED_MAX, merge,
};
use domain::{PortError, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shaku::Component;

use crate::Database;
use crate::entity::preference;
use crate::error::{RepositoryError, port};
use crate::transaction::transaction;

/// Preferences in the database.
#[derive(Component)]
#[shaku(interface = PreferenceRepository)]
pub struct SqlPreferenceRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl PreferenceRepository for SqlPreferenceRepository {
    async fn list(
        &self,
        user_id: UserId,
        after: Option<&PreferenceKey>,
        limit: u32,
    ) -> Result<Vec<Preference>, PortError> {
        let rows = preference::Entity::find()
            .filter(preference::Column::UserId.eq(user_id.0))
            .filter(preference::Column::Name.gt(after.map_or("", PreferenceKey::as_str)))
            .filter(preference::Column::Value.is_not_null())
            .order_by_asc(preference::Column::Name)
            .limit(u64::from(limit))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_preference).collect())
    }

    async fn set(&self, user_id: UserId, preferences: &[Preference]) -> Result<Option<PreferencesSet>, PortError> {
        let result: Result<Option<PreferencesSet>, RepositoryError> =
            transaction!(self.db.beside_rooms(), tx => set(&tx, user_id, preferences).await);
        Ok(result?)
    }
}

async fn set(
    tx: &DatabaseTransaction,
    user_id: UserId,
    asked: &[Preference],
) -> Result<Option<PreferencesSet>, RepositoryError> {
    let stored = stored(tx, user_id, asked).await?;
    let set = merge(&stored, asked);
    let is_kept = |one: &&Preference| stored.get(&one.key).is_some_and(|one| one.value.is_some());
    let (kept, lost) = set.changed.iter().partition::<Vec<_>, _>(|one| one.value.is_some());
    let added = kept.iter().filter(|one| !is_kept(one)).count() as u64;
    let removed = lost.iter().filter(|one| is_kept(one)).count() as u64;
    if added > removed && count(tx, user_id).await? + added - removed > PREFERENCES_MAX {
        return Ok(None);
    }
    save(tx, user_id, &stored, &set.changed).await?;
    if !lost.is_empty() {
        forget_removed(tx, user_id).await?;
    }
    Ok(Some(set))
}

/// What stands under the keys, locked.
async fn stored(
    tx: &DatabaseTransaction,
    user_id: UserId,
    asked: &[Preference],
) -> Result<BTreeMap<PreferenceKey, Preference>, RepositoryError> {
    let rows = preference::Entity::find()
        .filter(preference::Column::UserId.eq(user_id.0))
        .filter(preference::Column::Name.is_in(asked.iter().map(|one| one.key.as_str())))
        .lock_exclusive()
        .all(tx)
        .await?;
    let stored = rows.into_iter().map(to_preference);
    Ok(stored.map(|one| (one.key.clone(), one)).collect())
}

/// How many the person has.
async fn count(tx: &DatabaseTransaction, user_id: UserId) -> Result<u64, RepositoryError> {
    let kept = preference::Entity::find()
        .filter(preference::Column::UserId.eq(user_id.0))
        .filter(preference::Column::Value.is_not_null());
    Ok(kept.count(tx).await?)
}

/// Should another request make one of the new rows at this moment, the key refuses this one's,
/// and the next attempt finds the other's.
async fn save(
    tx: &DatabaseTransaction,
    user_id: UserId,
    stored: &BTreeMap<PreferenceKey, Preference>,
    changed: &[Preference],
) -> Result<(), RepositoryError> {
    let (known, new): (Vec<&Preference>, Vec<&Preference>) =
        changed.iter().partition(|one| stored.contains_key(&one.key));
    let row = |one: &&Preference| preference::ActiveModel {
        user_id: Set(user_id.0),
        name: Set(one.key.as_str().to_owned()),
        value: Set(one.value.as_ref().map(|value| value.as_json().to_owned())),
        updated_at: Set(one.updated_at.0),
    };
    if !new.is_empty() {
        let rows = preference::Entity::insert_many(new.iter().map(row));
        rows.exec_without_returning(tx).await?;
    }
    if !known.is_empty() {
        let key = [preference::Column::UserId, preference::Column::Name];
        let mut over = OnConflict::columns(key);
        over.update_columns([preference::Column::Value, preference::Column::UpdatedAt]);
        let rows = preference::Entity::insert_many(known.iter().map(row));
        rows.on_conflict(over).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Forgets the removals that nobody can come too late for any more: all but the last ones.
async fn forget_removed(tx: &DatabaseTransaction, user_id: UserId) -> Result<(), RepositoryError> {
    let removed = Condition::all()
        .add(preference::Column::UserId.eq(user_id.0))
        .add(preference::Column::Value.is_null());
    let last: Option<i64> = preference::Entity::find()
        .select_only()
        .column(preference::Column::UpdatedAt)
        .filter(removed.clone())
        .order_by_desc(preference::Column::UpdatedAt)
        .offset(REMOVED_MAX)
        .limit(1)
        .into_tuple()
        .one(tx)
        .await?;
    if let Some(last) = last {
        preference::Entity::delete_many()
            .filter(removed)
            .filter(preference::Column::UpdatedAt.lte(last))
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn to_preference(row: preference::Model) -> Preference {
    Preference {
        key: PreferenceKey::from_stored(row.name),
        value: row.value.map(PreferenceValue::from_stored),
        updated_at: Timestamp(row.updated_at),
    }
}
