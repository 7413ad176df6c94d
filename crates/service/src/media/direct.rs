//! Files that clients put straight into object storage, once somebody sends them.

use domain::media::{StoredMedia, Upload};
use domain::port::{MediaStore, UploadRepository};

use crate::Result;

/// Looks into the file of a pending upload and keeps it. Of several callers at once one keeps what
/// it has found, and the others get that. `None` when no file was put there.
pub(crate) async fn adopt(
    store: &dyn MediaStore,
    uploads: &dyn UploadRepository,
    pending: Upload,
    limit: u64,
) -> Result<Option<Upload>> {
    let key = pending.media.key.clone();
    if let Some(media) = store.adopt(&key, limit).await? {
        let found = Upload {
            media,
            is_pending: false,
            ..pending
        };
        if uploads.complete(&found).await? {
            // The message does not depend on it: what was put there expires by itself.
            if let Err(error) = store.remove(&key).await {
                tracing::warn!(%error, key, "a file that was looked into stays where it was put");
            }
            return Ok(Some(found));
        }
        let StoredMedia {
            object_key, thumbnail, ..
        } = found.media;
        for own in object_key.into_iter().chain(thumbnail) {
            store.remove(&own).await?;
        }
    }
    let kept = uploads.get(&key).await?;
    Ok(kept.filter(|upload| !upload.is_pending && upload.deleted_at.is_none()))
}

/// Removes all bytes of an upload.
pub(crate) async fn remove(store: &dyn MediaStore, media: &StoredMedia) -> Result<()> {
    let keys = [Some(&media.key), media.object_key.as_ref(), media.thumbnail.as_ref()];
    for key in keys.into_iter().flatten() {
        store.remove(key).await?;
    }
    Ok(())
}
