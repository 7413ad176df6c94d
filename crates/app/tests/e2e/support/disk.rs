//! A small disk that can be filled.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Stdio;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

/// A file system of a few megabytes in memory. It is mounted in a namespace of its own, for which
/// nobody needs to be root, and which a sleeping process keeps.
pub(crate) struct SmallDisk {
    keeper: Child,
    folder: TempDir,
}

impl SmallDisk {
    /// `None` where the system does not allow it.
    pub(crate) async fn mount(megabytes: u32) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let mount =
            format!("mount -t tmpfs -o size={megabytes}m,mode=0700 disk \"$0\" && echo mounted && exec sleep infinity");
        let mut keeper = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mount])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        let mut said = [0; 7];
        let answer = keeper.stdout.as_mut().expect("piped").read_exact(&mut said).await;
        answer.is_ok().then_some(Self { keeper, folder })
    }

    fn keeper(&self) -> u32 {
        self.keeper.id().expect("a running process")
    }

    /// The words that let a program see the disk, put before its own.
    pub(super) fn entrance(&self) -> Vec<String> {
        let target = self.keeper().to_string();
        let words = [
            "nsenter",
            "--target",
            &target,
            "--user",
            "--preserve-credentials",
            "--mount",
        ];
        words.map(str::to_owned).to_vec()
    }

    /// Where programs on it find it.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Where everybody else does. Not for those who resolve links by themselves, as SQLite does.
    fn seen_from_outside(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}/root{}", self.keeper(), self.folder.path().display()))
    }

    /// Takes all the room that is left.
    pub(crate) fn fill(&self) {
        let mut ballast = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.seen_from_outside().join("ballast"))
            .expect("a file");
        for size in [1 << 20, 4096, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Gives it back.
    pub(crate) fn free(&self) {
        let ballast = File::create(self.seen_from_outside().join("ballast"));
        let _: io::Result<()> = ballast.map(drop);
    }

    /// What a killed server leaves must be a sound database. It is looked at in a copy: the next
    /// server shall mend it by itself.
    pub(crate) async fn holds_a_sound_database(&self) {
        let folder = TempDir::new().expect("a folder");
        for name in ["banter.db", "banter.db-wal"] {
            // Without a log there is nothing to mend.
            let _ = std::fs::copy(self.seen_from_outside().join(name), folder.path().join(name));
        }
        let file = folder.path().join("banter.db");
        let db = Database::connect(format!("sqlite://{}", file.display()))
            .await
            .expect("a database");
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
        let row = db.query_one_raw(check).await.expect("an answer").expect("a row");
        assert_eq!(row.try_get_by_index::<String>(0).expect("text"), "ok");
        db.close().await.expect("closed");
    }
}
