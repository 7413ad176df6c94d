//! Messages on their way to the members: encoded once, and once more for each set of own
//! reactions among the readers.

use std::collections::HashMap;

use domain::UserId;
use domain::message::MessageDetail;
use wire::Message;
use wire::push::OnMessage;

use super::Hub;
use crate::encode::{self, Push};

/// Largest push that every browser client can read (docs/protocol.md, section 13).
const PUSH_BYTES_MAX: usize = 60 * 1024;

impl Hub {
    pub(super) fn deliver_message(&self, route: &'static str, detail: &MessageDetail) {
        let room = detail.message.room_id;
        if self.index().online_in(room).next().is_none() {
            return;
        }
        let Some(common) = message_push(route, detail, None) else {
            return;
        };
        let has_reactions = reactions(detail).next().is_some();
        let mut own: HashMap<Vec<bool>, Option<Push>> = HashMap::new();
        let index = self.index();
        for user in index.online_in(room) {
            let mut push = &common;
            if has_reactions {
                let mine: Vec<bool> = reactions(detail).map(|users| users.contains(&user)).collect();
                if mine.contains(&true) {
                    let personal = own
                        .entry(mine)
                        .or_insert_with(|| message_push(route, detail, Some(user)));
                    push = personal.as_ref().unwrap_or(&common);
                }
            }
            for handle in index.handles_of(user) {
                self.tell(handle, push);
            }
        }
    }
}

/// Who reacted, for each reaction of a message and of the one that it answers.
fn reactions(detail: &MessageDetail) -> impl Iterator<Item = &Vec<UserId>> {
    let answered = detail.reply.as_deref().map(|reply| &reply.message.reactions);
    let all = detail.message.reactions.iter().chain(answered.into_iter().flatten());
    all.map(|reaction| &reaction.users)
}

/// The push of a message as `reader` sees it. Of one that is too large for browser clients first
/// the words that it repeats for the demo client are left out, then the message that it answers
/// (`replyId` stays).
fn message_push(route: &'static str, detail: &MessageDetail, reader: Option<UserId>) -> Option<Push> {
    let mut message = Message::for_reader(detail, reader);
    let push = encode_message(route, &message, true)?;
    if push.packet.len() <= PUSH_BYTES_MAX {
        return Some(push);
    }
    let push = encode_message(route, &message, false)?;
    if push.packet.len() <= PUSH_BYTES_MAX || message.reply.is_none() {
        return Some(push);
    }
    message.reply = None;
    encode_message(route, &message, false)
}

fn encode_message(route: &'static str, message: &Message, repeats_words: bool) -> Option<Push> {
    if route != "onMessage" {
        return encode::push(route, message);
    }
    let mut body = OnMessage::new(message);
    if !repeats_words {
        body.content = "";
    }
    encode::push(route, &body)
}
