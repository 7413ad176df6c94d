//! Groups about the string codec of browser clients.

use pitaya_protocol::{Message, MessageKind, MessageRoute, decode_client_text, from_json, to_json};
use serde::Deserialize;
use serde_json::Value;

use crate::bytes_of_hex;

/// A text as JSON source, and the bytes a browser client writes for it.
#[derive(Deserialize)]
pub(crate) struct BrowserEncodeVector {
    text: String,
    bytes_hex: String,
    valid_utf8: bool,
}

pub(crate) fn reads_from_browser(vector: &BrowserEncodeVector) {
    let bytes = bytes_of_hex(&vector.bytes_hex);
    assert_eq!(std::str::from_utf8(&bytes).is_ok(), vector.valid_utf8);
    let text: String = from_json(vector.text.as_bytes()).unwrap();
    assert_eq!(decode_client_text(&bytes).unwrap(), text);
}

pub(crate) fn reads_notify(message_hex: &str, body_text: &str) {
    let message = Message::decode(bytes_of_hex(message_hex)).unwrap();
    let route = MessageRoute::Name("room.message".into());
    assert_eq!(message.kind, MessageKind::Notify { route });
    let expected: Value = serde_json::from_str(body_text).unwrap();
    assert_eq!(from_json::<Value>(&message.body).unwrap(), expected);
}

/// Bytes from a server, and what a browser client makes of them.
#[derive(Deserialize)]
pub(crate) struct BrowserDecodeVector {
    sent_hex: String,
    sent_text: String,
    read_ok: bool,
    read_as: Option<Value>,
    error: Option<String>,
}

pub(crate) fn writes_for_browser(vector: &BrowserDecodeVector) {
    // The model of the browser's decoder must do what the browser did …
    let read = read_like_browser(&bytes_of_hex(&vector.sent_hex));
    assert_eq!(read.is_none(), vector.error.is_some());
    assert_eq!(read, vector.read_as);
    let meant: Option<Value> = serde_json::from_str(&vector.sent_text).ok();
    assert_eq!(read.is_some() && read == meant, vector.read_ok);

    // … and then reads the same value right when this crate writes it.
    let written = to_json(&meant).unwrap();
    assert_eq!(read_like_browser(&written), Some(meant.unwrap_or_default()));
}

/// Reads JSON the way the vectors show: every character takes one, two or three
/// bytes by its first byte, and nothing is checked.
fn read_like_browser(bytes: &[u8]) -> Option<Value> {
    let mut code_units = Vec::new();
    let mut bytes = bytes.iter().copied().map(u16::from);
    while let Some(first) = bytes.next() {
        let mut low_bits = || bytes.next().unwrap_or(0) & 0x3f;
        code_units.push(match first {
            0..0x80 => first,
            0x80..0xe0 => (first & 0x1f) << 6 | low_bits(),
            _ => (first & 0x0f) << 12 | low_bits() << 6 | low_bits(),
        });
    }
    serde_json::from_str(&String::from_utf16_lossy(&code_units)).ok()
}
