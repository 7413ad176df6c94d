//! The steps between a packet and a command, and between a message and its push, taken through
//! the crates that the gateway takes them through.

use std::sync::Arc;

use bytes::Bytes;
use domain::message::{ClientMsgId, Content, Emoji, Message, MessageDetail, Reaction, TextContent};
use domain::user::{Email, Person, User, UserName};
use domain::{MessageId, RoomId, Timestamp, UserId};
use pitaya_protocol::{MessageKind, MessageRoute, Packet, PacketWriter, append_json, decode_client_text, to_json};
use serde_json::json;
use wire::command::{SendMessage, Sending};
use wire::message::MessageView;
use wire::push::DemoFields;

/// As the server's default.
const MAX_BODY_BYTES: usize = 64 * 1024;
const CLIENT_MSG_ID: &str = "0b6ee1c2-3a54-4b6c-9d0e-6f4f2f0a7c11";
const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// The packet of a `room.sendMessage`.
pub(crate) fn send_packet(words: &str) -> Bytes {
    let body = json!({
        "channelId": 17,
        "contentType": "TEXT_MESSAGE",
        "textMessage": {"text": words, "mention": []},
        "clientMsgId": CLIENT_MSG_ID,
    });
    let route = MessageRoute::Name("room.sendMessage".to_owned());
    let request = pitaya_protocol::Message::new(MessageKind::Request { id: 1000, route }, to_json(&body).unwrap());
    request.encode_packet().unwrap()
}

/// What a packet asks for.
pub(crate) fn decode_send(packet: Bytes) -> Sending {
    let packet = Packet::decode_exact(packet, MAX_BODY_BYTES).unwrap();
    let message = pitaya_protocol::Message::decode(packet.body).unwrap();
    let json = decode_client_text(&message.body).unwrap();
    let command: SendMessage = wire::decode(json.as_bytes()).unwrap();
    command.try_into().unwrap()
}

/// The packet that tells of a message.
pub(crate) fn encode_push(detail: &MessageDetail) -> Bytes {
    let mut output = Vec::with_capacity(2048);
    let mut packet = PacketWriter::push(&mut output, "onMessage").unwrap();
    append_json(&MessageView::new(detail, None), packet.body()).unwrap();
    append_json(&DemoFields::of(detail), packet.body()).unwrap();
    packet.finish().unwrap();
    Bytes::copy_from_slice(&output)
}

/// A stored message with its author.
pub(crate) fn text_message(words: &str) -> MessageDetail {
    let author = UserId(7);
    let message = Message {
        id: MessageId(123_456),
        room_id: RoomId(17),
        seq: 4711,
        rev: 4800,
        author: Some(author),
        client_msg_id: Some(ClientMsgId::from_stored(CLIENT_MSG_ID.to_owned())),
        content: Content::Text(TextContent {
            text: words.to_owned(),
            mention: Vec::new(),
        }),
        reply_id: None,
        is_edited: false,
        reactions: Vec::new(),
        created_at: NOW,
        updated_at: NOW,
    };
    MessageDetail::new(message, Some(person(author)), None)
}

/// The message, with so many emoji from so many people each.
#[allow(dead_code, reason = "not everybody who counts wants reactions")]
pub(crate) fn reacted(mut detail: MessageDetail, emoji: u32, people: i64) -> MessageDetail {
    let faces = (0x1f600..).filter_map(char::from_u32).map(String::from);
    let reactions = faces.take(usize::try_from(emoji).unwrap()).map(|face| Reaction {
        emoji: Emoji::from_stored(face),
        users: (1..=people).map(UserId).collect(),
    });
    detail.message.reactions = reactions.collect();
    detail
}

fn person(id: UserId) -> Person {
    let name = UserName::from_stored("Ada Lovelace".to_owned());
    let email = Email::from_stored("ada@example.com".to_owned());
    let user = User::new(id, name, email, NOW);
    Person {
        user: Arc::new(user),
        online: true,
    }
}
