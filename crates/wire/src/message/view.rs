//! How a message is written: straight from what is stored, for every answer and every push.

use domain::UserId;
use domain::message::{Content, MessageDetail, Reaction as Reactors, TextContent};
use serde::{Serialize, Serializer};

use super::{MediaMessage, Reaction, ReadMessage, RecallMessage, SystemMessage};
use crate::fields::Fields;
use crate::time::Moment;
use crate::user::UserView;

/// Most people that a reaction names.
const REACTION_USERS_MAX: usize = 100;

/// How much of a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// Everything.
    #[default]
    Full,
    /// Without what its reader can know (docs/protocol.md, section 15).
    Compact,
}

/// A message as it is written. Just one of the payloads is set, the one that `contentType` names.
#[derive(Debug, Clone, Copy)]
pub struct MessageView<'a> {
    detail: &'a MessageDetail,
    reader: Option<UserId>,
    form: Form,
    quotes: bool,
}

impl<'a> MessageView<'a> {
    /// The message as `reader` sees it; for `None` no reaction is `mine`.
    #[must_use]
    pub fn new(detail: &'a MessageDetail, reader: Option<UserId>) -> Self {
        Self {
            detail,
            reader,
            form: Form::Full,
            quotes: true,
        }
    }

    /// In another form.
    #[must_use]
    pub fn in_form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// Its form.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
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
        let content = Payloads::of(&message.content, self.form);
        let form = self.form;
        let user = self.detail.author.as_ref().map(|person| UserView { person, form });
        let quoted = self.detail.reply.as_deref().filter(|_| self.quotes);
        let recall = content.recalled_by.map(|operator| RecallMessage {
            operator: operator.0,
            recall_msg_id: message.id.0,
        });

        let mut fields = Fields::begin(serializer, self.form)?;
        fields.put("id", &message.id.0)?;
        fields.put("seq", &message.seq)?;
        fields.put("rev", &message.rev)?;
        fields.put_option("clientMsgId", message.client_msg_id.as_ref().map(|id| id.as_str()))?;
        fields.put("contentType", content.name)?;
        fields.put_unless(true, "channelId", &message.room_id.0)?;
        fields.put("roomId", &message.room_id.0)?;
        fields.put_option("userId", message.author.map(|id| id.0))?;
        fields.put_option("user", user)?;
        fields.put_option("textMessage", content.text)?;
        fields.put_option("mediaMessage", content.media)?;
        // Receipts are pushed as `onRead`.
        fields.put_option("readMessage", None::<ReadMessage>)?;
        fields.put_option("recallMessage", recall)?;
        fields.put_option("systemMessage", content.system)?;
        fields.put_option("replyId", message.reply_id.map(|id| id.0))?;
        fields.put_option("reply", quoted.map(|detail| Self { detail, ..*self }))?;
        fields.put_flag("isRecalled", message.is_recalled())?;
        fields.put_flag("isEdited", message.is_edited)?;
        let reactions = self.reactions(&message.reactions);
        fields.put_unless(reactions.is_empty(), "reactions", &reactions)?;
        fields.put("createdAt", &Moment(message.created_at))?;
        let is_unchanged = message.updated_at == message.created_at;
        fields.put_unless(is_unchanged, "updatedAt", &Moment(message.updated_at))?;
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
    fn of(content: &'a Content, form: Form) -> Self {
        let none = |name| Self {
            name,
            text: None,
            media: None,
            system: None,
            recalled_by: None,
        };
        match content {
            Content::Text(text) => Self {
                text: Some(TextView { text, form }),
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
struct TextView<'a> {
    text: &'a TextContent,
    form: Form,
}

impl Serialize for TextView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { text, form } = self;
        let mut fields = Fields::begin(serializer, *form)?;
        fields.put("text", &text.text)?;
        fields.put_unless(text.mention.is_empty(), "mention", &Mentions(&text.mention))?;
        fields.end()
    }
}

struct Mentions<'a>(&'a [UserId]);

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|id| id.0))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::message::{ClientMsgId, Emoji, Message};
    use domain::user::{Email, Person, User, UserName};
    use domain::{MessageId, RoomId, Timestamp};
    use serde_json::{Value, json};

    use super::*;

    fn person(online: bool) -> Person {
        let name = UserName::from_stored("Ada".to_owned());
        let email = Email::from_stored("ada@example.com".to_owned());
        let user = User {
            image: "/uploads/ada.png".to_owned(),
            bio: "words".to_owned(),
            github: "ada".to_owned(),
            ..User::new(UserId(7), name, email, Timestamp(0))
        };
        Person {
            user: Arc::new(user),
            online,
        }
    }

    fn text(words: &str) -> MessageDetail {
        let message = Message {
            id: MessageId(12),
            room_id: RoomId(3),
            seq: 4,
            rev: 5,
            author: Some(UserId(7)),
            client_msg_id: None,
            content: Content::Text(TextContent {
                text: words.to_owned(),
                mention: Vec::new(),
            }),
            reply_id: None,
            is_edited: false,
            reactions: Vec::new(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        };
        MessageDetail::new(message, Some(person(false)), None)
    }

    fn written(detail: &MessageDetail, form: Form) -> Value {
        json!(MessageView::new(detail, Some(UserId(1))).in_form(form))
    }

    #[test]
    fn the_full_form_has_every_field() {
        let whole = json!({
            "id": 12, "seq": 4, "rev": 5, "clientMsgId": null, "contentType": "TEXT_MESSAGE",
            "channelId": 3, "roomId": 3, "userId": 7,
            "user": {
                "id": 7, "userName": "Ada", "image": "/uploads/ada.png", "bio": "words", "github": "ada",
                "online": false,
            },
            "textMessage": {"text": "hi", "mention": []}, "mediaMessage": null, "readMessage": null,
            "recallMessage": null, "systemMessage": null, "replyId": null, "reply": null,
            "isRecalled": false, "isEdited": false, "reactions": [],
            "createdAt": "1970-01-01T00:00:00.000Z", "updatedAt": "1970-01-01T00:00:00.000Z",
        });
        assert_eq!(written(&text("hi"), Form::Full), whole);
    }

    #[test]
    fn the_compact_form_leaves_out_what_can_be_known() {
        let compact = json!({
            "id": 12, "seq": 4, "rev": 5, "contentType": "TEXT_MESSAGE", "roomId": 3, "userId": 7,
            "user": {"id": 7, "userName": "Ada", "image": "/uploads/ada.png"},
            "textMessage": {"text": "hi"}, "createdAt": "1970-01-01T00:00:00.000Z",
        });
        assert_eq!(written(&text("hi"), Form::Compact), compact);
    }

    #[test]
    fn the_compact_form_has_whatever_says_something() {
        let mut detail = text("hi");
        let quoted = Arc::new(text("first"));
        detail.author = Some(person(true));
        detail.reply = Some(Arc::clone(&quoted));
        let message = &mut detail.message;
        message.client_msg_id = Some(ClientMsgId::from_stored("c".to_owned()));
        message.reply_id = Some(MessageId(9));
        message.is_edited = true;
        message.updated_at = Timestamp(1);
        message.content = Content::Text(TextContent {
            text: "hi".to_owned(),
            mention: vec![UserId(1)],
        });
        message.reactions = vec![Reactors {
            emoji: Emoji::from_stored("👍".to_owned()),
            users: vec![UserId(1)],
        }];
        let compact = written(&detail, Form::Compact);
        let full = written(&detail, Form::Full);
        for field in [
            "clientMsgId",
            "replyId",
            "isEdited",
            "textMessage",
            "reactions",
            "updatedAt",
        ] {
            assert_eq!(compact[field], full[field], "{field}");
        }
        assert_eq!(compact["user"]["online"], true);
        assert_eq!(compact["reactions"][0]["mine"], true);
        assert_eq!(compact["reply"], written(&quoted, Form::Compact));

        detail.message.content = Content::Recalled { operator: UserId(7) };
        let compact = written(&detail, Form::Compact);
        assert_eq!(compact["isRecalled"], true);
        assert_eq!(compact["recallMessage"]["recallMsgId"], 12);
    }
}
