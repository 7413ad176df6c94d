//! What happens to every file between its arrival and its place.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::Arc;

use domain::PortError;
use domain::media::MediaKind;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::picture::preview::{self, Look, Preview};
use crate::picture::{self, Facts, Format, PictureLimits};
use crate::sniff::{Content, UNKNOWN_MIME, sniff};
use crate::spool::{Spool, blocking, disk_error};

/// Pictures that are decoded at once. Each may take some hundred megabytes.
const DECODED_AT_ONCE: usize = 2;

/// A file that was looked into.
pub(crate) struct Treated {
    pub(crate) spool: Spool,
    pub(crate) mime: &'static str,
    /// `None` where the content tells none.
    pub(crate) extension: Option<&'static str>,
    pub(crate) kind: MediaKind,
    pub(crate) size: u64,
    /// Set for pictures that can be shown.
    pub(crate) look: Option<Look>,
}

/// The right to decode a picture, given to few at a time.
pub(crate) struct Decoders(Arc<Semaphore>);

impl Default for Decoders {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(DECODED_AT_ONCE)))
    }
}

/// Looks into files.
pub(crate) struct Treatment<'a> {
    /// Where copies and previews come into being.
    pub(crate) spool_dir: &'a Path,
    pub(crate) limits: PictureLimits,
    pub(crate) decoders: &'a Decoders,
}

impl Treatment<'_> {
    /// Decides the type, and cleans and measures pictures.
    pub(crate) async fn treat(&self, spool: Spool, size: u64) -> Result<Treated, PortError> {
        let (spool, content) = blocking(move || {
            let content = sniff(&mut BufReader::new(File::open(spool.path())?))?;
            Ok((spool, content))
        })
        .await?;
        match content {
            Content::Picture(format) => self.treat_picture(spool, size, format).await,
            Content::Other { mime, extension, kind } => Ok(Treated {
                spool,
                mime,
                extension,
                kind,
                size,
                look: None,
            }),
        }
    }

    async fn treat_picture(&self, spool: Spool, size: u64, format: Format) -> Result<Treated, PortError> {
        let permit = self
            .decoders
            .0
            .clone()
            .acquire_owned()
            .await
            .map_err(PortError::failed)?;
        let dir = self.spool_dir.to_owned();
        let (spool, cleaned) = blocking(move || clean(&dir, spool, format)).await?;
        let Some((facts, size)) = cleaned else {
            return Ok(plain(spool, size));
        };
        // What breaks a limit is no picture to us, but its clean copy is kept all the same: a
        // camera's largest photos know their place too.
        let Some(look) = self.look(spool.path(), format, facts, permit).await? else {
            return Ok(plain(spool, size));
        };
        Ok(Treated {
            spool,
            mime: format.mime(),
            extension: Some(format.extension()),
            kind: if facts.moves { MediaKind::Gif } else { MediaKind::Image },
            size,
            look: Some(look),
        })
    }

    /// Decodes. The permit goes along, for the work goes on when the caller gives up.
    async fn look(
        &self,
        path: &Path,
        format: Format,
        facts: Facts,
        permit: OwnedSemaphorePermit,
    ) -> Result<Option<Look>, PortError> {
        let (path, limits) = (path.to_owned(), self.limits);
        let work = tokio::task::spawn_blocking(move || {
            let look = preview::look(&path, format, &facts, limits);
            drop(permit);
            look
        });
        match work.await {
            Ok(look) => look.map_err(disk_error),
            Err(error) if error.is_panic() => {
                tracing::warn!(?format, "a picture made its decoder panic and is kept as a plain file");
                Ok(None)
            }
            Err(error) => Err(PortError::unavailable(error)),
        }
    }

    /// Writes a preview where its place can take it from.
    pub(crate) async fn spool_preview(&self, preview: Preview) -> Result<Spool, PortError> {
        let dir = self.spool_dir.to_owned();
        blocking(move || Spool::of_bytes(&dir, &preview.bytes)).await
    }
}

/// A clean copy with what its parts tell, or the file as it came if they do not fit together.
fn clean(dir: &Path, spool: Spool, format: Format) -> std::io::Result<(Spool, Option<(Facts, u64)>)> {
    let (copy, file) = Spool::create(dir)?;
    let mut target = BufWriter::new(file);
    let mut source = BufReader::new(File::open(spool.path())?);
    let Some(facts) = picture::clean(format, &mut source, &mut target)? else {
        return Ok((spool, None));
    };
    let size = target.get_ref().metadata()?.len();
    Ok((copy, Some((facts, size))))
}

fn plain(spool: Spool, size: u64) -> Treated {
    Treated {
        spool,
        mime: UNKNOWN_MIME,
        extension: None,
        kind: MediaKind::File,
        size,
        look: None,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::poll;

    use super::*;

    #[tokio::test]
    async fn more_pictures_wait_until_a_decoder_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::of_bytes(dir.path(), b"GIF89a").unwrap();
        let decoders = Decoders::default();
        let treatment = Treatment {
            spool_dir: dir.path(),
            limits: PictureLimits::default(),
            decoders: &decoders,
        };
        let busy = decoders.0.clone().acquire_many_owned(2).await.unwrap();
        let mut waiting = Box::pin(treatment.treat_picture(spool, 6, Format::Gif));
        assert!(poll!(&mut waiting).is_pending());
        drop(busy);
        // One of the two was handed on; that it is back shows that it was used.
        assert_eq!(decoders.0.available_permits(), 1);
        waiting.await.unwrap();
        assert_eq!(decoders.0.available_permits(), 2);
    }
}
