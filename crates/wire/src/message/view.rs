//! How a message is written: straight from what is stored, for every answer and every push.

use domain::UserId;
use domain::message::{Content, MessageDetail, Reaction as Reactors, TextContent};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{MediaMessage, Reaction, ReadMessage, RecallMessage, SystemMessage};
use crate::time::Moment;
use crate::user::UserView;

/// Most people that a reaction names.
const REACTION_USERS_MAX: usize = 100;

/// A message as it is written. Just one of the payloads is set, the one that `contentType` names.
#[derive(Debug, Clone, Copy)]
pub struct MessageView<'a> {
    detail: &'a MessageDetail,
    reader: Option<UserId>,
    quotes: bool,
}

impl<'a> MessageView<'a> {
    /// The message as `reader` sees it; for `None` no reaction is `mine`.
    #[must_use]
    pub fn new(detail: &'a MessageDetail, reader: Option<UserId>) -> Self {
        Self {
            detail,
            reader,
            quotes: true,
        }
    }

    /// Without the message that it answers, of which only the id stays.
    #[must_use]
    pub fn without_quote(self) -> Self {
        Self { quotes: false, ..self }
    }
}

impl Serialize for MessageView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let message = &self.detail.message;
        let content = Payloads::of(&message.content);
        let user = self.detail.author.as_ref().map(UserView);
        let quoted = self.detail.reply.as_deref().filter(|_| self.quotes);
        let recall = content.recalled_by.map(|operator| RecallMessage {
            operator: operator.0,
            recall_msg_id: message.id.0,
        });

        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("id", &message.id.0)?;
        fields.serialize_entry("seq", &message.seq)?;
        fields.serialize_entry("rev", &message.rev)?;
        fields.serialize_entry("clientMsgId", &message.client_msg_id.as_ref().map(|id| id.as_str()))?;
        fields.serialize_entry("contentType", content.name)?;
        fields.serialize_entry("channelId", &message.room_id.0)?;
        fields.serialize_entry("roomId", &message.room_id.0)?;
        fields.serialize_entry("userId", &message.author.map(|id| id.0))?;
        fields.serialize_entry("user", &user)?;
        fields.serialize_entry("textMessage", &content.text)?;
        fields.serialize_entry("mediaMessage", &content.media)?;
        // Receipts are pushed as `onRead`.
        fields.serialize_entry("readMessage", &None::<ReadMessage>)?;
        fields.serialize_entry("recallMessage", &recall)?;
        fields.serialize_entry("systemMessage", &content.system)?;
        fields.serialize_entry("replyId", &message.reply_id.map(|id| id.0))?;
        fields.serialize_entry("reply", &quoted.map(|detail| Self { detail, ..*self }))?;
        fields.serialize_entry("isRecalled", &message.is_recalled())?;
        fields.serialize_entry("isEdited", &message.is_edited)?;
        fields.serialize_entry("reactions", &self.reactions(&message.reactions))?;
        fields.serialize_entry("createdAt", &Moment(message.created_at))?;
        fields.serialize_entry("updatedAt", &Moment(message.updated_at))?;
        fields.end()
    }
}

impl MessageView<'_> {
    fn reactions(&self, reactions: &[Reactors]) -> Vec<Reaction> {
        let reaction = |reaction: &Reactors| Reaction {
            emoji: reaction.emoji.as_str().to_owned(),
            count: reaction.users.len(),
            user_ids: reaction.users.iter().take(REACTION_USERS_MAX).map(|id| id.0).collect(),
            mine: self.reader.is_some_and(|reader| reaction.users.contains(&reader)),
        };
        reactions.iter().map(reaction).collect()
    }
}

/// What a message holds, one of the fields, and its word for `contentType`.
struct Payloads<'a> {
    name: &'static str,
    text: Option<TextView<'a>>,
    media: Option<MediaMessage>,
    system: Option<SystemMessage>,
    recalled_by: Option<UserId>,
}

impl<'a> Payloads<'a> {
    fn of(content: &'a Content) -> Self {
        let none = |name| Self {
            name,
            text: None,
            media: None,
            system: None,
            recalled_by: None,
        };
        match content {
            Content::Text(text) => Self {
                text: Some(TextView(text)),
                ..none("TEXT_MESSAGE")
            },
            Content::Media(media) => Self {
                media: Some(media.into()),
                ..none("MEDIA_MESSAGE")
            },
            Content::Notice(notice) => Self {
                system: Some(notice.into()),
                ..none("SYSTEM_MESSAGE")
            },
            Content::Recalled { operator } => Self {
                recalled_by: Some(*operator),
                ..none("RECALL_MESSAGE")
            },
        }
    }
}

/// Words, as a [`TextMessage`](super::TextMessage).
struct TextView<'a>(&'a TextContent);

impl Serialize for TextView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("text", &self.0.text)?;
        fields.serialize_entry("mention", &Mentions(&self.0.mention))?;
        fields.end()
    }
}

struct Mentions<'a>(&'a [UserId]);

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|id| id.0))
    }
}
