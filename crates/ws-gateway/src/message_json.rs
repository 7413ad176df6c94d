//! A message as bytes: the push of it, and the answer to its sender, which holds the same JSON.
//!
//! What looks the same to everybody is written once. It is kept beside the message, which its
//! event and its sender's answer share.

use std::any::Any;
use std::ops::Range;

use bytes::Bytes;
use domain::UserId;
use domain::message::MessageDetail;
use pitaya_protocol::append_json;
use wire::Envelope;
use wire::message::MessageView;
use wire::push::DemoWords;

use crate::encode::{self, Push};

/// Largest push that every browser client can read (docs/protocol.md, section 13).
const PUSH_BYTES_MAX: usize = 60 * 1024;

/// The push of a message, and where in it the message's JSON stands, without its last brace.
struct Written {
    packet: Bytes,
    json: Range<usize>,
}

/// The push of a message as `reader` sees it. Of one that is too large for browser clients first
/// the words that it repeats for the demo client are left out, then the message that it answers
/// (`replyId` stays).
pub(crate) fn push(route: &'static str, detail: &MessageDetail, reader: Option<UserId>) -> Option<Push> {
    let view = MessageView::new(detail, reader);
    let mut written = write(route, view, DemoWords::of(detail))?;
    if written.packet.len() > PUSH_BYTES_MAX {
        written = write(route, view, wordless(detail))?;
    }
    if written.packet.len() > PUSH_BYTES_MAX && detail.reply.is_some() {
        written = write(route, view.without_quote(), wordless(detail))?;
    } else if !detail.is_personal() {
        let packet = written.packet.clone();
        detail.memo.get_or_make(|| Box::new(written));
        return Some(must_arrive(packet));
    }
    Some(must_arrive(written.packet))
}

/// The JSON of the answer that gives a message as `reader` sees it.
pub(crate) fn answer(detail: &MessageDetail, reader: UserId) -> serde_json::Result<Vec<u8>> {
    match kept(detail) {
        Some(message) => {
            let mut json = Vec::with_capacity(message.len() + 64);
            append_json(&Envelope::success(wire::Empty {}), &mut json)?;
            // The message takes the place of the empty object at the end.
            json.truncate(json.len().saturating_sub(3));
            json.extend_from_slice(message);
            json.extend_from_slice(b"}}");
            Ok(json)
        }
        None => encode::success(&MessageView::new(detail, Some(reader))),
    }
}

/// The JSON of a message that was pushed as it looks to everybody, without its last brace.
fn kept(detail: &MessageDetail) -> Option<&[u8]> {
    let written: &dyn Any = &**detail.memo.get()?;
    let Written { packet, json } = written.downcast_ref()?;
    packet.get(json.clone())
}

fn write(route: &'static str, view: MessageView<'_>, words: DemoWords<'_>) -> Option<Written> {
    let mut json = 0..0;
    let packet = encode::push_packet(route, |output| {
        json.start = output.len();
        append_json(&view, output)?;
        if route == "onMessage" {
            // One object of both: the second one's brace becomes a comma.
            output.pop();
            json.end = output.len();
            append_json(&words, output)?;
            if let Some(brace) = output.get_mut(json.end) {
                *brace = b',';
            }
        } else {
            json.end = output.len() - 1;
        }
        Ok(())
    })?;
    Some(Written { packet, json })
}

fn wordless(detail: &MessageDetail) -> DemoWords<'_> {
    DemoWords {
        content: "",
        ..DemoWords::of(detail)
    }
}

fn must_arrive(packet: Bytes) -> Push {
    Push {
        packet,
        is_droppable: false,
    }
}
