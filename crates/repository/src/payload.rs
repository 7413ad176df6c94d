//! What the JSON columns of a message hold.

use std::borrow::Cow;

use domain::media::{MediaContent, MediaKind, Peaks};
use domain::message::{Content, Notice, NoticeKind, TextContent};
use domain::{MessageId, UserId};
use serde::{Deserialize, Serialize};

use crate::entity::{bad_row, message};
use crate::error::RepositoryError;

/// Words of `messages.content_type`.
pub(crate) mod content_type {
    pub(crate) const TEXT: &str = "TEXT_MESSAGE";
    pub(crate) const MEDIA: &str = "MEDIA_MESSAGE";
    pub(crate) const SYSTEM: &str = "SYSTEM_MESSAGE";
    pub(crate) const RECALL: &str = "RECALL_MESSAGE";
}

#[derive(Serialize, Deserialize)]
struct TextPayload<'a> {
    text: Cow<'a, str>,
    mention: Vec<i64>,
}

#[derive(Serialize, Deserialize)]
struct MediaPayload {
    url: String,
    name: String,
    extension: String,
    mime: String,
    size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thumbnail: Option<String>,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    peaks: Option<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecallPayload {
    operator: i64,
    recall_msg_id: i64,
}

#[derive(Serialize, Deserialize)]
struct SystemPayload {
    kind: String,
    actor: Option<i64>,
    subject: Option<i64>,
    text: String,
}

/// A message's content as its columns hold it.
pub(crate) struct Columns {
    /// `content_type`.
    pub(crate) content_type: &'static str,
    /// `text_message`, as JSON text.
    pub(crate) text: Option<String>,
    /// `media_message`, as JSON text.
    pub(crate) media: Option<String>,
    /// `system_message`, as JSON text.
    pub(crate) system: Option<String>,
}

impl Columns {
    /// The columns of what a new message holds.
    pub(crate) fn of(content: &Content) -> Result<Self, RepositoryError> {
        let mut columns = Self {
            content_type: content_type::TEXT,
            text: None,
            media: None,
            system: None,
        };
        match content {
            Content::Text(text) => columns.text = Some(text_json(text)?),
            Content::Media(media) => {
                columns.content_type = content_type::MEDIA;
                columns.media = Some(media_json(media)?);
            }
            Content::Notice(notice) => {
                columns.content_type = content_type::SYSTEM;
                columns.system = Some(json(&SystemPayload {
                    kind: notice.kind.as_str().to_owned(),
                    actor: notice.actor.map(|id| id.0),
                    subject: notice.subject.map(|id| id.0),
                    text: notice.text.clone(),
                })?);
            }
            Content::Recalled { .. } => return Err(RepositoryError::Broken("a recalled message is never new")),
        }
        Ok(columns)
    }
}

/// `text_message` of these words.
pub(crate) fn text_json(text: &TextContent) -> Result<String, RepositoryError> {
    json(&TextPayload {
        text: Cow::Borrowed(&text.text),
        mention: text.mention.iter().map(|id| id.0).collect(),
    })
}

/// `recall_message` of that message.
pub(crate) fn recall_json(message_id: MessageId, operator: UserId) -> Result<String, RepositoryError> {
    json(&RecallPayload {
        operator: operator.0,
        recall_msg_id: message_id.0,
    })
}

fn media_json(media: &MediaContent) -> Result<String, RepositoryError> {
    json(&MediaPayload {
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
    })
}

fn json(payload: &impl Serialize) -> Result<String, RepositoryError> {
    serde_json::to_string(payload).map_err(|_| RepositoryError::Broken("a payload cannot be written as JSON"))
}

/// What the row of a message holds. Takes the columns out of it.
pub(crate) fn content(row: &mut message::Model) -> Result<Content, RepositoryError> {
    let id = row.id;
    match row.content_type.as_str() {
        content_type::TEXT => {
            let payload: TextPayload = read(id, "text_message", row.text_message.take())?;
            Ok(Content::Text(TextContent {
                text: payload.text.into_owned(),
                mention: payload.mention.into_iter().map(UserId).collect(),
            }))
        }
        content_type::MEDIA => {
            let payload: MediaPayload = read(id, "media_message", row.media_message.take())?;
            let kind = MediaKind::parse(&payload.kind)
                .ok_or_else(|| bad_row("messages", "media_message", id, "holds an unknown kind"))?;
            Ok(Content::Media(MediaContent {
                url: payload.url,
                name: payload.name,
                extension: payload.extension,
                mime: payload.mime,
                size: payload.size,
                width: payload.width,
                height: payload.height,
                duration: payload.duration,
                thumbnail: payload.thumbnail,
                kind,
                text: payload.text,
                peaks: payload.peaks.map(Peaks::from_stored),
            }))
        }
        content_type::SYSTEM => {
            let payload: SystemPayload = read(id, "system_message", row.system_message.take())?;
            let kind = NoticeKind::parse(&payload.kind)
                .ok_or_else(|| bad_row("messages", "system_message", id, "holds an unknown kind"))?;
            Ok(Content::Notice(Notice {
                kind,
                actor: payload.actor.map(UserId),
                subject: payload.subject.map(UserId),
                text: payload.text,
            }))
        }
        content_type::RECALL => {
            let payload: RecallPayload = read(id, "recall_message", row.recall_message.take())?;
            Ok(Content::Recalled {
                operator: UserId(payload.operator),
            })
        }
        _ => Err(bad_row("messages", "content_type", id, "is unknown")),
    }
}

fn read<T: serde::de::DeserializeOwned>(
    id: i64,
    column: &'static str,
    value: Option<serde_json::Value>,
) -> Result<T, RepositoryError> {
    let value = value.ok_or_else(|| bad_row("messages", column, id, "is empty"))?;
    serde_json::from_value(value).map_err(|error| bad_row("messages", column, id, error))
}
