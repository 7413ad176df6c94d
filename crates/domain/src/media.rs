//! Media: uploaded files, what is known of them, and where they belong.

use crate::{Invalid, MessageId, Timestamp, UserId};

/// Most peaks of a waveform.
pub const PEAKS_MAX: usize = 256;
/// The loudest peak.
pub const PEAK_MAX: u8 = 100;

/// Where media are served, below the origin.
pub const UPLOADS: &str = "/uploads/";

/// How a client shows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// A moving picture without sound.
    Gif,
    /// Sound, a voice message for example.
    Audio,
    /// Moving pictures with sound.
    Video,
    /// Anything else, offered as a download.
    File,
}

impl MediaKind {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Gif => "gif",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::File => "file",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "image" => Some(Self::Image),
            "gif" => Some(Self::Gif),
            "audio" => Some(Self::Audio),
            "video" => Some(Self::Video),
            "file" => Some(Self::File),
            _ => None,
        }
    }
}

/// What a file is uploaded for; it decides who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// A person's picture: public.
    Avatar,
    /// A room's picture: for everyone who is signed in.
    Room,
    /// Part of a message: for its uploader until it is sent, then for those who can read the message.
    Message,
}

impl Scene {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Avatar => "avatar",
            Self::Room => "room",
            Self::Message => "message",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "avatar" => Some(Self::Avatar),
            "room" => Some(Self::Room),
            "message" => Some(Self::Message),
            _ => None,
        }
    }
}

/// A file as the store holds it after it was looked into. Type and sizes come from its content,
/// never from its name or its sender's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMedia {
    /// Its name in URLs: at least 128 random bits and an extension, no slash.
    pub key: String,
    /// Where it stands in the store, if not under `key`: a file that went straight to object
    /// storage has its key before anybody has looked into it.
    pub object_key: Option<String>,
    /// Its media type.
    pub mime: String,
    /// Its extension, without the dot, in lower case.
    pub extension: String,
    /// How to show it.
    pub kind: MediaKind,
    /// Bytes.
    pub size: u64,
    /// Pixels across, upright.
    pub width: Option<u32>,
    /// Pixels down, upright.
    pub height: Option<u32>,
    /// Key of its preview picture.
    pub thumbnail: Option<String>,
}

impl StoredMedia {
    /// Where its bytes stand in the store.
    #[must_use]
    pub fn stored_key(&self) -> &str {
        self.object_key.as_deref().unwrap_or(&self.key)
    }
}

/// An uploaded file and what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The file. For an upload that went straight to object storage and was not used yet,
    /// all but the key are placeholders (see `is_pending`).
    pub media: StoredMedia,
    /// The name it had on its sender's device.
    pub name: String,
    /// Who uploaded it.
    pub owner: UserId,
    /// What for.
    pub scene: Scene,
    /// The message that carries it, once it was sent.
    pub message_id: Option<MessageId>,
    /// True while the file was promised to object storage but not looked into.
    pub is_pending: bool,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// Set once it is to be forgotten: nobody may read it any more, its bytes go soon.
    pub deleted_at: Option<Timestamp>,
}

/// The URL under which a stored file is served.
#[must_use]
pub fn url_of(key: &str) -> String {
    format!("{UPLOADS}{key}")
}

/// The key in a URL of ours, absolute or relative; `None` for any other URL.
#[must_use]
pub fn key_of(url: &str) -> Option<&str> {
    let (_, key) = url.split_once(UPLOADS)?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    is_key.then_some(key)
}

/// The media part of a message, as its sender's draft or as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaContent {
    /// URL to load it from, relative to the server (`/uploads/<key>`).
    pub url: String,
    /// The name it had on its sender's device.
    pub name: String,
    /// Its extension, without the dot.
    pub extension: String,
    /// Its media type.
    pub mime: String,
    /// Bytes.
    pub size: u64,
    /// Pixels across.
    pub width: Option<u32>,
    /// Pixels down.
    pub height: Option<u32>,
    /// Seconds, as its sender measured.
    pub duration: Option<f64>,
    /// URL of its preview picture.
    pub thumbnail: Option<String>,
    /// How to show it.
    pub kind: MediaKind,
    /// A caption.
    pub text: Option<String>,
    /// The waveform of a voice message, as its sender measured.
    pub peaks: Option<Peaks>,
}

/// How loud a sound is from its beginning to its end: at most [`PEAKS_MAX`] numbers from 0 to
/// [`PEAK_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peaks(Vec<u8>);

impl Peaks {
    /// Checks what a sender measured.
    ///
    /// # Errors
    /// [`Invalid`] for `mediaMessage.peaks` when there are too many or one is out of bounds.
    pub fn parse(peaks: &[i64]) -> Result<Self, Invalid> {
        let wrong = || {
            let problem = format!("must have at most {PEAKS_MAX} whole numbers from 0 to {PEAK_MAX}");
            Invalid::new("mediaMessage.peaks", problem)
        };
        if peaks.len() > PEAKS_MAX {
            return Err(wrong());
        }
        let peak = |peak: &i64| u8::try_from(*peak).ok().filter(|peak| *peak <= PEAK_MAX);
        peaks
            .iter()
            .map(peak)
            .collect::<Option<_>>()
            .map(Self)
            .ok_or_else(wrong)
    }

    /// Takes peaks that were parsed before they were stored.
    #[must_use]
    pub fn from_stored(peaks: Vec<u8>) -> Self {
        Self(peaks)
    }

    /// The numbers.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_are_few_and_within_their_bounds() {
        assert_eq!(Peaks::parse(&[0, 7, 100]).unwrap().as_slice(), [0, 7, 100]);
        assert!(Peaks::parse(&[50; PEAKS_MAX]).is_ok());
        for wrong in [&[50; PEAKS_MAX + 1][..], &[101], &[-1], &[256], &[i64::MAX]] {
            assert_eq!(Peaks::parse(wrong).unwrap_err().field, "mediaMessage.peaks");
        }
    }

    #[test]
    fn only_urls_of_ours_have_a_key() {
        assert_eq!(key_of("/uploads/ab12.png"), Some("ab12.png"));
        assert_eq!(key_of("https://chat.example/uploads/ab12.png"), Some("ab12.png"));
        assert_eq!(key_of("/uploads/../secret"), None);
        assert_eq!(key_of("https://elsewhere.example/a.png"), None);
    }
}
