//! A store to try things on, with its place and its spool folder.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use domain::PortError;
use domain::media::StoredMedia;
use domain::port::{Chunks, MediaStore, ReceiveError};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use storage::{ObjectMediaStore, PictureLimits, Place, S3Settings};
use tempfile::TempDir;

/// More than any sample.
pub(crate) const LIMIT: u64 = 32 * 1024 * 1024;

pub(crate) struct Rig {
    pub(crate) store: ObjectMediaStore,
    pub(crate) spool: PathBuf,
    /// True while the bucket takes no file.
    is_failing: Arc<AtomicBool>,
    _dir: TempDir,
}

impl Rig {
    /// A folder.
    pub(crate) async fn disk() -> Self {
        Self::disk_within(PictureLimits::default())
    }

    /// A folder, and pictures within these limits.
    pub(crate) fn disk_within(limits: PictureLimits) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            store: ObjectMediaStore::new(Place::local(dir.path()).unwrap(), limits),
            spool: dir.path().join(".incoming"),
            is_failing: Arc::default(),
            _dir: dir,
        }
    }

    /// A bucket of an object storage in this process.
    pub(crate) async fn bucket() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let is_failing = Arc::default();
        let settings = serve_failing(dir.path(), Arc::clone(&is_failing)).await;
        let spool = dir.path().join("spool");
        Self {
            store: ObjectMediaStore::new(Place::s3(&settings, &spool).unwrap(), PictureLimits::default()),
            spool,
            is_failing,
            _dir: dir,
        }
    }

    /// Lets the bucket refuse every file from now on, or take them again.
    pub(crate) fn bucket_fails(&self, fails: bool) {
        self.is_failing.store(fails, Ordering::SeqCst);
    }

    pub(crate) async fn receive(&self, bytes: impl Into<Bytes>, name: &str) -> StoredMedia {
        self.try_receive(bytes, name, false).await.unwrap()
    }

    pub(crate) async fn try_receive(
        &self,
        bytes: impl Into<Bytes>,
        name: &str,
        picture_only: bool,
    ) -> Result<StoredMedia, ReceiveError> {
        self.store
            .receive(&mut Pieces::of(bytes), name, LIMIT, picture_only)
            .await
    }

    /// The bytes under that key; `None` if there are none.
    pub(crate) async fn read(&self, key: &str) -> Option<Vec<u8>> {
        self.read_range(key, None).await
    }

    pub(crate) async fn read_range(&self, key: &str, range: Option<(u64, u64)>) -> Option<Vec<u8>> {
        let mut opened = self.store.open(key, range).await.unwrap()?;
        let mut bytes = Vec::new();
        while let Some(chunk) = opened.body.next().await.unwrap() {
            bytes.extend(chunk);
        }
        if range.is_none() {
            assert_eq!(opened.size, bytes.len() as u64);
        }
        Some(bytes)
    }

    pub(crate) fn spool_is_empty(&self) -> bool {
        std::fs::read_dir(&self.spool).unwrap().next().is_none()
    }
}

/// Serves an empty bucket `media` from a folder.
pub(crate) async fn serve(dir: &Path) -> S3Settings {
    serve_failing(dir, Arc::default()).await
}

async fn serve_failing(dir: &Path, is_failing: Arc<AtomicBool>) -> S3Settings {
    std::fs::create_dir_all(dir.join("s3/media")).unwrap();
    let settings = S3Settings {
        region: "auto".into(),
        bucket: "media".into(),
        access_key_id: "banter".into(),
        secret_access_key: "open sesame".into(),
        ..S3Settings::default()
    };
    let mut service = S3ServiceBuilder::new(FileSystem::new(dir.join("s3")).unwrap());
    service.set_auth(SimpleAuth::from_single("banter", "open sesame"));
    let service = service.build();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (service, is_failing) = (service.clone(), Arc::clone(&is_failing));
            let service = service_fn(move |request: Request<Incoming>| {
                let is_refused = is_failing.load(Ordering::SeqCst) && request.method() == Method::PUT;
                let service = service.clone();
                async move {
                    if is_refused {
                        let refusal = Response::builder().status(StatusCode::BAD_REQUEST);
                        return Ok(refusal.body(s3s::Body::empty()).unwrap());
                    }
                    service.call(request.map(s3s::Body::from)).await
                }
            });
            tokio::spawn(async move {
                let server = auto::Builder::new(TokioExecutor::new());
                // A client that leaves is no error of a test.
                let _ = server.serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    S3Settings {
        endpoint: Some(endpoint),
        ..settings
    }
}

/// A body that comes in small pieces.
pub(crate) struct Pieces(VecDeque<Bytes>);

impl Pieces {
    pub(crate) fn of(bytes: impl Into<Bytes>) -> Self {
        let mut rest: Bytes = bytes.into();
        let mut pieces = VecDeque::new();
        while !rest.is_empty() {
            pieces.push_back(rest.split_to(rest.len().min(10_000)));
        }
        Self(pieces)
    }
}

#[async_trait]
impl Chunks for Pieces {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        Ok(self.0.pop_front())
    }
}

/// A body without an end, which counts what was taken of it.
#[derive(Default)]
pub(crate) struct Endless {
    pub(crate) taken: AtomicU64,
}

#[async_trait]
impl Chunks for Endless {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        self.taken.fetch_add(1_000, Ordering::Relaxed);
        Ok(Some(Bytes::from_static(&[0; 1_000])))
    }
}
