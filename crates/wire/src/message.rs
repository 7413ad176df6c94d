//! Messages on the wire.

mod view;

use std::sync::Arc;

use domain::UserId;
use domain::media::{MediaContent, Upload, url_of};
use domain::message::{MessageDetail, Notice};
use domain::search::SearchHit;
use serde::{Deserialize, Serialize, Serializer};

pub use view::{Form, MessageView};

/// A message as one reader sees it. It is written as its [`MessageView`].
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    detail: Arc<MessageDetail>,
    reader: UserId,
}

impl Message {
    /// The message as `reader` sees it.
    #[must_use]
    pub fn for_reader(detail: &Arc<MessageDetail>, reader: UserId) -> Self {
        Self {
            detail: Arc::clone(detail),
            reader,
        }
    }

    /// A page of messages as `reader` sees them.
    #[must_use]
    pub fn page(details: &[Arc<MessageDetail>], reader: UserId) -> Vec<Self> {
        details.iter().map(|detail| Self::for_reader(detail, reader)).collect()
    }

    /// Its place in its room.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.detail.message.seq
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MessageView::new(&self.detail, Some(self.reader)).serialize(serializer)
    }
}

/// Words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct TextMessage {
    /// 1 to 4000 characters.
    pub text: String,
    /// Ids of the people it mentions.
    pub mention: Vec<i64>,
}

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct MediaMessage {
    /// Where to load it.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// Where to load a preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    /// `image`, `gif`, `audio`, `video` or `file`.
    pub kind: String,
    /// A caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The waveform of a voice message: at most 256 numbers from 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peaks: Option<Vec<u8>>,
}

impl From<&MediaContent> for MediaMessage {
    fn from(media: &MediaContent) -> Self {
        Self {
            url: media.url.clone(),
            name: media.name.clone(),
            extension: media.extension.clone(),
            mime: media.mime.clone(),
            size: media.size,
            width: media.width,
            height: media.height,
            duration: media.duration,
            thumbnail: media.thumbnail.clone(),
            kind: media.kind.as_str().to_owned(),
            text: media.text.clone(),
            peaks: media.peaks.as_ref().map(|peaks| peaks.as_slice().to_vec()),
        }
    }
}

impl From<&Upload> for MediaMessage {
    fn from(upload: &Upload) -> Self {
        let media = &upload.media;
        Self {
            url: url_of(&media.key),
            name: upload.name.clone(),
            extension: media.extension.clone(),
            mime: media.mime.clone(),
            size: media.size,
            width: media.width,
            height: media.height,
            duration: None,
            thumbnail: media.thumbnail.as_deref().map(url_of),
            kind: media.kind.as_str().to_owned(),
            text: None,
            peaks: None,
        }
    }
}

/// A receipt: `operator` has read up to `lastReadSeq`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct ReadMessage {
    /// Who read.
    pub operator: i64,
    /// seq up to which.
    pub last_read_seq: i64,
}

/// A recall: `operator` took the message `recallMsgId` back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct RecallMessage {
    /// Who took it back.
    pub operator: i64,
    /// Which message.
    pub recall_msg_id: i64,
}

/// A notice of the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct SystemMessage {
    /// What happened: `memberJoined`, `memberAdded`, `memberLeft`, `memberRemoved`, `adminNamed`,
    /// `handedOver` or `roomRenamed`.
    pub kind: String,
    /// Who did it.
    pub actor: Option<i64>,
    /// To whom.
    pub subject: Option<i64>,
    /// The same in words.
    pub text: String,
}

impl From<&Notice> for SystemMessage {
    fn from(notice: &Notice) -> Self {
        Self {
            kind: notice.kind.as_str().to_owned(),
            actor: notice.actor.map(|id| id.0),
            subject: notice.subject.map(|id| id.0),
            text: notice.text.clone(),
        }
    }
}

/// All reactions of one emoji.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// The emoji.
    pub emoji: String,
    /// How many people.
    pub count: usize,
    /// Who, the first hundred.
    pub user_ids: Vec<i64>,
    /// True when the reader is one of them.
    pub mine: bool,
}

/// A message that a search found: the message, and where the query stands in its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "SearchHit"))]
pub struct Hit {
    /// The message.
    #[serde(flatten)]
    pub message: Message,
    /// Where the query stands.
    pub spans: Vec<Span>,
}

/// A piece of a text, counted in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
}

impl Hit {
    /// The hit as `reader` sees it.
    #[must_use]
    pub fn for_reader(hit: &SearchHit, reader: UserId) -> Self {
        Self {
            message: Message::for_reader(&hit.detail, reader),
            spans: hit
                .spans
                .iter()
                .map(|(start, end)| Span {
                    start: *start,
                    end: *end,
                })
                .collect(),
        }
    }
}
