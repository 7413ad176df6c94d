//! Uploads in memory.

use async_trait::async_trait;
use domain::media::{Scene, Upload, key_of};
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
        self.db.lock().add_upload(upload)
    }

    async fn insert_within(&self, upload: &Upload, quota: u64) -> Result<bool, PortError> {
        let mut state = self.db.lock();
        if state.bytes_of(upload.owner).saturating_add(upload.media.size) > quota {
            return Ok(false);
        }
        state.add_upload(upload)?;
        Ok(true)
    }

    async fn bytes_of(&self, owner: UserId) -> Result<u64, PortError> {
        Ok(self.db.lock().bytes_of(owner))
    }

    async fn get(&self, key: &str) -> Result<Option<Upload>, PortError> {
        Ok(self.db.lock().upload(key).cloned())
    }

    async fn complete(&self, upload: &Upload) -> Result<bool, PortError> {
        let mut state = self.db.lock();
        let stored = state.uploads.get_mut(&upload.media.key);
        let Some(stored) = stored.filter(|stored| stored.is_pending && stored.deleted_at.is_none()) else {
            return Ok(false);
        };
        stored.media = upload.media.clone();
        stored.name = upload.name.clone();
        stored.is_pending = false;
        Ok(true)
    }

    async fn is_readable_by(&self, key: &str, user_id: UserId) -> Result<bool, PortError> {
        let state = self.db.lock();
        let readable = state.upload(key).filter(|upload| upload.deleted_at.is_none());
        let message = readable
            .and_then(|upload| upload.message_id)
            .and_then(|id| state.messages.get(&id));
        Ok(message.is_some_and(|message| state.is_member(message.room_id, user_id)))
    }

    async fn expire_unused(&self, before: Timestamp, at: Timestamp) -> Result<(), PortError> {
        let mut state = self.db.lock();
        let State {
            uploads, picture_uses, ..
        } = &mut *state;
        for (key, upload) in uploads {
            let is_unused = upload.message_id.is_none() && !picture_uses.contains_key(key);
            if is_unused && upload.created_at < before && upload.deleted_at.is_none() {
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
    fn add_upload(&mut self, upload: &Upload) -> Result<(), PortError> {
        if self.uploads.contains_key(&upload.media.key) {
            return Err(PortError::failed("the key is stored already"));
        }
        self.uploads.insert(upload.media.key.clone(), upload.clone());
        Ok(())
    }

    fn bytes_of(&self, owner: UserId) -> u64 {
        let is_kept = |upload: &&Upload| upload.owner == owner && upload.deleted_at.is_none();
        self.uploads
            .values()
            .filter(is_kept)
            .map(|upload| upload.media.size)
            .sum()
    }

    /// Takes the picture at the address `new` into use, in place of the one at `old`; false, with
    /// nothing changed, when the new one is gone.
    pub(super) fn replace_picture(&mut self, old: &str, new: &str, at: Timestamp) -> bool {
        if let Some(key) = key_of(new) {
            let Some(key) = self.picture(key) else {
                return false;
            };
            *self.picture_uses.entry(key).or_default() += 1;
        }
        let Some(key) = key_of(old).and_then(|key| self.picture(key)) else {
            return true;
        };
        let left = self.picture_uses.remove(&key).unwrap_or_default().saturating_sub(1);
        if left > 0 {
            self.picture_uses.insert(key, left);
        } else if let Some(upload) = self.uploads.get_mut(&key) {
            upload.deleted_at = Some(at);
        }
        true
    }

    /// The key of the file of a picture that is not deleted.
    fn picture(&self, key: &str) -> Option<String> {
        let is_picture = |upload: &&Upload| upload.scene != Scene::Message && upload.deleted_at.is_none();
        self.upload(key)
            .filter(is_picture)
            .map(|upload| upload.media.key.clone())
    }

    /// The upload whose file or thumbnail has the key.
    fn upload(&self, key: &str) -> Option<&Upload> {
        self.uploads.get(key).or_else(|| {
            let mut uploads = self.uploads.values();
            uploads.find(|upload| upload.media.thumbnail.as_deref() == Some(key))
        })
    }
}
