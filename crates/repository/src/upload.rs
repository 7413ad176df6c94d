//! Uploads: which file belongs to whom and to what.

use async_trait::async_trait;
use domain::media::{MediaKind, Scene, StoredMedia, Upload};
use domain::port::UploadRepository;
use domain::{MessageId, PortError, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shaku::Component;

use crate::Database;
use crate::entity::{bad_row, upload, user};
use crate::error::{RepositoryError, port};
use crate::sql::{only, statement};
use crate::transaction::transaction;

/// Uploads in the database.
#[derive(Component)]
#[shaku(interface = UploadRepository)]
pub struct SqlUploadRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl UploadRepository for SqlUploadRepository {
    async fn insert(&self, upload: &Upload) -> Result<(), PortError> {
        let row = to_row(upload)?;
        upload::Entity::insert(row)
            .exec_without_returning(self.db.writer())
            .await
            .map_err(port)?;
        Ok(())
    }

    async fn insert_within(&self, upload: &Upload, quota: u64) -> Result<bool, PortError> {
        let row = to_row(upload)?;
        let stored: Result<bool, RepositoryError> = transaction!(self.db.beside_rooms(), tx => {
            insert_within(&tx, row.clone(), upload, quota).await
        });
        Ok(stored?)
    }

    async fn bytes_of(&self, owner: UserId) -> Result<u64, PortError> {
        Ok(bytes_of(self.db.reader(), owner).await?)
    }

    async fn get(&self, key: &str) -> Result<Option<Upload>, PortError> {
        // Two look-ups, since one with OR could not use both indexes everywhere.
        for column in [upload::Column::FileKey, upload::Column::ThumbnailKey] {
            let query = upload::Entity::find().filter(column.eq(key));
            let row = only(query, self.db.reader()).await.map_err(port)?;
            if let Some(row) = row {
                return Ok(Some(to_upload(row)?));
            }
        }
        Ok(None)
    }

    async fn complete(&self, upload: &Upload) -> Result<bool, PortError> {
        let mut row = to_row(upload)?;
        // What was found in the file; whose it is and where it belongs stays.
        row.is_pending = Set(false);
        row.owner_id = sea_orm::ActiveValue::NotSet;
        row.scene = sea_orm::ActiveValue::NotSet;
        row.message_id = sea_orm::ActiveValue::NotSet;
        row.created_at = sea_orm::ActiveValue::NotSet;
        row.deleted_at = sea_orm::ActiveValue::NotSet;
        let completed = upload::Entity::update_many()
            .set(row)
            .filter(upload::Column::FileKey.eq(upload.media.key.as_str()))
            .filter(upload::Column::IsPending.eq(true))
            .filter(upload::Column::DeletedAt.is_null())
            .exec(self.db.writer())
            .await
            .map_err(port)?;
        Ok(completed.rows_affected > 0)
    }

    async fn is_readable_by(&self, key: &str, user_id: UserId) -> Result<bool, PortError> {
        let Some(upload) = self.get(key).await? else {
            return Ok(false);
        };
        let (Some(message_id), None) = (upload.message_id, upload.deleted_at) else {
            return Ok(false);
        };
        let member = statement(
            self.db.backend(),
            "SELECT 1 FROM messages m JOIN room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
             WHERE m.id = ?",
            vec![user_id.0.into(), message_id.0.into()],
        );
        let row = self.db.reader().query_one_raw(member).await.map_err(port)?;
        Ok(row.is_some())
    }

    async fn expire_unused(&self, before: Timestamp, at: Timestamp) -> Result<(), PortError> {
        upload::Entity::update_many()
            .col_expr(upload::Column::DeletedAt, Expr::value(at.0))
            .filter(upload::Column::MessageId.is_null())
            .filter(upload::Column::UseCount.eq(0))
            .filter(upload::Column::CreatedAt.lt(before.0))
            .filter(upload::Column::DeletedAt.is_null())
            .exec(self.db.writer())
            .await
            .map_err(port)?;
        Ok(())
    }

    async fn deleted(&self, limit: u32) -> Result<Vec<Upload>, PortError> {
        let rows = upload::Entity::find()
            .filter(upload::Column::DeletedAt.is_not_null())
            .order_by_asc(upload::Column::DeletedAt)
            .order_by_asc(upload::Column::Id)
            .limit(u64::from(limit))
            .all(self.db.reader())
            .await
            .map_err(port)?;
        Ok(rows.into_iter().map(to_upload).collect::<Result<_, _>>()?)
    }

    async fn forget(&self, key: &str) -> Result<(), PortError> {
        upload::Entity::delete_many()
            .filter(upload::Column::FileKey.eq(key))
            .exec(self.db.writer())
            .await
            .map_err(port)?;
        Ok(())
    }
}

async fn insert_within(
    tx: &DatabaseTransaction,
    row: upload::ActiveModel,
    upload: &Upload,
    quota: u64,
) -> Result<bool, RepositoryError> {
    // Whoever uploads twice at once does one after the other.
    user::Entity::find_by_id(upload.owner.0)
        .lock_exclusive()
        .one(tx)
        .await?;
    let taken = bytes_of(tx, upload.owner).await?;
    if taken.saturating_add(upload.media.size) > quota {
        return Ok(false);
    }
    upload::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(true)
}

async fn bytes_of<C: ConnectionTrait>(connection: &C, owner: UserId) -> Result<u64, RepositoryError> {
    // MySQL sums into a decimal unless it is told otherwise.
    let sum = match connection.get_database_backend() {
        DbBackend::Sqlite => "COALESCE(SUM(size), 0)",
        _ => "CAST(COALESCE(SUM(size), 0) AS SIGNED)",
    };
    let sql = format!("SELECT {sum} AS taken FROM uploads WHERE owner_id = ? AND deleted_at IS NULL");
    let query = statement(connection.get_database_backend(), sql, vec![owner.0.into()]);
    let row = connection.query_one_raw(query).await?;
    let taken: i64 = row.map(|row| row.try_get("", "taken")).transpose()?.unwrap_or_default();
    Ok(u64::try_from(taken).unwrap_or_default())
}

fn to_row(upload: &Upload) -> Result<upload::ActiveModel, RepositoryError> {
    let media = &upload.media;
    let size = i64::try_from(media.size).map_err(|_| bad_row("uploads", "size", &media.key, "is too large"))?;
    Ok(upload::ActiveModel {
        file_key: Set(media.key.clone()),
        object_key: Set(media.object_key.clone()),
        thumbnail_key: Set(media.thumbnail.clone()),
        mime: Set(media.mime.clone()),
        extension: Set(media.extension.clone()),
        kind: Set(media.kind.as_str().to_owned()),
        size: Set(size),
        width: Set(media.width.map(i64::from)),
        height: Set(media.height.map(i64::from)),
        name: Set(upload.name.clone()),
        owner_id: Set(upload.owner.0),
        scene: Set(upload.scene.as_str().to_owned()),
        message_id: Set(upload.message_id.map(|id| id.0)),
        is_pending: Set(upload.is_pending),
        created_at: Set(upload.created_at.0),
        deleted_at: Set(upload.deleted_at.map(|at| at.0)),
        ..Default::default()
    })
}

fn to_upload(row: upload::Model) -> Result<Upload, RepositoryError> {
    let id = row.id;
    let bad = |column| move |_| bad_row("uploads", column, id, "is out of bounds");
    let pixels = |value: Option<i64>, column| value.map(u32::try_from).transpose().map_err(bad(column));
    Ok(Upload {
        media: StoredMedia {
            kind: MediaKind::parse(&row.kind).ok_or_else(|| bad_row("uploads", "kind", id, "is no kind"))?,
            size: u64::try_from(row.size).map_err(bad("size"))?,
            width: pixels(row.width, "width")?,
            height: pixels(row.height, "height")?,
            key: row.file_key,
            object_key: row.object_key,
            mime: row.mime,
            extension: row.extension,
            thumbnail: row.thumbnail_key,
        },
        name: row.name,
        owner: UserId(row.owner_id),
        scene: Scene::parse(&row.scene).ok_or_else(|| bad_row("uploads", "scene", id, "is no scene"))?,
        message_id: row.message_id.map(MessageId),
        is_pending: row.is_pending,
        created_at: Timestamp(row.created_at),
        deleted_at: row.deleted_at.map(Timestamp),
    })
}
