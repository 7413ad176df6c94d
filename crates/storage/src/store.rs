//! The component that the rest of the server sees.

use async_trait::async_trait;
use domain::PortError;
use domain::media::StoredMedia;
use domain::port::{Chunks, MediaStore, OpenedMedia, PresignedPut, ReceiveError};
use shaku::Component;

use crate::bucket::PUT_EXPIRES_IN;
use crate::key;
use crate::picture::PictureLimits;
use crate::place::Place;
use crate::spool;
use crate::treatment::{Decoders, Treated, Treatment};

/// Stores uploaded bytes at a [`Place`].
///
/// Two pictures are decoded at a time, whoever sends them; more wait. The key of a preview
/// follows from the key of its file.
#[derive(Component)]
#[shaku(interface = MediaStore)]
pub struct ObjectMediaStore {
    /// Where the files live.
    place: Place,
    /// What a picture may measure to be shown as one.
    #[shaku(default)]
    limits: PictureLimits,
    #[shaku(force_default)]
    decoders: Decoders,
}

impl ObjectMediaStore {
    /// A store at that place.
    #[must_use]
    pub fn new(place: Place, limits: PictureLimits) -> Self {
        Self {
            place,
            limits,
            decoders: Decoders::default(),
        }
    }

    fn treatment(&self) -> Treatment<'_> {
        Treatment {
            spool_dir: &self.place.spool_dir,
            limits: self.limits,
            decoders: &self.decoders,
        }
    }

    async fn keep(&self, key: String, fallback_extension: String, treated: Treated) -> Result<StoredMedia, PortError> {
        let (size, preview) = match treated.look {
            Some(look) => (Some((look.width, look.height)), look.preview),
            None => (None, None),
        };
        let thumbnail = match preview {
            Some(preview) => {
                let (key, mime) = (key::of_preview(&key, preview.format.extension()), preview.format.mime());
                let file = self.treatment().spool_preview(preview).await?;
                self.put(&key, mime, file).await?;
                Some(key)
            }
            None => None,
        };
        if let Err(error) = self.put(&key, treated.mime, treated.spool).await {
            if let Some(thumbnail) = &thumbnail {
                self.discard(thumbnail).await;
            }
            return Err(error);
        }
        Ok(StoredMedia {
            key,
            object_key: None,
            mime: treated.mime.to_owned(),
            extension: treated.extension.map_or(fallback_extension, str::to_owned),
            kind: treated.kind,
            size: treated.size,
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            thumbnail,
        })
    }

    /// Puts a file to its place. A place that failed may have taken it all the same.
    async fn put(&self, key: &str, mime: &str, file: spool::Spool) -> Result<(), PortError> {
        let put = self.place.files.put(key, mime, file).await;
        if put.is_err() {
            self.discard(key).await;
        }
        put
    }

    /// Removes what nobody will ask for, as well as it can be done.
    async fn discard(&self, key: &str) {
        if let Err(error) = self.place.files.remove(key).await {
            tracing::warn!(%error, key, "a file that nobody uses could not be removed");
        }
    }

    async fn look_into(&self, key: &str, limit: u64) -> Result<Option<StoredMedia>, ReceiveError> {
        let Some(mut found) = self.place.files.open_incoming(key).await? else {
            return Ok(None);
        };
        if found.size > limit {
            return Err(ReceiveError::TooLarge { limit });
        }
        let (spool, size) = spool::fill(&self.place.spool_dir, found.body.as_mut(), limit).await?;
        let treated = self.treatment().treat(spool, size).await?;
        let fallback = key::extension_of(key);
        let object_key = key::random(treated.extension.unwrap_or(&fallback));
        let stored = self.keep(object_key, fallback, treated).await?;
        Ok(Some(StoredMedia {
            object_key: Some(stored.key),
            key: key.to_owned(),
            ..stored
        }))
    }
}

#[async_trait]
impl MediaStore for ObjectMediaStore {
    async fn receive(
        &self,
        body: &mut dyn Chunks,
        name: &str,
        limit: u64,
        picture_only: bool,
    ) -> Result<StoredMedia, ReceiveError> {
        let (spool, size) = spool::fill(&self.place.spool_dir, body, limit).await?;
        let treated = self.treatment().treat(spool, size).await?;
        if picture_only && treated.look.is_none() {
            return Err(ReceiveError::NotAPicture);
        }
        let fallback = key::extension_of(name);
        let key = key::random(treated.extension.unwrap_or(&fallback));
        Ok(self.keep(key, fallback, treated).await?)
    }

    async fn open(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        if !key::is_valid(key) {
            return Ok(None);
        }
        self.place.files.open(key, range).await
    }

    async fn remove(&self, key: &str) -> Result<(), PortError> {
        if !key::is_valid(key) {
            return Ok(());
        }
        self.place.files.remove(key).await
    }

    async fn presign_put(&self, extension: &str) -> Result<Option<(String, PresignedPut)>, PortError> {
        let key = key::random(&key::plain_extension(extension));
        let url = self.place.files.presign_put(&key).await?;
        Ok(url.map(|url| {
            (
                key,
                PresignedPut {
                    url,
                    expires_in: PUT_EXPIRES_IN,
                },
            )
        }))
    }

    async fn adopt(&self, key: &str, limit: u64) -> Result<Option<StoredMedia>, ReceiveError> {
        if !key::is_valid(key) {
            return Ok(None);
        }
        let adopted = self.look_into(key, limit).await;
        // A store that failed may be asked again.
        if adopted
            .as_ref()
            .is_err_and(|error| !matches!(error, ReceiveError::Port(_)))
        {
            self.discard(key).await;
        }
        adopted
    }

    async fn check(&self) -> Result<(), PortError> {
        self.place.files.check().await
    }
}
