//! People, messages and rooms for tests, those of the hub included; whatever a test does not speak
//! of is filled in.

use std::sync::Arc;

use domain::message::{Content, Message, MessageDetail, TextContent};
use domain::room::{ChannelType, JoinPolicy, Room, RoomDetail};
use domain::user::{Email, Person, User, UserName};
use domain::{MessageId, RoomId, Timestamp, UserId};

pub(crate) fn person(id: UserId) -> Person {
    let name = UserName::from_stored(format!("user{id}"));
    let email = Email::from_stored(format!("user{id}@example.com"));
    let user = User::new(id, name, email, Timestamp(0));
    Person {
        user: Arc::new(user),
        online: true,
    }
}

pub(crate) fn text(room_id: RoomId, author: UserId, text: &str) -> MessageDetail {
    let message = Message {
        id: MessageId(1),
        room_id,
        seq: 1,
        rev: 1,
        author: Some(author),
        client_msg_id: None,
        content: Content::Text(TextContent {
            text: text.to_owned(),
            mention: Vec::new(),
        }),
        reply_id: None,
        is_edited: false,
        reactions: Vec::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    };
    MessageDetail::new(message, Some(person(author)), None)
}

pub(crate) fn room(id: RoomId) -> RoomDetail {
    let room = Room {
        id,
        name: format!("room{id}"),
        image: String::new(),
        channel_type: ChannelType::Public,
        join_policy: JoinPolicy::Open,
        is_lobby: false,
        is_read_only: false,
        pair: None,
        last_seq: 0,
        last_rev: 0,
        member_count: 0,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    };
    RoomDetail {
        room,
        creator: None,
        admins: Vec::new(),
        members: Vec::new(),
        read_marks: Vec::new(),
        unread_count: 0,
        unread_mentions: 0,
        last_message: None,
    }
}
