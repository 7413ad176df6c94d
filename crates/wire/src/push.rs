//! Pushes: what the server says without being asked. The route of each stands in its docs.

use serde::Serialize;

use crate::{Message, User};

/// `onMessage`: a message, with the two fields that the demo client reads.
#[derive(Debug, Clone, Serialize)]
pub struct OnMessage<'a> {
    /// The message.
    #[serde(flatten)]
    pub message: &'a Message,
    /// The author's name.
    pub name: &'a str,
    /// The words.
    pub content: &'a str,
}

impl<'a> OnMessage<'a> {
    /// The push of a message.
    #[must_use]
    pub fn new(message: &'a Message) -> Self {
        let content = match (&message.text_message, &message.media_message, &message.system_message) {
            (Some(text), _, _) => text.text.as_str(),
            (_, Some(media), _) => media.text.as_deref().unwrap_or(&media.name),
            (_, _, Some(notice)) => notice.text.as_str(),
            _ => "",
        };
        let name = message.user.as_ref().map_or("", |user| user.user_name.as_str());
        Self { message, name, content }
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
