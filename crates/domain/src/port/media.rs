//! The store of uploaded bytes.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use shaku::Interface;

use crate::PortError;
use crate::media::StoredMedia;

/// Bytes that come or go piece by piece.
#[async_trait]
pub trait Chunks: Send {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// [`PortError`] when the other side failed; nothing comes after it.
    async fn next(&mut self) -> Result<Option<Bytes>, PortError>;
}

/// Why a file was not taken. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is larger than allowed.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It must be a picture (an avatar, a room's picture) and is none.
    #[error("the file is not a picture of a known type")]
    NotAPicture,
    /// Its sender or the store failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// A file that is being read.
pub struct OpenedMedia {
    /// Bytes of the whole file.
    pub size: u64,
    /// The bytes of the asked range.
    pub body: Box<dyn Chunks>,
}

/// A permission to put one object straight into the store.
#[derive(Debug, Clone)]
pub struct PresignedPut {
    /// Where to `PUT` the bytes.
    pub url: String,
    /// How long it holds.
    pub expires_in: Duration,
}

/// Stores uploaded bytes, on local disk or in object storage.
#[async_trait]
pub trait MediaStore: Interface {
    /// Takes a file: streams it to disk, decides its type by its content, reads the size of
    /// pictures from their header before decoding anything, removes what pictures tell about
    /// their taking (EXIF, but for the rotation), makes a thumbnail, and stores it under a new
    /// random key. A picture that breaks a limit or cannot be decoded is kept as a plain file.
    /// Memory does not grow with the file.
    ///
    /// `name` is used for nothing but the extension of files whose content tells no type.
    ///
    /// # Errors
    /// [`ReceiveError`]; nothing is kept then.
    async fn receive(
        &self,
        body: &mut dyn Chunks,
        name: &str,
        limit: u64,
        picture_only: bool,
    ) -> Result<StoredMedia, ReceiveError>;

    /// Opens a file, or `range` (first and last byte, both inside the file) of it. `None` when
    /// there is no such key.
    ///
    /// # Errors
    /// [`PortError`].
    async fn open(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError>;

    /// Removes a file; it is no error when there is none.
    ///
    /// # Errors
    /// [`PortError`].
    async fn remove(&self, key: &str) -> Result<(), PortError>;

    /// Lets a client put a file of that extension straight into the store, under a new random
    /// key, which comes back with the permission. `None` where the store cannot do that.
    ///
    /// # Errors
    /// [`PortError`].
    async fn presign_put(&self, extension: &str) -> Result<Option<(String, PresignedPut)>, PortError>;

    /// Looks into a file that a client put straight into the store, and treats it as
    /// [`receive`](Self::receive) does. Each look keeps what it has made under an `object_key` of
    /// its own, so that of several at once none touches what another one has kept. What the client
    /// has put stays until `key` is [removed](Self::remove). `None` when there is nothing.
    ///
    /// # Errors
    /// [`ReceiveError`]; what the client has put is removed then, unless the store failed.
    async fn adopt(&self, key: &str, limit: u64) -> Result<Option<StoredMedia>, ReceiveError>;

    /// Asks the store something cheap.
    ///
    /// # Errors
    /// [`PortError`] when it does not answer.
    async fn check(&self) -> Result<(), PortError>;
}
