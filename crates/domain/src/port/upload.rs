//! Uploads: which file belongs to whom and to what.

use async_trait::async_trait;
use shaku::Interface;

use crate::media::Upload;
use crate::{PortError, Timestamp, UserId};

/// Stores what is known of uploaded files.
#[async_trait]
pub trait UploadRepository: Interface {
    /// Stores a new upload.
    ///
    /// # Errors
    /// [`PortError`].
    async fn insert(&self, upload: &Upload) -> Result<(), PortError>;

    /// Stores a new upload, unless its owner's files would take more than `quota` bytes with it; false,
    /// with nothing stored, in that case. Of several at once none goes beyond it.
    ///
    /// # Errors
    /// [`PortError`].
    async fn insert_within(&self, upload: &Upload, quota: u64) -> Result<bool, PortError>;

    /// What the files of a person take, in bytes, without those that are deleted and without their
    /// thumbnails.
    ///
    /// # Errors
    /// [`PortError`].
    async fn bytes_of(&self, owner: UserId) -> Result<u64, PortError>;

    /// The upload whose file or thumbnail has this key, deleted or not.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get(&self, key: &str) -> Result<Option<Upload>, PortError>;

    /// Stores what was found in a pending upload's file; it is pending no more. False, with
    /// nothing stored, when it was not: of several at once only one succeeds.
    ///
    /// # Errors
    /// [`PortError`].
    async fn complete(&self, upload: &Upload) -> Result<bool, PortError>;

    /// True when the person is a member of the room of the message that carries the upload.
    ///
    /// # Errors
    /// [`PortError`].
    async fn is_readable_by(&self, key: &str, user_id: UserId) -> Result<bool, PortError>;

    /// Marks as deleted what is older than `before` and was never used: files that no message
    /// carries, pictures that no account and no room ever had.
    ///
    /// # Errors
    /// [`PortError`].
    async fn expire_unused(&self, before: Timestamp, at: Timestamp) -> Result<(), PortError>;

    /// Uploads that are marked as deleted, at most `limit`.
    ///
    /// # Errors
    /// [`PortError`].
    async fn deleted(&self, limit: u32) -> Result<Vec<Upload>, PortError>;

    /// Forgets an upload whose bytes are gone.
    ///
    /// # Errors
    /// [`PortError`].
    async fn forget(&self, key: &str) -> Result<(), PortError>;
}
