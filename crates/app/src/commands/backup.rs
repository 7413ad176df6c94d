//! `banter backup FILE`: database and local media in one file, while the server runs.
//!
//! The database is copied first, by the database itself, and the media after it. So every file
//! that the copy knows is in the archive, unless its owner took it back in between; files that
//! came in between are in it too, and harm nobody.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::config::{Config, MediaDriver};
use crate::console::say;
use crate::data_folder::make_private;
use crate::database;

/// Entry that says what the archive is; always the first.
pub(super) const MANIFEST: &str = "banter-backup.json";
/// Entry of the database.
pub(super) const DATABASE: &str = "banter.db";
/// Folder of the media.
pub(super) const UPLOADS: &str = "uploads/";
/// The form of archive that this version writes and reads.
pub(super) const FORMAT: u32 = 1;

/// What the archive is.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Its form.
    pub(super) format: u32,
    /// Version of the program that wrote it.
    pub(super) version: String,
}

/// Writes a backup to a new file.
pub(crate) async fn run(config: Config, file: PathBuf) -> Result<()> {
    sqlite_file(&config)?;
    database::expect(&config)?;
    if file.exists() {
        bail!("{} exists; a backup never overwrites a file", file.display());
    }
    let draft = Draft::new(&config, &file)?;
    let db = database::connect(&config).await?;
    db.copy_to(&draft.database())
        .await
        .context("cannot copy the database")?;
    let has_media = config.data.media.driver == MediaDriver::Local;
    let uploads = has_media.then(|| config.data.uploads());
    let count = tokio::task::spawn_blocking(move || draft.finish(uploads.as_deref())).await??;
    say(format!("{}: the database and {count} media files.", file.display()));
    if !has_media {
        say("Media are in object storage and not in this file; that storage needs its own backup.");
    }
    Ok(())
}

/// The file of the database, or why there is none to copy.
pub(super) fn sqlite_file(config: &Config) -> Result<PathBuf> {
    let db = &config.data.db;
    db.sqlite_file().with_context(|| {
        format!(
            "the database is {}: back it up and restore it with `mysqldump --single-transaction` and `mysql`, \
             and copy the folder {} after the dump",
            db.dsn,
            config.data.uploads().display()
        )
    })
}

/// A backup in the making; what is left of it is removed when it is dropped.
struct Draft {
    folder: PathBuf,
    partial: PathBuf,
    file: PathBuf,
}

impl Draft {
    fn new(config: &Config, file: &Path) -> Result<Self> {
        let id = std::process::id();
        let mut partial = file.as_os_str().to_owned();
        partial.push(format!(".{id}.partial"));
        // The copy of the database is made where the database is: there is room for it and
        // nobody else may look.
        let folder = config.data.dir.join(format!(".backup-{id}"));
        // An earlier process of the same number that died may have left something.
        let _ = fs::remove_dir_all(&folder);
        let _ = fs::remove_file(&partial);
        make_private(&folder)?;
        Ok(Self {
            folder,
            partial: partial.into(),
            file: file.to_owned(),
        })
    }

    fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// Packs everything and gives the number of media files.
    fn finish(self, uploads: Option<&Path>) -> Result<usize> {
        let partial = &self.partial;
        let packed = create_private(partial).and_then(|file| self.pack(file, uploads));
        let count = packed.with_context(|| format!("cannot write {}", partial.display()))?;
        fs::rename(partial, &self.file).with_context(|| format!("cannot write {}", self.file.display()))?;
        Ok(count)
    }

    fn pack(&self, file: File, uploads: Option<&Path>) -> io::Result<usize> {
        let mut archive = tar::Builder::new(GzEncoder::new(BufWriter::new(file), Compression::default()));
        let manifest = Manifest {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let manifest = serde_json::to_vec(&manifest)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(manifest.len() as u64);
        header.set_mode(0o600);
        archive.append_data(&mut header, MANIFEST, manifest.as_slice())?;
        archive.append_file(DATABASE, &mut File::open(self.database())?)?;
        let mut count = 0;
        if let Some(uploads) = uploads {
            count = pack_uploads(&mut archive, uploads)?;
        }
        let file = archive
            .into_inner()?
            .finish()?
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(count)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(&self.partial);
    }
}

fn pack_uploads(archive: &mut tar::Builder<impl Write>, uploads: &Path) -> io::Result<usize> {
    let entries = match fs::read_dir(uploads) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut count = 0;
    for entry in entries {
        let entry = entry?;
        // Folders and hidden files hold what is still on its way.
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        if !entry.file_type()?.is_file() {
            continue;
        }
        match File::open(entry.path()) {
            Ok(mut file) => archive.append_file(format!("{UPLOADS}{name}"), &mut file)?,
            // Its owner took it back just now.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        }
        count += 1;
    }
    Ok(count)
}

/// Makes a new file that only its owner can read.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}
