//! Commands: what clients send, the same on both edges where both have it.

use domain::message::Anchor;
use domain::page::Limit;
use domain::room::{JoinPolicy, OpenRoomsPage};
use domain::search::SearchQuery;
use domain::user::{Email, Permission, ProfileChange, UserFilter, UserName};
use domain::{Invalid, MessageId, RoomId, UserId, text};
use serde::Deserialize;
use service::message as messages;
use service::room as rooms;

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

/// A room to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct CreateRoom {
    /// Its name, 1 to 64 characters.
    #[serde(alias = "roomName")]
    pub name: String,
    /// URL of its picture.
    pub image: Option<String>,
    /// `open` (default) or `invite`.
    pub join_policy: Option<String>,
    /// Its first admins.
    pub admin_ids: Option<Vec<Id>>,
    /// Its first members.
    pub member_ids: Option<Vec<Id>>,
}

impl TryFrom<CreateRoom> for rooms::CreateRoom {
    type Error = Failure;

    fn try_from(command: CreateRoom) -> Result<Self, Failure> {
        Ok(Self {
            name: command.name,
            image: command.image,
            join_policy: join_policy(command.join_policy.as_deref())?,
            admins: numbers(command.admin_ids, UserId),
            members: numbers(command.member_ids, UserId),
        })
    }
}

/// A room to change; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct UpdateRoom {
    /// The room.
    pub id: Id,
    /// New name, 1 to 64 characters.
    pub name: Option<String>,
    /// URL of its new picture; empty for the generated one.
    pub image: Option<String>,
    /// `open` or `invite`.
    pub join_policy: Option<String>,
    /// People to become admins; only the creator names any.
    pub admin_ids: Option<Vec<Id>>,
    /// People to become members.
    pub member_ids: Option<Vec<Id>>,
    /// The member to become creator in the caller's place.
    pub creator_id: Option<Id>,
}

impl TryFrom<UpdateRoom> for (RoomId, rooms::UpdateRoom) {
    type Error = Failure;

    fn try_from(command: UpdateRoom) -> Result<Self, Failure> {
        let wish = rooms::UpdateRoom {
            name: command.name,
            image: command.image,
            join_policy: join_policy(command.join_policy.as_deref())?,
            admins: numbers(command.admin_ids, UserId),
            members: numbers(command.member_ids, UserId),
            creator: command.creator_id.map(|id| UserId(id.0)),
        };
        Ok((RoomId(command.id.0), wish))
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

/// A read mark to move.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Read {
    /// The room.
    pub id: Id,
    /// seq up to which the caller has read.
    pub seq: Id,
}

/// A page of history to read: at most one of the three places.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// The room.
    pub id: Id,
    /// Messages just before this seq.
    pub before_seq: Option<Id>,
    /// Messages just after this seq.
    pub after_seq: Option<Id>,
    /// Messages around this seq.
    pub around_seq: Option<Id>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
}

impl History {
    /// Where the page begins: with the newest message when no place is given.
    ///
    /// # Errors
    /// [`Failure`] with code 400 when several are given or one is negative.
    pub fn anchor(&self) -> Result<Anchor, Failure> {
        let (field, seq, anchor) = match (self.before_seq, self.after_seq, self.around_seq) {
            (None, None, None) => return Ok(Anchor::Newest),
            (Some(Id(seq)), None, None) => ("beforeSeq", seq, Anchor::Before(seq)),
            (None, Some(Id(seq)), None) => ("afterSeq", seq, Anchor::After(seq)),
            (None, None, Some(Id(seq))) => ("aroundSeq", seq, Anchor::Around(seq)),
            _ => {
                return Err(Failure::new(
                    400,
                    "beforeSeq, afterSeq, aroundSeq: only one of them may be given",
                ));
            }
        };
        if seq < 0 {
            return Err(Failure::new(400, format!("{field}: must not be negative")));
        }
        Ok(anchor)
    }
}

/// A page of a list: how long, and behind what.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Page {
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub cursor: Option<Id>,
}

/// Reads how many rows a page may have.
///
/// # Errors
/// [`Failure`] with code 400 when it is below 1.
pub fn limit(asked: Option<Id>) -> Result<u32, Failure> {
    Limit::new(asked.map(|id| id.0)).map(Limit::get).map_err(invalid)
}

/// Reads behind which row a page begins; `field` is the cursor's name on the wire.
///
/// # Errors
/// [`Failure`] with code 400 when it is negative, which no id is.
pub fn after<T>(field: &str, asked: Option<Id>, wrap: impl Fn(i64) -> T) -> Result<Option<T>, Failure> {
    match asked {
        Some(Id(id)) if id < 0 => Err(Failure::new(400, format!("{field}: must not be negative"))),
        asked => Ok(asked.map(|id| wrap(id.0))),
    }
}

/// Which of the rooms to list that anybody may come into.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct FindOpenRooms {
    /// Any part of the name, at most 256 characters, without regard to case.
    pub q: Option<String>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub cursor: Option<Id>,
}

impl TryFrom<FindOpenRooms> for OpenRoomsPage {
    type Error = Failure;

    fn try_from(command: FindOpenRooms) -> Result<Self, Failure> {
        Ok(Self {
            name: SearchQuery::parse_optional(command.q.as_deref()).map_err(invalid)?,
            after: after("cursor", command.cursor, RoomId)?,
            limit: limit(command.limit)?,
        })
    }
}

/// A profile to change; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct UpdateProfile {
    /// New name, 1 to 32 characters.
    pub user_name: Option<String>,
    /// New address.
    pub email: Option<String>,
    /// New words about oneself, at most 500 characters.
    pub bio: Option<String>,
    /// GitHub name.
    pub github: Option<String>,
    /// QQ number.
    pub qq: Option<String>,
    /// WeChat name.
    pub wechat: Option<String>,
    /// URL of a picture that was uploaded with scene `avatar`; empty for the generated one.
    pub image: Option<String>,
    /// `user` or `admin`; for admins only.
    pub permission: Option<String>,
}

/// Longest text about oneself, in characters.
const BIO_MAX: usize = 500;
/// Longest name on another service, in characters.
const HANDLE_MAX: usize = 64;

impl TryFrom<UpdateProfile> for ProfileChange {
    type Error = Failure;

    fn try_from(command: UpdateProfile) -> Result<Self, Failure> {
        let handle = |field, value: Option<String>| {
            value
                .map(|value| text::free(field, value.trim(), HANDLE_MAX))
                .transpose()
                .map_err(invalid)
        };
        let permission = command
            .permission
            .map(|word| Permission::parse(&word).ok_or_else(|| Failure::new(400, "permission: must be user or admin")))
            .transpose()?;
        Ok(Self {
            name: command
                .user_name
                .as_deref()
                .map(UserName::parse)
                .transpose()
                .map_err(invalid)?,
            email: command
                .email
                .as_deref()
                .map(Email::parse)
                .transpose()
                .map_err(invalid)?,
            bio: command
                .bio
                .map(|bio| text::free("bio", &bio, BIO_MAX))
                .transpose()
                .map_err(invalid)?,
            github: handle("github", command.github)?,
            qq: handle("qq", command.qq)?,
            wechat: handle("wechat", command.wechat)?,
            image: command.image,
            permission,
        })
    }
}

/// How to look people up: by exactly one of the three.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct FindUsers {
    /// The one with this id.
    pub id: Option<Id>,
    /// Those whose name starts so, without regard to case.
    pub user_name: Option<String>,
    /// The one with exactly this address.
    pub email: Option<String>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub start: Option<Id>,
}

impl FindUsers {
    /// The filter that it means.
    ///
    /// # Errors
    /// [`Failure`] with code 1004 when none of the three is given.
    pub fn filter(&self) -> Result<UserFilter, Failure> {
        match (&self.id, &self.user_name, &self.email) {
            (Some(id), _, _) => Ok(UserFilter::Id(UserId(id.0))),
            (_, _, Some(email)) => Ok(UserFilter::Email(email.clone())),
            (_, Some(name), _) => Ok(UserFilter::NamePrefix(name.clone())),
            _ => Err(Failure::missing("id, userName or email")),
        }
    }
}

fn join_policy(word: Option<&str>) -> Result<Option<JoinPolicy>, Failure> {
    word.map(|word| JoinPolicy::parse(word).ok_or_else(|| Failure::new(400, "joinPolicy: must be open or invite")))
        .transpose()
}

fn missing(field: &str) -> Failure {
    Failure::new(400, format!("missing field `{field}`"))
}

/// A broken rule as a failure.
#[must_use]
pub fn invalid(invalid: Invalid) -> Failure {
    Failure::new(400, invalid.to_string())
}
