//! `banter restore FILE`: the way back from a backup, into an empty data folder only.
//!
//! Everything is unpacked beside its place and moved there when all of it was good, so that a
//! broken archive leaves nothing behind.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::GzDecoder;

use super::backup::{DATABASE, FORMAT, MANIFEST, Manifest, UPLOADS, create_private, sqlite_file};
use crate::config::Config;
use crate::console::say;
use crate::data_folder::make_private;

/// What every SQLite file begins with (<https://www.sqlite.org/fileformat.html>).
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// Restores a backup.
pub(crate) fn run(config: &Config, file: &Path) -> Result<()> {
    let database = sqlite_file(config)?;
    let dir = &config.data.dir;
    if let Some(name) = first_entry(dir)? {
        bail!(
            "{} (data.dir) is not empty, it contains {name}; a backup is only restored into an empty folder",
            dir.display()
        );
    }
    if database.exists() {
        bail!("the database {} (data.db.dsn) exists already", database.display());
    }
    let packed = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    let staging = Staging::new(dir, &database)?;
    let count = unpack(packed, &staging)
        .with_context(|| format!("{} cannot be restored; nothing was changed", file.display()))?;
    staging.settle(&config.data.uploads(), &database)?;
    say(format!(
        "{}: the database and {count} media files are back. Now run `banter serve`.",
        dir.display()
    ));
    Ok(())
}

fn first_entry(dir: &Path) -> Result<Option<String>> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next().transpose()? {
            Some(entry) => Ok(Some(entry.file_name().to_string_lossy().into_owned())),
            None => Ok(None),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look into {} (data.dir)", dir.display())),
    }
}

/// Where an archive is unpacked; what is left of it is removed when it is dropped.
struct Staging {
    folder: PathBuf,
    database: PathBuf,
}

impl Staging {
    fn new(dir: &Path, database: &Path) -> Result<Self> {
        let folder = dir.join(".restore");
        make_private(&folder.join("uploads"))?;
        if let Some(parent) = database.parent() {
            make_private(parent)?;
        }
        let mut draft = database.as_os_str().to_owned();
        draft.push(".restoring");
        Ok(Self {
            folder,
            database: draft.into(),
        })
    }

    fn uploads(&self) -> PathBuf {
        self.folder.join("uploads")
    }

    /// Moves everything to its place, the database last: only with it there is something to serve.
    fn settle(self, uploads: &Path, database: &Path) -> Result<()> {
        fs::rename(self.uploads(), uploads).with_context(|| format!("cannot make {}", uploads.display()))?;
        fs::rename(&self.database, database).with_context(|| format!("cannot make {}", database.display()))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(&self.database);
    }
}

fn unpack(packed: File, staging: &Staging) -> Result<usize> {
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(packed)));
    let (mut is_known, mut has_database, mut count) = (false, false, 0);
    for entry in archive.entries().context("it is no backup of banter")? {
        let mut entry = entry.context("it is damaged")?;
        let name = entry
            .path()?
            .to_str()
            .map(ToOwned::to_owned)
            .context("it holds a name that is no text")?;
        ensure!(is_known || name == MANIFEST, "it is no backup of banter");
        match name.as_str() {
            MANIFEST => {
                let manifest: Manifest = serde_json::from_reader(&mut entry).context("it is no backup of banter")?;
                let (format, version) = (manifest.format, manifest.version);
                ensure!(
                    format == FORMAT,
                    "banter {version} wrote it in form {format}; this program reads form {FORMAT}"
                );
                is_known = true;
            }
            DATABASE => {
                write(&mut entry, &staging.database).context("it is damaged")?;
                check_database(&staging.database)?;
                has_database = true;
            }
            other => {
                let key = other.strip_prefix(UPLOADS).filter(|key| is_plain(key));
                let key = key.with_context(|| format!("it holds {other:?}, which does not belong there"))?;
                write(&mut entry, &staging.uploads().join(key)).context("it is damaged")?;
                count += 1;
            }
        }
    }
    // The checksum stands at the very end.
    io::copy(&mut archive.into_inner(), &mut io::sink()).context("it is damaged")?;
    ensure!(has_database, "it holds no database");
    Ok(count)
}

/// True for a name that cannot lead anywhere else.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && !key.starts_with('.') && key.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
}

fn write(entry: &mut impl Read, path: &Path) -> io::Result<()> {
    let mut file = create_private(path)?;
    io::copy(entry, &mut file)?;
    file.sync_all()
}

fn check_database(path: &Path) -> Result<()> {
    let mut start = [0; SQLITE.len()];
    File::open(path)?
        .read_exact(&mut start)
        .context("its database is cut off")?;
    ensure!(start == *SQLITE, "its database is no SQLite file");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_not_plain() {
        for bad in ["", ".", "..", "../secret", "a/b", ".incoming", "a\\b", "a\0b"] {
            assert!(!is_plain(bad), "{bad}");
        }
        assert!(is_plain("ab12-CD_3.png"));
    }
}
