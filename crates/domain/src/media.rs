//! Media: uploaded files, what is known of them, and where they belong.

use crate::{MessageId, Timestamp, UserId};

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

    /// The kind of that word.
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

    /// The scene of that word.
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
    /// Where it stands in the store: at least 128 random bits and an extension, no slash.
    pub key: String,
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
}
