//! Files on their way in: half-received uploads and half-made results, on local disk.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::PortError;
use domain::port::{Chunks, ReceiveError};
use tokio::io::AsyncWriteExt as _;

use crate::key;

/// A spool file that nobody has written to for so long belongs to a process that died.
const STALE_AFTER: Duration = Duration::from_secs(60 * 60);

/// A spool file. It goes when this goes, whatever the reason: an error, a caller that gave up,
/// or because its bytes have been moved to their place.
#[derive(Debug)]
pub(crate) struct Spool {
    path: PathBuf,
}

impl Spool {
    /// Makes an empty file that only this process's user may read.
    pub(crate) fn create(dir: &Path) -> io::Result<(Self, File)> {
        let path = dir.join(key::random_stem());
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok((Self { path }, file))
    }

    /// Makes a file of these bytes.
    pub(crate) fn of_bytes(dir: &Path, bytes: &[u8]) -> io::Result<Self> {
        let (spool, mut file) = Self::create(dir)?;
        io::Write::write_all(&mut file, bytes)?;
        Ok(spool)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a spool file could not be removed");
            }
            _ => {}
        }
    }
}

/// Writes what comes into a spool file. The piece that passes the limit is not written any more.
pub(crate) async fn fill(dir: &Path, body: &mut dyn Chunks, limit: u64) -> Result<(Spool, u64), ReceiveError> {
    let dir = dir.to_owned();
    let (spool, file) = blocking(move || Spool::create(&dir)).await?;
    let mut file = tokio::fs::File::from_std(file);
    let mut size = 0_u64;
    while let Some(chunk) = body.next().await? {
        size = size.saturating_add(chunk.len() as u64);
        if size > limit {
            return Err(ReceiveError::TooLarge { limit });
        }
        file.write_all(&chunk).await.map_err(disk_error)?;
    }
    file.flush().await.map_err(disk_error)?;
    if size == 0 {
        return Err(ReceiveError::Empty);
    }
    Ok((spool, size))
}

/// Removes what an earlier process left behind when it died in the middle of an upload.
pub(crate) fn sweep(dir: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        let is_stale = metadata.modified()?.elapsed().is_ok_and(|age| age > STALE_AFTER);
        if metadata.is_file() && is_stale {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Runs what waits for a disk or computes for long where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, PortError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(PortError::failed)?
        .map_err(disk_error)
}

/// What a local disk did. One that is full may have room again later.
pub(crate) fn disk_error(error: io::Error) -> PortError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => PortError::full(error),
        _ => PortError::failed(error),
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_spool_file_goes_with_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::of_bytes(dir.path(), b"half a cat").unwrap();
        let path = spool.path().to_owned();
        assert_eq!(std::fs::read(&path).unwrap(), b"half a cat");
        drop(spool);
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_a_spool_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::of_bytes(dir.path(), b"secret").unwrap();
        let mode = std::fs::metadata(spool.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }

    #[test]
    fn a_full_disk_may_have_room_again() {
        assert!(matches!(
            disk_error(io::ErrorKind::StorageFull.into()),
            PortError::Full(_)
        ));
        assert!(matches!(
            disk_error(io::ErrorKind::PermissionDenied.into()),
            PortError::Failed(_)
        ));
    }

    #[test]
    fn only_files_that_nobody_writes_to_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let (fresh, dead) = (dir.path().join("fresh"), dir.path().join("dead"));
        File::create(&fresh).unwrap();
        let file = File::create(&dead).unwrap();
        file.set_modified(SystemTime::now() - STALE_AFTER * 2).unwrap();
        sweep(dir.path()).unwrap();
        assert!(fresh.exists());
        assert!(!dead.exists());
    }
}
