//! Uploads in memory.

use async_trait::async_trait;
use domain::media::{Scene, Upload};
use domain::port::UploadRepository;
use domain::{PortError, Timestamp, UserId};
use shaku::Component;

use super::{MemoryDatabase, State};

/// Uploads in memory.
#[derive(Component)]
#[shaku(interface = UploadRepository)]
pub struct MemoryUploadRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl UploadRepository for MemoryUploadRepository {
    async fn insert(&self, upload: &Upload) -> Result<(), PortError> {
        let mut state = self.db.lock();
        if state.uploads.contains_key(&upload.media.key) {
            return Err(PortError::failed("the key is stored already"));
        }
        state.uploads.insert(upload.media.key.clone(), upload.clone());
        Ok(())
    }

    async fn get(&self, key: &str) -> Result<Option<Upload>, PortError> {
        Ok(self.db.lock().upload(key).cloned())
    }

    async fn complete(&self, upload: &Upload) -> Result<(), PortError> {
        let mut state = self.db.lock();
        if let Some(stored) = state.uploads.get_mut(&upload.media.key)
            && stored.is_pending
        {
            stored.media = upload.media.clone();
            stored.name = upload.name.clone();
            stored.is_pending = false;
        }
        Ok(())
    }

    async fn is_readable_by(&self, key: &str, user_id: UserId) -> Result<bool, PortError> {
        let state = self.db.lock();
        let readable = state.upload(key).filter(|upload| upload.deleted_at.is_none());
        let message = readable
            .and_then(|upload| upload.message_id)
            .and_then(|id| state.messages.get(&id));
        Ok(message.is_some_and(|message| state.is_member(message.room_id, user_id)))
    }

    async fn expire_unsent(&self, before: Timestamp, at: Timestamp) -> Result<(), PortError> {
        for upload in self.db.lock().uploads.values_mut() {
            let is_unsent = upload.scene == Scene::Message && upload.message_id.is_none();
            if is_unsent && upload.created_at < before && upload.deleted_at.is_none() {
                upload.deleted_at = Some(at);
            }
        }
        Ok(())
    }

    async fn deleted(&self, limit: u32) -> Result<Vec<Upload>, PortError> {
        let state = self.db.lock();
        let deleted = state.uploads.values().filter(|upload| upload.deleted_at.is_some());
        Ok(deleted.take(limit as usize).cloned().collect())
    }

    async fn forget(&self, key: &str) -> Result<(), PortError> {
        self.db.lock().uploads.remove(key);
        Ok(())
    }
}

impl State {
    /// The upload whose file or thumbnail has the key.
    fn upload(&self, key: &str) -> Option<&Upload> {
        self.uploads.get(key).or_else(|| {
            let mut uploads = self.uploads.values();
            uploads.find(|upload| upload.media.thumbnail.as_deref() == Some(key))
        })
    }
}
