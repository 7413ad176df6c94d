//! `data`: database, media and where they live.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::check::Faults;
use super::masked::{Address, Secret};
use super::units::{Size, Span};

/// The database.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Db {
    /// `sqlite://path/to/file.db` or `mysql://user:password@host:3306/database`.
    pub dsn: Address,
    /// Most connections, without the two for searches; 0: as the machine suggests.
    pub max_connections: u32,
    /// Most changes of rooms that wait to be stored; more are refused.
    pub queue: usize,
}

/// Redis, through which several nodes talk to each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redis {
    /// Its address; empty: this node stands alone.
    pub url: Address,
    /// What the names of its channels begin with; the same on all nodes of one chat.
    pub prefix: String,
}

impl Default for Redis {
    fn default() -> Self {
        Self {
            url: Address::default(),
            prefix: "banter".to_owned(),
        }
    }
}

/// Where media are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaDriver {
    /// In a folder below `data.dir`.
    Local,
    /// In S3-compatible object storage.
    S3,
}

/// S3-compatible object storage.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct S3 {
    /// Base address of the storage; empty: AWS.
    pub endpoint: String,
    /// Region; R2 calls it `auto`.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// Id of the access key.
    pub access_key: Secret,
    /// The access key's secret.
    pub secret_key: Secret,
    /// Base address under which browsers reach the storage; empty: `endpoint`.
    pub public_url: String,
}

/// Uploaded files.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// Where they are kept.
    pub driver: MediaDriver,
    /// Largest file.
    pub max_size: Size,
    /// Most that all files of a person take; `0B`: no limit.
    pub quota: Size,
    /// How long an upload may take.
    pub upload_timeout: Span,
    /// The object storage, for driver `s3`.
    pub s3: S3,
}

/// Database, media and where they live.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Folder of everything that the server writes, unless told otherwise.
    pub dir: PathBuf,
    /// The database.
    pub db: Db,
    /// Redis.
    pub redis: Redis,
    /// Uploaded files.
    pub media: Media,
}

impl Data {
    pub(super) fn below(dir: &Path) -> Self {
        let file = dir.join("banter.db").display().to_string();
        Self {
            dir: dir.to_owned(),
            db: Db {
                dsn: format!("sqlite://{}", file.replace('%', "%25").replace('?', "%3F")).into(),
                max_connections: 0,
                queue: 4096,
            },
            redis: Redis::default(),
            media: Media {
                driver: MediaDriver::Local,
                max_size: Size::mib(25),
                quota: Size::gib(5),
                upload_timeout: Span::minutes(15),
                s3: S3::default(),
            },
        }
    }

    /// True when this node is one of several.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.redis.url.is_empty()
    }

    /// Folder of uploaded files on local disk; with object storage, of those under way.
    #[must_use]
    pub fn uploads(&self) -> PathBuf {
        self.dir.join("uploads")
    }

    /// File of the signing key that the server made itself.
    #[must_use]
    pub fn secret(&self) -> PathBuf {
        self.dir.join("secret")
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        if self.dir.as_os_str().is_empty() {
            faults.add("data.dir", "must name a folder");
        }
        self.db.check(faults);
        self.redis.check(faults);
        if self.is_shared() && !self.db.dsn.expose().starts_with("mysql:") {
            let text = "several nodes need a database that they share: set data.db.dsn to a mysql:// address too, \
                        or leave this empty and run one node";
            faults.add("data.redis.url", text);
        }
        let media = &self.media;
        faults.between("data.media.max_size", media.max_size, Size::kib(1), Size::gib(5));
        let (least, most) = (Span::seconds(1), Span::days(1));
        faults.between("data.media.upload_timeout", media.upload_timeout, least, most);
        if self.media.driver == MediaDriver::S3 {
            self.media.s3.check(faults);
        }
    }
}

impl Db {
    /// The file of a SQLite database; `None` for MySQL and for SQLite in memory.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let address = self.dsn.expose().strip_prefix("sqlite:")?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path == ":memory:" || query.contains("mode=memory") {
            return None;
        }
        Some(PathBuf::from(path.replace("%3F", "?").replace("%25", "%")))
    }

    /// How many connections to open at most.
    #[must_use]
    pub fn connections(&self) -> u32 {
        if self.max_connections > 0 {
            return self.max_connections;
        }
        let processors =
            std::thread::available_parallelism().map_or(2, |count| u32::try_from(count.get()).unwrap_or(2));
        // SQLite readers are as many as can compute at once; MySQL connections mostly wait.
        if self.dsn.expose().starts_with("mysql:") {
            (processors * 4).clamp(8, 64)
        } else {
            processors.clamp(2, 16)
        }
    }

    fn check(&self, faults: &mut Faults) {
        let dsn = self.dsn.expose();
        let is_mysql = dsn.strip_prefix("mysql://").is_some_and(|rest| {
            let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
            let name = place
                .split_once('/')
                .map(|(_, name)| name.split('?').next().unwrap_or_default());
            name.is_some_and(|name| !name.is_empty())
        });
        let is_sqlite = dsn
            .strip_prefix("sqlite:")
            .is_some_and(|rest| !rest.trim_start_matches('/').is_empty());
        if !is_mysql && !is_sqlite {
            let text = "must be sqlite://path/to/file.db or mysql://user:password@host:3306/database";
            faults.add("data.db.dsn", text);
        }
        faults.between("data.db.max_connections", self.max_connections, 0, 10_000);
        faults.between("data.db.queue", self.queue, 16, 1_000_000);
    }
}

impl Redis {
    fn check(&self, faults: &mut Faults) {
        let url = self.url.expose();
        let is_address = ["redis://", "rediss://"]
            .iter()
            .filter_map(|scheme| url.strip_prefix(scheme))
            .any(|rest| !rest.is_empty() && !rest.starts_with('/'));
        if !url.is_empty() && !is_address {
            let text = "must be redis://user:password@host:6379, or rediss:// for TLS";
            faults.add("data.redis.url", text);
        }
        let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.prefix.is_empty() || self.prefix.len() > 64 || !self.prefix.chars().all(is_fit) {
            faults.add(
                "data.redis.prefix",
                "must have 1 to 64 letters, digits, dots, dashes or underscores",
            );
        }
    }
}

impl S3 {
    fn check(&self, faults: &mut Faults) {
        let needed = [
            ("data.media.s3.region", self.region.as_str()),
            ("data.media.s3.bucket", self.bucket.as_str()),
            ("data.media.s3.access_key", self.access_key.expose()),
            ("data.media.s3.secret_key", self.secret_key.expose()),
        ];
        for (key, value) in needed {
            if value.is_empty() {
                faults.add(key, "is needed when data.media.driver is s3");
            }
        }
        for (key, url) in [
            ("data.media.s3.endpoint", &self.endpoint),
            ("data.media.s3.public_url", &self.public_url),
        ] {
            if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
                faults.add(key, "must begin with https:// or http://");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_of(dsn: &str) -> Option<PathBuf> {
        let db = Db {
            dsn: dsn.to_owned().into(),
            max_connections: 0,
            queue: 4096,
        };
        db.sqlite_file()
    }

    #[test]
    fn the_file_of_a_sqlite_address_is_found() {
        assert_eq!(file_of("sqlite://storage/banter.db"), Some("storage/banter.db".into()));
        assert_eq!(
            file_of("sqlite:///var/lib/banter.db?mode=rwc"),
            Some("/var/lib/banter.db".into())
        );
        assert_eq!(file_of("sqlite::memory:"), None);
        assert_eq!(file_of("mysql://root@localhost/banter"), None);
    }

    #[test]
    fn strange_folder_names_survive_the_way_through_the_address() {
        let data = Data::below(Path::new("/tmp/100% sure?"));
        assert_eq!(data.db.sqlite_file(), Some("/tmp/100% sure?/banter.db".into()));
    }
}
