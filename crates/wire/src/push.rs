//! Pushes: what the server says without being asked. The route of each stands in its docs.

use domain::message::{Content, MessageDetail};
use serde::Serialize;

use crate::User;

/// What `onMessage` has besides the [`Message`](crate::Message): the two fields that the demo
/// client reads.
#[derive(Debug, Clone, Serialize)]
pub struct DemoFields<'a> {
    /// The author's name.
    pub name: &'a str,
    /// The words.
    pub content: &'a str,
}

impl<'a> DemoFields<'a> {
    /// The fields of a message.
    #[must_use]
    pub fn of(detail: &'a MessageDetail) -> Self {
        let content = match &detail.message.content {
            Content::Text(text) => &text.text,
            Content::Media(media) => media.text.as_deref().unwrap_or(&media.name),
            Content::Notice(notice) => &notice.text,
            Content::Recalled { .. } => "",
        };
        let author = detail.author.as_ref();
        Self {
            name: author.map_or("", |person| person.user.name.as_str()),
            content,
        }
    }
}

/// `onRead`: a read mark moved.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnRead {
    /// The room.
    pub room_id: i64,
    /// Who read.
    pub user_id: i64,
    /// seq up to which.
    pub read_seq: i64,
}

/// `onTyping`: somebody types or stops.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnTyping {
    /// The room.
    pub room_id: i64,
    /// Who.
    pub user_id: i64,
    /// Types or stops.
    pub on: bool,
}

/// `onNewUser`: somebody came in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnNewUser {
    /// The room.
    pub room_id: i64,
    /// Who.
    pub user: User,
    /// The same in words.
    pub content: String,
}

/// `onMembers`: who is in the room that one has come into.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnMembers {
    /// The room.
    pub room_id: i64,
    /// Ids of its first members.
    pub members: Vec<String>,
}

/// `onRoomRemoved`: a room is lost.
#[derive(Debug, Clone, Serialize)]
pub struct OnRoomRemoved {
    /// The room.
    pub id: i64,
    /// `left`, `removed` or `deleted`.
    pub reason: &'static str,
}
