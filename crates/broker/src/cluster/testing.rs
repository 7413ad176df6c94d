//! What the tests of a node's parts are made of.

use std::sync::Arc;

use domain::message::{Content, Message, MessageDetail, TextContent};
use domain::{MessageId, RoomId, Timestamp};

pub(super) const ROOM: RoomId = RoomId(1);

/// A message of that place and change.
pub(super) fn detail(seq: i64, rev: i64) -> Arc<MessageDetail> {
    let message = Message {
        id: MessageId(seq),
        room_id: ROOM,
        seq,
        rev,
        author: None,
        client_msg_id: None,
        content: Content::Text(TextContent {
            text: "words".to_owned(),
            mention: Vec::new(),
        }),
        reply_id: None,
        is_edited: false,
        reactions: Vec::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    };
    Arc::new(MessageDetail::new(message, None, None))
}
