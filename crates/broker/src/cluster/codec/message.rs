//! Messages with everything that their readers need.

use std::sync::Arc;

use domain::media::{MediaContent, MediaKind, Peaks};
use domain::message::{ClientMsgId, Content, Emoji, Message, MessageDetail, Notice, NoticeKind, Reaction, TextContent};
use domain::user::Person;
use domain::{MessageId, RoomId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use super::person::PersonFrame;

#[derive(Serialize, Deserialize)]
pub(super) struct DetailFrame {
    message: MessageFrame,
    author: Option<PersonFrame>,
    reply: Option<Box<DetailFrame>>,
}

#[derive(Serialize, Deserialize)]
struct MessageFrame {
    id: i64,
    room: i64,
    seq: i64,
    rev: i64,
    author: Option<i64>,
    client_id: Option<String>,
    content: ContentFrame,
    reply: Option<i64>,
    edited: bool,
    reactions: Vec<(String, Vec<i64>)>,
    created: i64,
    updated: i64,
}

#[derive(Serialize, Deserialize)]
enum ContentFrame {
    Text {
        text: String,
        mention: Vec<i64>,
    },
    Media(Box<MediaFrame>),
    Notice {
        kind: String,
        actor: Option<i64>,
        subject: Option<i64>,
        text: String,
    },
    Recalled {
        operator: i64,
    },
}

#[derive(Serialize, Deserialize)]
struct MediaFrame {
    url: String,
    name: String,
    extension: String,
    mime: String,
    size: u64,
    width: Option<u32>,
    height: Option<u32>,
    duration: Option<f64>,
    thumbnail: Option<String>,
    kind: String,
    text: Option<String>,
    peaks: Option<Vec<u8>>,
}

impl From<&MessageDetail> for DetailFrame {
    fn from(detail: &MessageDetail) -> Self {
        Self {
            message: (&detail.message).into(),
            author: detail.author.as_ref().map(Into::into),
            reply: detail.reply.as_deref().map(|reply| Box::new(reply.into())),
        }
    }
}

impl DetailFrame {
    /// `None` when it holds something that this version does not know.
    pub(super) fn detail(self) -> Option<MessageDetail> {
        let reply = match self.reply {
            Some(reply) => Some(Arc::new(reply.detail()?)),
            None => None,
        };
        let author = self.author.map(Person::from);
        Some(MessageDetail::new(self.message.message()?, author, reply))
    }
}

impl From<&Message> for MessageFrame {
    fn from(message: &Message) -> Self {
        let reaction = |reaction: &Reaction| {
            let users = reaction.users.iter().map(|user| user.0).collect();
            (reaction.emoji.as_str().to_owned(), users)
        };
        Self {
            id: message.id.0,
            room: message.room_id.0,
            seq: message.seq,
            rev: message.rev,
            author: message.author.map(|id| id.0),
            client_id: message.client_msg_id.as_ref().map(|id| id.as_str().to_owned()),
            content: (&message.content).into(),
            reply: message.reply_id.map(|id| id.0),
            edited: message.is_edited,
            reactions: message.reactions.iter().map(reaction).collect(),
            created: message.created_at.0,
            updated: message.updated_at.0,
        }
    }
}

impl MessageFrame {
    fn message(self) -> Option<Message> {
        let reaction = |(emoji, users): (String, Vec<i64>)| Reaction {
            emoji: Emoji::from_stored(emoji),
            users: users.into_iter().map(UserId).collect(),
        };
        Some(Message {
            id: MessageId(self.id),
            room_id: RoomId(self.room),
            seq: self.seq,
            rev: self.rev,
            author: self.author.map(UserId),
            client_msg_id: self.client_id.map(ClientMsgId::from_stored),
            content: self.content.content()?,
            reply_id: self.reply.map(MessageId),
            is_edited: self.edited,
            reactions: self.reactions.into_iter().map(reaction).collect(),
            created_at: Timestamp(self.created),
            updated_at: Timestamp(self.updated),
        })
    }
}

impl From<&Content> for ContentFrame {
    fn from(content: &Content) -> Self {
        match content {
            Content::Text(text) => Self::Text {
                text: text.text.clone(),
                mention: text.mention.iter().map(|user| user.0).collect(),
            },
            Content::Media(media) => Self::Media(Box::new(media.into())),
            Content::Notice(notice) => Self::Notice {
                kind: notice.kind.as_str().to_owned(),
                actor: notice.actor.map(|user| user.0),
                subject: notice.subject.map(|user| user.0),
                text: notice.text.clone(),
            },
            Content::Recalled { operator } => Self::Recalled { operator: operator.0 },
        }
    }
}

impl ContentFrame {
    fn content(self) -> Option<Content> {
        Some(match self {
            Self::Text { text, mention } => Content::Text(TextContent {
                text,
                mention: mention.into_iter().map(UserId).collect(),
            }),
            Self::Media(media) => Content::Media(media.media()?),
            Self::Notice {
                kind,
                actor,
                subject,
                text,
            } => Content::Notice(Notice {
                kind: NoticeKind::parse(&kind)?,
                actor: actor.map(UserId),
                subject: subject.map(UserId),
                text,
            }),
            Self::Recalled { operator } => Content::Recalled {
                operator: UserId(operator),
            },
        })
    }
}

impl From<&MediaContent> for MediaFrame {
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

impl MediaFrame {
    fn media(self) -> Option<MediaContent> {
        Some(MediaContent {
            url: self.url,
            name: self.name,
            extension: self.extension,
            mime: self.mime,
            size: self.size,
            width: self.width,
            height: self.height,
            duration: self.duration,
            thumbnail: self.thumbnail,
            kind: MediaKind::parse(&self.kind)?,
            text: self.text,
            peaks: self.peaks.map(Peaks::from_stored),
        })
    }
}
