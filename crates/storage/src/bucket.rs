//! Finished files in a bucket of an S3-compatible object storage.
//!
//! A client that puts a file straight into the store writes to `incoming/<key>`; each look into it
//! keeps what it has found under another key. So a permission that still holds after the file was
//! used cannot replace it. Set a lifecycle rule that expires `incoming/` and unfinished multipart
//! uploads after a day, and allow the web app's origin to `PUT` (CORS).

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use domain::PortError;
use domain::port::{Chunks, OpenedMedia};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::signer::Signer as _;
use object_store::{
    Attribute, Attributes, ClientOptions, GetOptions, GetRange, MultipartUpload, ObjectStore as _, ObjectStoreExt as _,
    RetryConfig,
};
use tokio::io::AsyncReadExt as _;

use crate::place::Files;
use crate::spool::{Spool, disk_error};

/// How long a permission to put a file holds.
pub(crate) const PUT_EXPIRES_IN: Duration = Duration::from_secs(5 * 60);
/// Bytes sent at once; the smallest part that S3 takes.
const PART: usize = 5 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the storage may be silent. There is no limit on a whole request: a slow reader of a
/// big file is no fault of the storage.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(30);
const CHECK_TIMEOUT: Duration = Duration::from_secs(5);

/// How to reach a bucket.
#[derive(Clone, Default)]
pub struct S3Settings {
    /// Base address of the storage; `None` is AWS. Plain `http` is for storages in the own house.
    pub endpoint: Option<String>,
    /// Base address under which browsers reach it, for pre-signed uploads; `None`: the same.
    pub public_endpoint: Option<String>,
    /// Region; R2 calls it `auto`.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// Id of the access key.
    pub access_key_id: String,
    /// The access key's secret.
    pub secret_access_key: String,
    /// True if the bucket is part of the host name and not of the path.
    pub virtual_hosted: bool,
}

impl fmt::Debug for S3Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Settings")
            .field("endpoint", &self.endpoint)
            .field("public_endpoint", &self.public_endpoint)
            .field("region", &self.region)
            .field("bucket", &self.bucket)
            .field("access_key_id", &self.access_key_id)
            .field("virtual_hosted", &self.virtual_hosted)
            .finish_non_exhaustive()
    }
}

impl S3Settings {
    fn connect(&self, endpoint: Option<&str>) -> Result<AmazonS3, object_store::Error> {
        let mut options = ClientOptions::new()
            .with_timeout_disabled()
            .with_connect_timeout(CONNECT_TIMEOUT)
            .with_read_timeout(SILENCE_TIMEOUT);
        if let Some(endpoint) = endpoint {
            options = options.with_allow_http(endpoint.starts_with("http://"));
        }
        // The retries suit a person who waits for an upload, not a nightly job.
        let mut builder = AmazonS3Builder::new()
            .with_client_options(options)
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(20),
                ..RetryConfig::default()
            })
            .with_region(&self.region)
            .with_bucket_name(&self.bucket)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_virtual_hosted_style_request(self.virtual_hosted);
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        builder.build()
    }
}

/// A bucket with one object per key.
pub(crate) struct Bucket {
    objects: AmazonS3,
    signer: AmazonS3,
}

impl Bucket {
    pub(crate) fn new(settings: &S3Settings) -> Result<Self, object_store::Error> {
        // Without a provider the HTTP client would panic. Whoever chose one before us wins.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let endpoint = settings.endpoint.as_deref();
        let public_endpoint = settings.public_endpoint.as_deref().or(endpoint);
        Ok(Self {
            objects: settings.connect(endpoint)?,
            signer: settings.connect(public_endpoint)?,
        })
    }

    async fn get(&self, path: &Path, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        let options = GetOptions {
            range: range.map(|(first, last)| GetRange::Bounded(first..last.saturating_add(1))),
            ..GetOptions::default()
        };
        match self.objects.get_opts(path, options).await {
            Ok(found) => Ok(Some(OpenedMedia {
                size: found.meta.size,
                body: Box::new(BucketChunks(found.into_stream())),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(port_error(error)),
        }
    }

    async fn delete(&self, path: &Path) -> Result<(), PortError> {
        match self.objects.delete(path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(port_error(error)),
        }
    }
}

#[async_trait]
impl Files for Bucket {
    async fn put(&self, key: &str, mime: &str, file: Spool) -> Result<(), PortError> {
        let path = finished(key);
        let attributes = Attributes::from_iter([(Attribute::ContentType, mime.to_owned())]);
        let mut source = tokio::fs::File::open(file.path()).await.map_err(disk_error)?;
        let part = next_part(&mut source).await?;
        if part.len() < PART {
            let sent = self.objects.put_opts(&path, part.into(), attributes.into()).await;
            return sent.map(drop).map_err(port_error);
        }
        let mut upload = self
            .objects
            .put_multipart_opts(&path, attributes.into())
            .await
            .map_err(port_error)?;
        let sent = send_parts(upload.as_mut(), part, &mut source).await;
        if sent.is_err()
            && let Err(error) = upload.abort().await
        {
            tracing::warn!(%error, "an unfinished upload stays in the object storage until it expires");
        }
        sent
    }

    async fn open(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        self.get(&finished(key), range).await
    }

    async fn remove(&self, key: &str) -> Result<(), PortError> {
        self.delete(&incoming(key)).await?;
        self.delete(&finished(key)).await
    }

    async fn presign_put(&self, key: &str) -> Result<Option<String>, PortError> {
        let url = self
            .signer
            .signed_url(reqwest::Method::PUT, &incoming(key), PUT_EXPIRES_IN)
            .await
            .map_err(port_error)?;
        Ok(Some(url.into()))
    }

    async fn open_incoming(&self, key: &str) -> Result<Option<OpenedMedia>, PortError> {
        self.get(&incoming(key), None).await
    }

    async fn check(&self) -> Result<(), PortError> {
        // A prefix under which nothing ever stands: an empty answer, but one that needs the
        // bucket to exist and the key to be allowed in.
        let prefix = Path::from("check");
        let mut answer = self.objects.list(Some(&prefix));
        match tokio::time::timeout(CHECK_TIMEOUT, answer.next()).await {
            Ok(None | Some(Ok(_))) => Ok(()),
            Ok(Some(Err(error))) => Err(PortError::unavailable(error)),
            Err(late) => Err(PortError::unavailable(late)),
        }
    }
}

/// Sends one part after the other, so that memory holds one of them.
async fn send_parts(
    upload: &mut dyn MultipartUpload,
    mut part: Bytes,
    source: &mut tokio::fs::File,
) -> Result<(), PortError> {
    while !part.is_empty() {
        upload.put_part(part.into()).await.map_err(port_error)?;
        part = next_part(source).await?;
    }
    upload.complete().await.map(drop).map_err(port_error)
}

/// The next bytes: a whole part, or the file's last one.
async fn next_part(source: &mut tokio::fs::File) -> Result<Bytes, PortError> {
    let mut part = Vec::new();
    let read = source.take(PART as u64).read_to_end(&mut part).await;
    read.map_err(disk_error)?;
    Ok(part.into())
}

fn finished(key: &str) -> Path {
    Path::from(key)
}

fn incoming(key: &str) -> Path {
    Path::from_iter(["incoming", key])
}

/// The storage's own refusals stay; what the network or an overloaded storage did may pass.
fn port_error(error: object_store::Error) -> PortError {
    match error {
        object_store::Error::Generic { .. } | object_store::Error::JoinError { .. } => PortError::unavailable(error),
        _ => PortError::failed(error),
    }
}

/// The bytes of an object as they come over the network.
struct BucketChunks(BoxStream<'static, Result<Bytes, object_store::Error>>);

#[async_trait]
impl Chunks for BucketChunks {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        self.0.next().await.transpose().map_err(port_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_do_not_show_their_secret() {
        let settings = S3Settings {
            secret_access_key: "open sesame".into(),
            ..S3Settings::default()
        };
        assert!(!format!("{settings:?}").contains("sesame"));
    }
}
