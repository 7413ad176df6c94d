//! Where finished files live.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use domain::PortError;
use domain::port::OpenedMedia;

use crate::bucket::{Bucket, S3Settings};
use crate::disk::Disk;
use crate::spool::{self, Spool};

/// Name of the spool folder inside a local place. It is no valid key, so it cannot be asked for.
const SPOOL_FOLDER: &str = ".incoming";

/// A place could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A folder cannot be made or read.
    #[error("cannot use the folder {}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The settings of the object storage do not fit together.
    #[error("cannot use the object storage: {0}")]
    ObjectStorage(#[from] object_store::Error),
}

/// Where finished files live, and where they are made.
#[derive(Clone)]
pub struct Place {
    pub(crate) files: Arc<dyn Files>,
    pub(crate) spool_dir: PathBuf,
}

impl Place {
    /// A folder on a local disk, made if it is missing. Files come into being in `.incoming`
    /// inside it, so that moving them to their place is one step of the file system; what a
    /// process that died left there is removed.
    ///
    /// # Errors
    /// [`SetupError::Folder`].
    pub fn local(dir: impl Into<PathBuf>) -> Result<Self, SetupError> {
        let dir = dir.into();
        let spool_dir = dir.join(SPOOL_FOLDER);
        prepare(&spool_dir)?;
        Ok(Self {
            files: Arc::new(Disk::new(dir)),
            spool_dir,
        })
    }

    /// A bucket of an S3-compatible object storage, with a local folder for files that are being
    /// received and looked into. Nothing is asked of the storage yet.
    ///
    /// Installs rustls' ring provider for the process, unless the process has chosen one before.
    ///
    /// # Errors
    /// [`SetupError`].
    pub fn s3(settings: &S3Settings, spool_dir: impl Into<PathBuf>) -> Result<Self, SetupError> {
        let spool_dir = spool_dir.into();
        prepare(&spool_dir)?;
        Ok(Self {
            files: Arc::new(Bucket::new(settings)?),
            spool_dir,
        })
    }
}

fn prepare(spool_dir: &Path) -> Result<(), SetupError> {
    std::fs::create_dir_all(spool_dir)
        .and_then(|()| spool::sweep(spool_dir))
        .map_err(|source| SetupError::Folder {
            path: spool_dir.to_owned(),
            source,
        })
}

/// Finished files under valid keys.
#[async_trait]
pub(crate) trait Files: Send + Sync {
    /// Keeps a file under that key, in place of an older one. It is there wholly or not at all,
    /// and survives a power cut once this has returned.
    async fn put(&self, key: &str, mime: &str, file: Spool) -> Result<(), PortError>;

    /// Opens a file or a part of it.
    async fn open(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError>;

    /// Removes a file, and what a client put straight into the store under that key.
    async fn remove(&self, key: &str) -> Result<(), PortError>;

    /// The address where a client may put that file itself, for as long as
    /// [`PUT_EXPIRES_IN`](crate::bucket::PUT_EXPIRES_IN).
    async fn presign_put(&self, key: &str) -> Result<Option<String>, PortError>;

    /// Opens what a client put straight into the store.
    async fn open_incoming(&self, key: &str) -> Result<Option<OpenedMedia>, PortError>;

    /// Asks something cheap.
    async fn check(&self) -> Result<(), PortError>;
}
