//! Messages on the wire.

use std::sync::Arc;

use domain::UserId;
use domain::media::{MediaContent, Upload};
use domain::message::{Content, MessageDetail, Notice};
use domain::search::SearchHit;
use serde::{Deserialize, Serialize};
use service::media::url_of;

use crate::{User, time};

/// A message. Just one of the payloads is set, the one that `contentType` names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Id.
    pub id: i64,
    /// Its place in its room: 1, 2, 3 … without gaps.
    pub seq: i64,
    /// The room's count of changes at which it changed last.
    pub rev: i64,
    /// The sender's own id for it.
    pub client_msg_id: Option<String>,
    /// `TEXT_MESSAGE`, `MEDIA_MESSAGE`, `RECALL_MESSAGE` or `SYSTEM_MESSAGE`.
    pub content_type: String,
    /// The room's id.
    pub channel_id: i64,
    /// The room's id.
    pub room_id: i64,
    /// Its author; for a notice who caused it.
    pub user_id: Option<i64>,
    /// Its author.
    pub user: Option<User>,
    /// Words.
    pub text_message: Option<TextMessage>,
    /// A file.
    pub media_message: Option<MediaMessage>,
    /// Always null in a stored message: receipts are pushed as `onRead`.
    pub read_message: Option<ReadMessage>,
    /// Who took it back.
    pub recall_message: Option<RecallMessage>,
    /// A notice of the server.
    pub system_message: Option<SystemMessage>,
    /// The message that it answers.
    pub reply_id: Option<i64>,
    /// The message that it answers, one level deep.
    pub reply: Option<Box<Message>>,
    /// True once it was taken back.
    pub is_recalled: bool,
    /// True once its author changed it.
    pub is_edited: bool,
    /// Who reacted with what.
    pub reactions: Vec<Reaction>,
    /// When it was stored.
    pub created_at: String,
    /// When it changed last.
    pub updated_at: String,
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

/// Most people that a reaction names.
const REACTION_USERS_MAX: usize = 100;

impl Message {
    /// The message as `reader` sees it; for `None` no reaction is `mine`.
    #[must_use]
    pub fn for_reader(detail: &MessageDetail, reader: Option<UserId>) -> Self {
        let message = &detail.message;
        let mut wire = Self {
            id: message.id.0,
            seq: message.seq,
            rev: message.rev,
            client_msg_id: message.client_msg_id.as_ref().map(|id| id.as_str().to_owned()),
            content_type: content_type(&message.content).to_owned(),
            channel_id: message.room_id.0,
            room_id: message.room_id.0,
            user_id: message.author.map(|id| id.0),
            user: detail.author.as_ref().map(User::from),
            text_message: None,
            media_message: None,
            read_message: None,
            recall_message: None,
            system_message: None,
            reply_id: message.reply_id.map(|id| id.0),
            reply: detail
                .reply
                .as_deref()
                .map(|reply| Box::new(Self::for_reader(reply, reader))),
            is_recalled: message.is_recalled(),
            is_edited: message.is_edited,
            reactions: Vec::new(),
            created_at: time::text(message.created_at),
            updated_at: time::text(message.updated_at),
        };
        match &message.content {
            Content::Text(text) => {
                let mention = text.mention.iter().map(|id| id.0).collect();
                wire.text_message = Some(TextMessage {
                    text: text.text.clone(),
                    mention,
                });
            }
            Content::Media(media) => wire.media_message = Some(media.into()),
            Content::Notice(notice) => wire.system_message = Some(notice.into()),
            Content::Recalled { operator } => {
                wire.recall_message = Some(RecallMessage {
                    operator: operator.0,
                    recall_msg_id: message.id.0,
                });
            }
        }
        wire.reactions = message
            .reactions
            .iter()
            .map(|reaction| Reaction {
                emoji: reaction.emoji.as_str().to_owned(),
                count: reaction.users.len(),
                user_ids: reaction.users.iter().take(REACTION_USERS_MAX).map(|id| id.0).collect(),
                mine: reader.is_some_and(|reader| reaction.users.contains(&reader)),
            })
            .collect();
        wire
    }

    /// A page of messages as `reader` sees them.
    #[must_use]
    pub fn page(details: &[Arc<MessageDetail>], reader: UserId) -> Vec<Self> {
        details
            .iter()
            .map(|detail| Self::for_reader(detail, Some(reader)))
            .collect()
    }
}

/// The word for what a message holds.
#[must_use]
pub fn content_type(content: &Content) -> &'static str {
    match content {
        Content::Text(_) => "TEXT_MESSAGE",
        Content::Media(_) => "MEDIA_MESSAGE",
        Content::Notice(_) => "SYSTEM_MESSAGE",
        Content::Recalled { .. } => "RECALL_MESSAGE",
    }
}

/// A message that a search found: the message, and where the query stands in its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
            message: Message::for_reader(&hit.detail, Some(reader)),
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
