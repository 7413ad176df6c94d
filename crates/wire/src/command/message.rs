//! Messages to send, edit, react to and take back.

use domain::{MessageId, RoomId, UserId};
use serde::Deserialize;
use service::message as messages;

use crate::id::numbers;
use crate::{Failure, Id};

/// A message to send, or one of the two messages that are commands: a receipt or a recall.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct SendMessage {
    /// The room.
    #[serde(alias = "roomId")]
    pub channel_id: Id,
    /// Which of the payloads is meant.
    pub content_type: String,
    /// Words.
    pub text_message: Option<TextMessage>,
    /// A file.
    pub media_message: Option<MediaMessage>,
    /// A receipt.
    pub read_message: Option<ReadMessage>,
    /// A recall.
    pub recall_message: Option<RecallMessage>,
    /// The message that it answers.
    pub reply_id: Option<Id>,
    /// The sender's own id for it, 1 to 64 characters.
    pub client_msg_id: Option<String>,
}

/// Words to send.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "TextDraft"))]
pub struct TextMessage {
    /// 1 to 4000 characters.
    pub text: String,
    /// Ids of the people it mentions.
    pub mention: Option<Vec<Id>>,
}

/// A file to send.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "MediaDraft"))]
pub struct MediaMessage {
    /// Its URL, as the upload answered it.
    pub url: String,
    /// A name for it instead of the uploaded one.
    pub name: Option<String>,
    /// Seconds.
    pub duration: Option<f64>,
    /// A caption.
    pub text: Option<String>,
    /// The waveform of a voice message: at most 256 numbers from 0 to 100.
    pub peaks: Option<Vec<i64>>,
}

/// A receipt to send. Whose it is the session says.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "ReadDraft"))]
#[serde(rename_all = "camelCase")]
pub struct ReadMessage {
    /// seq up to which the caller has read.
    pub last_read_seq: Id,
}

/// A recall to send. Whose it is the session says.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "RecallDraft"))]
#[serde(rename_all = "camelCase")]
pub struct RecallMessage {
    /// The message to take back.
    pub recall_msg_id: Id,
}

/// What a `SendMessage` asks for.
#[derive(Debug, Clone)]
pub enum Sending {
    /// A message to be stored.
    Message(messages::SendMessage),
    /// A read mark to be moved.
    Read {
        /// The room.
        room_id: RoomId,
        /// seq up to which.
        seq: i64,
    },
    /// A message to be taken back.
    Recall {
        /// The room.
        room_id: RoomId,
        /// Which one.
        message_id: MessageId,
    },
}

impl TryFrom<SendMessage> for Sending {
    type Error = Failure;

    fn try_from(command: SendMessage) -> Result<Self, Failure> {
        let room_id = RoomId(command.channel_id.0);
        let body = match command.content_type.as_str() {
            "TEXT_MESSAGE" => {
                let text = command.text_message.ok_or_else(|| missing("textMessage"))?;
                messages::Outgoing::Text {
                    text: text.text,
                    mention: numbers(text.mention, UserId),
                }
            }
            "MEDIA_MESSAGE" => {
                let media = command.media_message.ok_or_else(|| missing("mediaMessage"))?;
                let MediaMessage {
                    url,
                    name,
                    duration,
                    text,
                    peaks,
                } = media;
                messages::Outgoing::Media {
                    url,
                    name,
                    duration,
                    text,
                    peaks,
                }
            }
            "READ_MESSAGE" => {
                let read = command.read_message.ok_or_else(|| missing("readMessage"))?;
                return Ok(Self::Read {
                    room_id,
                    seq: read.last_read_seq.0,
                });
            }
            "RECALL_MESSAGE" => {
                let recall = command.recall_message.ok_or_else(|| missing("recallMessage"))?;
                return Ok(Self::Recall {
                    room_id,
                    message_id: MessageId(recall.recall_msg_id.0),
                });
            }
            "SYSTEM_MESSAGE" => return Err(Failure::new(400, "contentType: only the server writes SYSTEM_MESSAGE")),
            _ => {
                let known = "TEXT_MESSAGE, MEDIA_MESSAGE, READ_MESSAGE or RECALL_MESSAGE";
                return Err(Failure::new(400, format!("contentType: must be {known}")));
            }
        };
        Ok(Self::Message(messages::SendMessage {
            room_id,
            body,
            reply_id: command.reply_id.map(|id| MessageId(id.0)),
            client_msg_id: command.client_msg_id,
        }))
    }
}

/// A message to edit.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct EditMessage {
    /// The message.
    #[serde(alias = "messageId")]
    pub id: Id,
    /// Its new words.
    pub text_message: TextMessage,
}

/// A reaction to set or take away.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct React {
    /// The message.
    #[serde(alias = "messageId")]
    pub id: Id,
    /// One emoji.
    pub emoji: String,
    /// Sets (default) or takes away.
    pub on: Option<bool>,
}

fn missing(field: &str) -> Failure {
    Failure::new(400, format!("missing field `{field}`"))
}
