//! A message as bytes: the push of it, and the answer to its sender, which holds the same JSON.
//!
//! What looks the same to everybody is written once in each form. It is kept beside the message, which its
//! event and its sender's answer share.

use std::any::Any;
use std::ops::Range;

use bytes::Bytes;
use domain::UserId;
use domain::message::MessageDetail;
use pitaya_protocol::append_json;
use wire::message::{Form, MessageView};
use wire::push::DemoFields;
use wire::{Empty, Envelope};

use crate::encode::{self, Push};
use crate::hub::Forms;

/// Largest push that every browser client can read (docs/protocol.md, section 13).
const PUSH_BYTES_MAX: usize = 60 * 1024;

/// A message that was pushed as it looks to everybody, in the forms in which it was.
struct Rendered {
    full: Option<Written>,
    compact: Option<Written>,
}

/// The push of a message, and where in it the message's JSON stands, without its last brace;
/// `None` where the push had to be cut.
struct Written {
    packet: Bytes,
    json: Option<Range<usize>>,
}

/// The push of a message as `reader` sees it, in the forms that are read.
pub(crate) fn push(route: &'static str, detail: &MessageDetail, reader: Option<UserId>, forms: Forms) -> Option<Push> {
    let view = MessageView::new(detail, reader);
    let written = |is_read: bool, form| match is_read {
        true => write_to_fit(route, detail, view.in_form(form)),
        false => None,
    };
    let full = written(forms.full, Form::Full);
    let compact = written(forms.compact, Form::Compact);
    let packet = |written: &Option<Written>| written.as_ref().map(|written| written.packet.clone());
    let push = Push {
        packet: packet(&full),
        compact: packet(&compact),
        is_droppable: false,
    };
    if !detail.is_personal() {
        detail.memo.get_or_make(|| Box::new(Rendered { full, compact }));
    }
    (push.packet.is_some() || push.compact.is_some()).then_some(push)
}

/// The JSON of the answer that gives a message as `reader` sees it.
pub(crate) fn answer(detail: &MessageDetail, reader: UserId, form: Form) -> serde_json::Result<Vec<u8>> {
    match rendered(detail, form) {
        Some(message) => {
            let mut json = Vec::with_capacity(message.len() + 64);
            append_json(&Envelope::success(Empty {}), &mut json)?;
            // The message takes the place of the empty object at the end.
            json.truncate(json.len().saturating_sub(3));
            json.extend_from_slice(message);
            json.extend_from_slice(b"}}");
            Ok(json)
        }
        None => encode::success(&MessageView::new(detail, Some(reader)).in_form(form)),
    }
}

/// The JSON of a message that was pushed as it looks to everybody, without its last brace.
fn rendered(detail: &MessageDetail, form: Form) -> Option<&[u8]> {
    let memo: &dyn Any = &**detail.memo.get()?;
    let Rendered { full, compact } = memo.downcast_ref()?;
    let written = match form {
        Form::Full => full,
        Form::Compact => compact,
    };
    let Written { packet, json } = written.as_ref()?;
    packet.get(json.clone()?)
}

/// Of a push that is too large for browser clients first the words that it repeats for the demo
/// client are left out, then the message that it answers (`replyId` stays).
fn write_to_fit(route: &'static str, detail: &MessageDetail, view: MessageView<'_>) -> Option<Written> {
    let demo = DemoFields::of(detail);
    let without_content = DemoFields {
        content: "",
        ..demo.clone()
    };
    let mut written = write(route, view, &demo)?;
    if written.packet.len() > PUSH_BYTES_MAX {
        written = write(route, view, &without_content)?;
    }
    if written.packet.len() > PUSH_BYTES_MAX && detail.reply.is_some() {
        written = write(route, view.without_quote(), &without_content)?;
        written.json = None;
    }
    Some(written)
}

fn write(route: &'static str, view: MessageView<'_>, demo: &DemoFields<'_>) -> Option<Written> {
    let mut json = 0..0;
    let packet = encode::push_packet(route, |output| {
        json.start = output.len();
        append_json(&view, output)?;
        if route == "onMessage" && view.form() == Form::Full {
            // One object of both: the second one's brace becomes a comma.
            output.pop();
            json.end = output.len();
            append_json(demo, output)?;
            if let Some(brace) = output.get_mut(json.end) {
                *brace = b',';
            }
        } else {
            json.end = output.len() - 1;
        }
        Ok(())
    })?;
    let json = Some(json);
    Some(Written { packet, json })
}
