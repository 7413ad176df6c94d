//! Messages: what they hold, how they change, and what their readers see.

use std::any::Any;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use crate::media::MediaContent;
use crate::memo::Memo;
use crate::user::Person;
use crate::{Invalid, MessageId, RemovalReason, RoomId, Timestamp, UserId, text};

/// Longest text of a message, in characters.
pub const TEXT_MAX: usize = 4000;
/// Most people that one message mentions.
pub const MENTIONS_MAX: usize = 50;
/// Longest client message id, in characters.
pub const CLIENT_MSG_ID_MAX: usize = 64;
/// Most different emoji on one message.
pub const DISTINCT_REACTIONS_MAX: usize = 50;

/// A message as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Its room.
    pub room_id: RoomId,
    /// Its place in its room: 1, 2, 3 … without gaps.
    pub seq: i64,
    /// The room's count of changes at which this message changed last.
    pub rev: i64,
    /// Who wrote it; for a notice, who caused it; `None` when the server itself did.
    pub author: Option<UserId>,
    /// The sender's own id for it.
    pub client_msg_id: Option<ClientMsgId>,
    /// What it holds.
    pub content: Content,
    /// The message of the same room that it answers.
    pub reply_id: Option<MessageId>,
    /// True once its author changed it.
    pub is_edited: bool,
    /// Who reacted with what, in the order of the first reaction.
    pub reactions: Vec<Reaction>,
    /// When it was stored.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Timestamp,
}

impl Message {
    /// True once it was taken back.
    #[must_use]
    pub fn is_recalled(&self) -> bool {
        matches!(self.content, Content::Recalled { .. })
    }

    /// The people whom it mentions, each once, but for its author, who is called by nobody.
    pub fn mentioned(&self) -> impl Iterator<Item = UserId> {
        let mention = match &self.content {
            Content::Text(text) => text.mention.as_slice(),
            Content::Media(_) | Content::Notice(_) | Content::Recalled { .. } => &[],
        };
        mention.iter().copied().filter(|user| Some(*user) != self.author)
    }
}

/// What a message holds: exactly one of these.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words.
    Text(TextContent),
    /// A file.
    Media(MediaContent),
    /// A notice of the server.
    Notice(Notice),
    /// Nothing any more: `operator` took it back, its content is gone for good.
    Recalled {
        /// Who took it back.
        operator: UserId,
    },
}

/// The words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextContent {
    /// 1 to [`TEXT_MAX`] characters, not all of them invisible.
    pub text: String,
    /// The people it mentions, each once.
    pub mention: Vec<UserId>,
}

impl TextContent {
    /// Checks the words that somebody wrote. Mentions are made unique.
    ///
    /// # Errors
    /// [`Invalid`] for `textMessage.text` when it is blank, too long or holds a NUL, and for
    /// `textMessage.mention` when it names more than [`MENTIONS_MAX`] people.
    pub fn parse(text: &str, mention: &[UserId]) -> Result<Self, Invalid> {
        let field = "textMessage.text";
        if text.chars().count() > TEXT_MAX || text::is_blank(text) {
            return Err(Invalid::new(
                field,
                format!("must have 1 to {TEXT_MAX} characters, some of them visible"),
            ));
        }
        let text = text::free(field, text, TEXT_MAX)?;
        let mut unique = Vec::new();
        for user in mention {
            if unique.contains(user) {
                continue;
            }
            if unique.len() == MENTIONS_MAX {
                return Err(Invalid::new(
                    "textMessage.mention",
                    format!("must have at most {MENTIONS_MAX} people"),
                ));
            }
            unique.push(*user);
        }
        Ok(Self { text, mention: unique })
    }
}

/// What happened, as a notice in the timeline tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// Who did it.
    pub actor: Option<UserId>,
    /// To whom.
    pub subject: Option<UserId>,
    /// The same in words, for clients that don't know the kind.
    pub text: String,
}

/// The things that notices tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Somebody came in.
    MemberJoined,
    /// Somebody was added by another.
    MemberAdded,
    /// Somebody left.
    MemberLeft,
    /// Somebody was removed by another.
    MemberRemoved,
    /// Somebody became admin.
    AdminNamed,
    /// Somebody became the creator in another's place.
    HandedOver,
    /// The room has a new name.
    RoomRenamed,
}

impl NoticeKind {
    /// How somebody ceased to be a member, where the notice tells of that.
    #[must_use]
    pub fn removal_reason(self) -> RemovalReason {
        match self {
            Self::MemberLeft => RemovalReason::Left,
            _ => RemovalReason::Removed,
        }
    }

    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MemberJoined => "memberJoined",
            Self::MemberAdded => "memberAdded",
            Self::MemberLeft => "memberLeft",
            Self::MemberRemoved => "memberRemoved",
            Self::AdminNamed => "adminNamed",
            Self::HandedOver => "handedOver",
            Self::RoomRenamed => "roomRenamed",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::MemberJoined,
            Self::MemberAdded,
            Self::MemberLeft,
            Self::MemberRemoved,
            Self::AdminNamed,
            Self::HandedOver,
            Self::RoomRenamed,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// A sender's own id for a message: 1 to [`CLIENT_MSG_ID_MAX`] characters, unique per sender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientMsgId(String);

impl ClientMsgId {
    /// Parses an id that a client made.
    ///
    /// # Errors
    /// [`Invalid`] for `clientMsgId` when its length is out of bounds or it holds a control character.
    pub fn parse(id: &str) -> Result<Self, Invalid> {
        let length = id.chars().count();
        if !(1..=CLIENT_MSG_ID_MAX).contains(&length) || id.chars().any(char::is_control) {
            return Err(Invalid::new(
                "clientMsgId",
                format!("must have 1 to {CLIENT_MSG_ID_MAX} characters, none of them a control character"),
            ));
        }
        Ok(Self(id.to_owned()))
    }

    /// Takes an id that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(id: String) -> Self {
        Self(id)
    }

    /// The id as the client wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One emoji: what a person would call a single one, at most 32 bytes, such as 👍 or 👨‍👩‍👧.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Emoji(String);

impl Emoji {
    /// Parses a reaction.
    ///
    /// # Errors
    /// [`Invalid`] for `emoji` when it is empty, too long, or holds anything that no emoji has:
    /// letters, white space, punctuation or controls.
    pub fn parse(emoji: &str) -> Result<Self, Invalid> {
        let part = |c: char| {
            matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}' | '#' | '*' | '0'..='9'
                | '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
                | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
                | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
                | '\u{1f000}'..='\u{1faff}' | '\u{e0020}'..='\u{e007f}')
        };
        let plain = |c: char| c.is_ascii();
        let is_keycap = emoji.contains('\u{20e3}');
        let well_formed = (1..=32).contains(&emoji.len())
            && emoji.chars().all(part)
            && (is_keycap || !emoji.chars().any(plain))
            && !text::is_blank(emoji)
            && emoji.graphemes(true).count() == 1;
        if !well_formed {
            return Err(Invalid::new("emoji", "must be one emoji"));
        }
        Ok(Self(emoji.to_owned()))
    }

    /// Takes an emoji that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(emoji: String) -> Self {
        Self(emoji)
    }

    /// The emoji as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All reactions of one emoji on one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The emoji.
    pub emoji: Emoji,
    /// Who reacted with it, first one first.
    pub users: Vec<UserId>,
}

/// Where a page of history begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The newest messages.
    Newest,
    /// Those just before this seq.
    Before(i64),
    /// Those just after this seq.
    After(i64),
    /// Those around this seq, itself in the middle.
    Around(i64),
}

/// A message with everything a reader needs to show it.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageDetail {
    /// The message.
    pub message: Message,
    /// Its author.
    pub author: Option<Person>,
    /// The message that it answers, one level deep, with its author.
    pub reply: Option<Arc<MessageDetail>>,
    /// What an edge has made of it, for all who share it.
    pub memo: Memo<Box<dyn Any + Send + Sync>>,
}

impl MessageDetail {
    /// A message with its author and the message that it answers.
    #[must_use]
    pub fn new(message: Message, author: Option<Person>, reply: Option<Arc<Self>>) -> Self {
        Self {
            message,
            author,
            reply,
            memo: Memo::default(),
        }
    }

    /// Whether it looks different to some: to those who reacted to it, or to what it answers.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        let has_reactions = |detail: &Self| !detail.message.reactions.is_empty();
        has_reactions(self) || self.reply.as_deref().is_some_and(has_reactions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_must_show_something_and_fit() {
        assert!(TextContent::parse("", &[]).is_err());
        assert!(TextContent::parse(" \u{200b}", &[]).is_err());
        assert!(TextContent::parse("a\0b", &[]).is_err());
        assert!(TextContent::parse(&"字".repeat(TEXT_MAX), &[]).is_ok());
        assert!(TextContent::parse(&"字".repeat(TEXT_MAX + 1), &[]).is_err());
    }

    #[test]
    fn mentions_are_unique_and_capped() {
        let many: Vec<UserId> = (0..102).map(|n| UserId(n / 2)).collect();
        assert!(TextContent::parse("hi", &many).is_err());
        let text = TextContent::parse("hi", &many[..100]).unwrap();
        assert_eq!(text.mention.len(), MENTIONS_MAX);
        assert_eq!(text.mention[1], UserId(1));
    }

    #[test]
    fn only_emoji_are_reactions() {
        for good in [
            "👍",
            "❤️",
            "👨‍👩‍👧",
            "🇨🇳",
            "1️⃣",
            "✅",
            "😀",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ] {
            assert!(Emoji::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "👍👍",
            "🇩🇪🇫🇷",
            "1",
            "lol",
            "<b>",
            "\u{200d}",
            " ",
            "👍👍👍👍👍👍👍👍👍",
            "好",
        ] {
            assert!(Emoji::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn notice_kinds_survive_their_words() {
        for kind in [
            NoticeKind::MemberJoined,
            NoticeKind::RoomRenamed,
            NoticeKind::MemberRemoved,
        ] {
            assert_eq!(NoticeKind::parse(kind.as_str()), Some(kind));
        }
    }
}
