//! `room.*`, as far as messages go.

use std::rc::Rc;

use bytes::Bytes;
use domain::message::Anchor;
use domain::{MessageId, RoomId, UserId};
use serde::Deserialize;
use service::Actor;
use service::message::{Outgoing, SendMessage};
use wire::command::{self, Sending, limit};
use wire::id::numbers;
use wire::message::Form;
use wire::room::ReadMark;
use wire::sync::Sync;
use wire::{Failure, Id, Message};

use super::body::decode;
use super::page::{Keep, position, shorten, shorten_sync};
use super::reply::{Reply, done, success, success_with};
use crate::connection::Caller;
use crate::message_json;

/// Most rooms in one `room.sync`.
const SYNC_ROOMS_MAX: usize = 500;

#[derive(Deserialize)]
struct SyncRooms {
    rooms: Vec<RoomRev>,
}

#[derive(Deserialize)]
struct RoomRev {
    #[serde(alias = "roomId")]
    id: Id,
    rev: Id,
}

#[derive(Deserialize)]
struct OneMessage {
    #[serde(alias = "messageId")]
    id: Id,
}

#[derive(Deserialize)]
struct Typing {
    #[serde(alias = "roomId")]
    id: Id,
    on: bool,
}

/// What the demo client says. The name that it gives is ignored: the session says who speaks.
#[derive(Deserialize)]
struct Say {
    content: String,
}

pub(super) async fn send(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::SendMessage = decode(&body)?;
    let messages = &caller.use_cases().messages;
    let detail = match Sending::try_from(command)? {
        Sending::Message(message) => messages.send(&actor, message).await?,
        Sending::Read { room_id, seq } => {
            let read_seq = messages.mark_read(&actor, room_id, seq).await?;
            return success(&ReadMark { read_seq });
        }
        Sending::Recall { message_id, .. } => messages.recall(&actor, message_id).await?,
    };
    success_with(message_json::answer(&detail, actor.user_id, caller.handle().form()))
}

pub(super) async fn history(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::History = decode(&body)?;
    let anchor = command.anchor()?;
    let details = caller
        .use_cases()
        .messages
        .history(&actor, RoomId(command.id.0), anchor, limit(command.limit)?)
        .await?;
    let mut messages = Message::page(&details, actor.user_id);
    let keep = match anchor {
        Anchor::Newest | Anchor::Before(_) => Keep::Last,
        Anchor::After(_) => Keep::First,
        Anchor::Around(seq) => Keep::Around(position(&messages, seq)),
    };
    shorten(&mut messages, caller.answer_budget(), keep);
    success(&messages)
}

pub(super) async fn sync(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let SyncRooms { rooms } = decode(&body)?;
    if rooms.len() > SYNC_ROOMS_MAX {
        return Err(Failure::new(400, format!("rooms: must have at most {SYNC_ROOMS_MAX} rooms")).into());
    }
    let revs: Vec<(RoomId, i64)> = rooms.iter().map(|room| (RoomId(room.id.0), room.rev.0)).collect();
    let synced = caller.use_cases().messages.sync(&actor, &revs).await?;
    let mut sync = Sync::for_reader(&synced, actor.user_id);
    shorten_sync(&mut sync, caller.answer_budget());
    success(&sync)
}

pub(super) async fn read(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::Read = decode(&body)?;
    let read_seq = caller
        .use_cases()
        .messages
        .mark_read(&actor, RoomId(command.id.0), command.seq.0)
        .await?;
    success(&ReadMark { read_seq })
}

pub(super) async fn recall(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneMessage { id } = decode(&body)?;
    let detail = caller.use_cases().messages.recall(&actor, MessageId(id.0)).await?;
    success_with(message_json::answer(&detail, actor.user_id, Form::Full))
}

pub(super) async fn edit(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::EditMessage = decode(&body)?;
    let command::TextMessage { text, mention } = command.text_message;
    let detail = caller
        .use_cases()
        .messages
        .edit(&actor, MessageId(command.id.0), text, numbers(mention, UserId))
        .await?;
    success_with(message_json::answer(&detail, actor.user_id, Form::Full))
}

pub(super) async fn react(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: command::React = decode(&body)?;
    let detail = caller
        .use_cases()
        .messages
        .react(
            &actor,
            MessageId(command.id.0),
            &command.emoji,
            command.on.unwrap_or(true),
        )
        .await?;
    success_with(message_json::answer(&detail, actor.user_id, Form::Full))
}

/// Passes on that somebody types, at most once a second, and that they stopped when they did not
/// say so for six seconds.
pub(super) async fn typing(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Typing { id, on } = decode(&body)?;
    let room = RoomId(id.0);
    if caller.hub().typing_counts(actor.user_id, room, on) {
        caller.note_typing(room, on);
        caller.use_cases().messages.typing(&actor, room, on).await?;
    }
    done()
}

/// Says a text in the room that was joined last on this connection, or in the lobby.
pub(super) async fn say(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Say { content } = decode(&body)?;
    let room_id = match caller.joined_last() {
        Some(room) => room,
        None => {
            let lobby = caller.use_cases().rooms.join(&actor, None).await?;
            caller.note_joined(lobby.detail.room.id);
            lobby.detail.room.id
        }
    };
    let message = SendMessage {
        room_id,
        body: Outgoing::Text {
            text: content,
            mention: Vec::new(),
        },
        reply_id: None,
        client_msg_id: None,
    };
    caller.use_cases().messages.send(&actor, message).await?;
    done()
}
