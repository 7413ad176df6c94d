//! Finished files in a folder.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use domain::PortError;
use domain::port::{Chunks, OpenedMedia};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, SeekFrom};

use crate::place::Files;
use crate::spool::{Spool, blocking, disk_error};

/// Bytes read at once. Each read is a trip to another thread, so it is worth some bytes.
const CHUNK: usize = 128 * 1024;

/// A folder with one file per key.
pub(crate) struct Disk {
    dir: PathBuf,
}

impl Disk {
    pub(crate) fn new(dir: PathBuf) -> Self {
        Self { dir }
    }
}

#[async_trait]
impl Files for Disk {
    async fn put(&self, key: &str, _mime: &str, file: Spool) -> Result<(), PortError> {
        let (dir, path) = (self.dir.clone(), self.dir.join(key));
        blocking(move || {
            // First the bytes, then the name, then the folder that holds the name: whatever a
            // power cut leaves, a key never leads to half a file.
            File::open(file.path())?.sync_all()?;
            std::fs::rename(file.path(), &path)?;
            sync_folder(&dir)
        })
        .await
    }

    async fn open(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        let mut file = match tokio::fs::File::open(self.dir.join(key)).await {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk_error(error)),
        };
        let size = file.metadata().await.map_err(disk_error)?.len();
        let (first, left) = match range {
            Some((first, last)) if first <= last && last < size => (first, last - first + 1),
            Some(_) => return Err(PortError::failed("the range lies outside the file")),
            None => (0, size),
        };
        file.seek(SeekFrom::Start(first)).await.map_err(disk_error)?;
        Ok(Some(OpenedMedia {
            size,
            body: Box::new(DiskChunks { file, left }),
        }))
    }

    async fn remove(&self, key: &str) -> Result<(), PortError> {
        match tokio::fs::remove_file(self.dir.join(key)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(disk_error(error)),
            _ => Ok(()),
        }
    }

    async fn presign_put(&self, _key: &str) -> Result<Option<String>, PortError> {
        Ok(None)
    }

    async fn open_incoming(&self, _key: &str) -> Result<Option<OpenedMedia>, PortError> {
        Ok(None)
    }

    async fn check(&self) -> Result<(), PortError> {
        let metadata = tokio::fs::metadata(&self.dir).await.map_err(PortError::unavailable)?;
        if metadata.is_dir() {
            Ok(())
        } else {
            Err(PortError::unavailable("the folder of uploads is no folder"))
        }
    }
}

/// Makes names in a folder durable. Only Unix can and must.
#[cfg(unix)]
fn sync_folder(dir: &std::path::Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_dir: &std::path::Path) -> io::Result<()> {
    Ok(())
}

/// The bytes of an open file, up to the end of the asked range.
struct DiskChunks {
    file: tokio::fs::File,
    left: u64,
}

#[async_trait]
impl Chunks for DiskChunks {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        if self.left == 0 {
            return Ok(None);
        }
        let wanted = usize::try_from(self.left).map_or(CHUNK, |left| left.min(CHUNK));
        let mut chunk = BytesMut::with_capacity(wanted);
        let read = (&mut self.file)
            .take(wanted as u64)
            .read_buf(&mut chunk)
            .await
            .map_err(disk_error)?;
        if read == 0 {
            self.left = 0;
            return Err(PortError::failed("a file became shorter while it was read"));
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(Some(chunk.freeze()))
    }
}
