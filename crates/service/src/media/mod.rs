//! Media: uploading files, serving them to those who may see them, and tidying up.

pub(crate) mod direct;
pub mod picture;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::media::{MediaKind, Scene, StoredMedia, Upload, url_of};
use domain::port::{Chunks, Clock, MediaStore, ReceiveError, UploadRepository};
use domain::{Invalid, UserId, text};
use shaku::{Component, Interface};

use crate::limits::{Limit, Limits};
use crate::{Actor, Error, Policy, Result};

/// Longest file name that is kept, in characters.
const NAME_MAX: usize = 255;
/// How long an upload that is never used is kept.
const UNUSED_TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// A permission to put a file straight into object storage.
#[derive(Debug, Clone)]
pub struct Presigned {
    /// Where to `PUT` the bytes, within minutes.
    pub put_url: String,
    /// The URL to send in a message afterwards.
    pub url: String,
}

/// A file whose bytes are stored and that belongs to nobody yet.
#[derive(Debug, Clone)]
pub struct Received {
    media: StoredMedia,
    name: String,
}

/// A file that the asking person may see.
#[derive(Debug, Clone)]
pub struct Servable {
    /// Where it stands in the store.
    pub key: String,
    /// Its media type.
    pub mime: String,
    /// The name it had on its sender's device.
    pub name: String,
    /// How to show it.
    pub kind: MediaKind,
    /// True when everybody may see it, signed in or not.
    pub is_public: bool,
}

/// Uploaded files.
#[async_trait]
pub trait MediaService: Interface {
    /// Takes the bytes of a file. It belongs to nobody until it is kept or discarded, since a
    /// form may say only after the file what it is for; `scene` is what is known before.
    async fn receive(&self, actor: &Actor, name: &str, scene: Option<Scene>, body: &mut dyn Chunks)
    -> Result<Received>;

    /// Makes a received file an upload of the caller.
    async fn keep(&self, actor: &Actor, received: Received, scene: Scene) -> Result<Upload>;

    /// Removes a received file that is not kept.
    async fn discard(&self, received: Received) -> Result<()>;

    /// Promises a place in object storage; `Conflict` where media are kept on local disk.
    async fn presign(&self, actor: &Actor, extension: &str, scene: Scene) -> Result<Presigned>;

    /// The file of a key, if `viewer` may see it.
    async fn find(&self, viewer: Option<UserId>, key: &str) -> Result<Servable>;

    /// Opens a file that [`find`](Self::find) gave: its whole size and the bytes of `range`
    /// (first and last byte).
    async fn open(&self, file: &Servable, range: Option<(u64, u64)>) -> Result<domain::port::OpenedMedia>;

    /// Removes the bytes of deleted and never used uploads. Runs now and then.
    async fn tidy(&self) -> Result<()>;

    /// Says whether the store answers.
    async fn check(&self) -> Result<()>;
}

/// The use cases of media.
#[derive(Component)]
#[shaku(interface = MediaService)]
pub struct Media {
    #[shaku(inject)]
    uploads: Arc<dyn UploadRepository>,
    #[shaku(inject)]
    store: Arc<dyn MediaStore>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
    /// The operator's choices.
    policy: Arc<Policy>,
}

#[async_trait]
impl MediaService for Media {
    async fn receive(
        &self,
        actor: &Actor,
        name: &str,
        scene: Option<Scene>,
        body: &mut dyn Chunks,
    ) -> Result<Received> {
        self.limits.take(Limit::Upload, actor.user_id)?;
        self.check_quota(actor).await?;
        let name = file_name(name);
        let picture_only = scene.is_some_and(is_for_pictures);
        let media = self
            .store
            .receive(body, &name, self.policy.upload_max, picture_only)
            .await?;
        Ok(Received { media, name })
    }

    async fn keep(&self, actor: &Actor, received: Received, scene: Scene) -> Result<Upload> {
        let is_picture = matches!(received.media.kind, MediaKind::Image | MediaKind::Gif);
        if is_for_pictures(scene) && !is_picture {
            self.discard(received).await?;
            return Err(ReceiveError::NotAPicture.into());
        }
        let Received { media, name } = received;
        let upload = self.new_upload(media, name, actor.user_id, scene, false);
        let stored = self.store_upload(&upload).await;
        if stored.is_err() {
            direct::remove(&*self.store, &upload.media).await?;
        }
        stored.map(|()| upload)
    }

    async fn discard(&self, received: Received) -> Result<()> {
        direct::remove(&*self.store, &received.media).await
    }

    async fn presign(&self, actor: &Actor, extension: &str, scene: Scene) -> Result<Presigned> {
        self.limits.take(Limit::Upload, actor.user_id)?;
        let extension = extension.trim_start_matches('.').to_ascii_lowercase();
        if !(1..=8).contains(&extension.len()) || !extension.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Invalid::new("fileExt", "must have 1 to 8 letters or digits").into());
        }
        self.check_quota(actor).await?;
        if scene != Scene::Message {
            return Err(Invalid::new("uploadScene", "must be message; send other pictures as multipart").into());
        }
        let (key, permission) = self.store.presign_put(&extension).await?.ok_or(Error::Conflict(
            "media are kept on local disk; send the file as multipart",
        ))?;
        let url = url_of(&key);
        let media = StoredMedia {
            key,
            object_key: None,
            mime: "application/octet-stream".to_owned(),
            extension,
            kind: MediaKind::File,
            size: 0,
            width: None,
            height: None,
            thumbnail: None,
        };
        let upload = self.new_upload(media, String::new(), actor.user_id, scene, true);
        self.uploads.insert(&upload).await?;
        Ok(Presigned {
            put_url: permission.url,
            url,
        })
    }

    async fn find(&self, viewer: Option<UserId>, key: &str) -> Result<Servable> {
        let upload = self.uploads.get(key).await?.ok_or(Error::NotFound)?;
        if upload.deleted_at.is_some() || upload.is_pending || !self.may_see(viewer, &upload).await? {
            return Err(Error::NotFound);
        }
        let is_thumbnail = upload.media.thumbnail.as_deref() == Some(key);
        let (key, mime, kind) = if is_thumbnail {
            (key.to_owned(), thumbnail_mime(key).to_owned(), MediaKind::Image)
        } else {
            let key = upload.media.stored_key().to_owned();
            (key, upload.media.mime, upload.media.kind)
        };
        Ok(Servable {
            key,
            mime,
            name: upload.name,
            kind,
            is_public: upload.scene == Scene::Avatar,
        })
    }

    async fn open(&self, file: &Servable, range: Option<(u64, u64)>) -> Result<domain::port::OpenedMedia> {
        self.store.open(&file.key, range).await?.ok_or(Error::NotFound)
    }

    async fn tidy(&self) -> Result<()> {
        const BATCH: u32 = 100;
        let now = self.clock.now();
        let before = domain::Timestamp(
            now.0
                .saturating_sub(i64::try_from(UNUSED_TTL.as_millis()).unwrap_or(i64::MAX)),
        );
        self.uploads.expire_unused(before, now).await?;
        loop {
            let batch = self.uploads.deleted(BATCH).await?;
            for upload in &batch {
                direct::remove(&*self.store, &upload.media).await?;
                self.uploads.forget(&upload.media.key).await?;
            }
            if batch.len() < BATCH as usize {
                return Ok(());
            }
        }
    }

    async fn check(&self) -> Result<()> {
        Ok(self.store.check().await?)
    }
}

impl Media {
    fn new_upload(&self, media: StoredMedia, name: String, owner: UserId, scene: Scene, is_pending: bool) -> Upload {
        Upload {
            media,
            name,
            owner,
            scene,
            message_id: None,
            is_pending,
            created_at: self.clock.now(),
            deleted_at: None,
        }
    }

    /// Refuses before the bytes come, where there is no room even for the least of them.
    async fn check_quota(&self, actor: &Actor) -> Result<()> {
        match self.policy.upload_quota {
            Some(quota) if self.uploads.bytes_of(actor.user_id).await? >= quota => Err(Error::QuotaReached { quota }),
            _ => Ok(()),
        }
    }

    async fn store_upload(&self, upload: &Upload) -> Result<()> {
        match self.policy.upload_quota {
            Some(quota) if !self.uploads.insert_within(upload, quota).await? => Err(Error::QuotaReached { quota }),
            Some(_) => Ok(()),
            None => Ok(self.uploads.insert(upload).await?),
        }
    }

    async fn may_see(&self, viewer: Option<UserId>, upload: &Upload) -> Result<bool> {
        Ok(match (upload.scene, viewer) {
            (Scene::Avatar, _) | (Scene::Room, Some(_)) => true,
            (Scene::Room | Scene::Message, None) => false,
            (Scene::Message, Some(viewer)) if upload.message_id.is_none() => viewer == upload.owner,
            (Scene::Message, Some(viewer)) => self.uploads.is_readable_by(&upload.media.key, viewer).await?,
        })
    }
}

/// True for what only pictures are uploaded for.
fn is_for_pictures(scene: Scene) -> bool {
    scene != Scene::Message
}

/// What is kept of a file's name: no folders, nothing invisible, not too long.
pub(crate) fn file_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = base
        .chars()
        .filter(|c| !text::is_invisible(*c))
        .take(NAME_MAX)
        .collect();
    let visible = visible.trim();
    if visible.is_empty() || visible == "." || visible == ".." {
        "file".to_owned()
    } else {
        visible.to_owned()
    }
}

fn thumbnail_mime(key: &str) -> &'static str {
    match key.rsplit('.').next() {
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => "image/jpeg",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_lose_folders_and_tricks() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\x\\照片.png"), "照片.png");
        assert_eq!(file_name("photo\u{202e}gnp.exe"), "photognp.exe");
        assert_eq!(file_name(".."), "file");
    }
}
