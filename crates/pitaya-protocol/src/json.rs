//! JSON bodies: the writer is safe for browser clients, the reader takes what
//! they send.
//!
//! Browser clients of the starx and pomelo family can not read UTF-8 of four
//! bytes, but every client reads the JSON escape `\ud83d\ude01` (RFC 8259,
//! section 7; docs/protocol.md, section 8).

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::text::{TextError, decode_client_text, join_surrogates};

/// Writes a value as compact JSON with every character above U+FFFF escaped.
///
/// # Errors
///
/// As `serde_json::to_vec`, for values that JSON can not hold.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let mut output = Vec::new();
    append_json(value, &mut output)?;
    Ok(output)
}

/// Appends what [`to_json`] writes to `output`. After an error a part of it may stand there.
///
/// # Errors
///
/// As for [`to_json`].
pub fn append_json<T: Serialize + ?Sized>(value: &T, output: &mut Vec<u8>) -> serde_json::Result<()> {
    let start = output.len();
    serde_json::to_writer(&mut *output, value)?;
    escape_astral(output, start);
    Ok(())
}

/// Escapes characters above U+FFFF in the JSON from `start` on. All of them stand in strings.
fn escape_astral(output: &mut Vec<u8>, start: usize) {
    const FOUR_BYTES: u8 = 0xf0;
    // Without an early end the compiler looks at many bytes at once.
    let json = output.get(start..).unwrap_or_default();
    let has_any = json.iter().fold(false, |found, byte| found | (*byte >= FOUR_BYTES));
    if !has_any {
        return;
    }
    let json = output.split_off(start);
    let text = String::from_utf8_lossy(&json);
    let mut remaining: &str = &text;
    while let Some((before, character, after)) = split_at_astral(remaining) {
        output.extend_from_slice(before.as_bytes());
        for code_unit in character.encode_utf16(&mut [0; 2]) {
            output.extend_from_slice(format!("\\u{code_unit:04x}").as_bytes());
        }
        remaining = after;
    }
    output.extend_from_slice(remaining.as_bytes());
}

/// Splits at the first character above U+FFFF, if there is one.
fn split_at_astral(text: &str) -> Option<(&str, char, &str)> {
    let (position, character) = text.char_indices().find(|(_, character)| character.len_utf16() == 2)?;
    let (before, rest) = text.split_at_checked(position)?;
    let after = rest.strip_prefix(character)?;
    Some((before, character, after))
}

/// Why a JSON body from a client can not be read. The text is fit for the `msg`
/// of a PIT-400 answer.
#[derive(Debug, Error)]
pub enum JsonBodyError {
    /// The bytes are not text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The text is not JSON, or not of the shape asked for.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Reads a JSON body from a client: the text as [`decode_client_text`] reads
/// it, and an escaped surrogate without its other half as U+FFFD.
///
/// Browsers write such an escape when a text was cut inside an emoji. Pitaya
/// reads it the same way, `serde_json` alone refuses the whole body.
///
/// # Errors
///
/// See [`JsonBodyError`]; also for an empty body and for text after the value.
pub fn from_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, JsonBodyError> {
    let text = decode_client_text(body)?;
    let repaired = replace_lone_surrogate_escapes(text.as_bytes());
    Ok(serde_json::from_slice(&repaired)?)
}

const ESCAPE_BYTES: usize = 6;

/// Replaces each escape of half a surrogate pair by the escape of U+FFFD.
fn replace_lone_surrogate_escapes(json: &[u8]) -> Cow<'_, [u8]> {
    let mut repaired = Vec::new();
    let mut unchanged = json;
    let mut position = 0;
    while let Some(escape) = unchanged.get(position..).and_then(find_backslash) {
        let at = position + escape;
        let rest = unchanged.get(at..).unwrap_or_default();
        position = match classify_escape(rest) {
            // A backslash and one character; `\u0041` needs no closer look.
            Escape::Other => at + 2,
            Escape::SurrogatePair => at + 2 * ESCAPE_BYTES,
            Escape::LoneSurrogate => {
                repaired.extend_from_slice(unchanged.get(..at).unwrap_or_default());
                repaired.extend_from_slice(b"\\ufffd");
                unchanged = rest.get(ESCAPE_BYTES..).unwrap_or_default();
                0
            }
        };
    }
    if repaired.is_empty() {
        return Cow::Borrowed(json);
    }
    repaired.extend_from_slice(unchanged);
    Cow::Owned(repaired)
}

/// What the backslash at the front of some JSON begins.
enum Escape {
    SurrogatePair,
    LoneSurrogate,
    Other,
}

fn classify_escape(json: &[u8]) -> Escape {
    let Some(first @ 0xd800..=0xdfff) = read_escaped_code_unit(json) else {
        return Escape::Other;
    };
    let second = json.get(ESCAPE_BYTES..).and_then(read_escaped_code_unit);
    match second.and_then(|second| join_surrogates(first, second)) {
        Some(_) => Escape::SurrogatePair,
        None => Escape::LoneSurrogate,
    }
}

/// The number of an escape like `\ud83d` at the front of some JSON.
fn read_escaped_code_unit(json: &[u8]) -> Option<u16> {
    let [b'\\', b'u', digits @ ..] = json.first_chunk::<ESCAPE_BYTES>()? else {
        return None;
    };
    digits.iter().try_fold(0, |number: u16, digit| {
        let value = char::from(*digit).to_digit(16)?;
        Some(number << 4 | u16::try_from(value).ok()?)
    })
}

fn find_backslash(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\\')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn written(value: &Value) -> String {
        String::from_utf8(to_json(value).unwrap()).unwrap()
    }

    fn read(body: &[u8]) -> Option<Value> {
        from_json(body).ok()
    }

    #[test]
    fn emoji_are_written_as_escapes() {
        assert_eq!(
            written(&json!({"\u{1f601}": "a\u{1f601}\u{10ffff}z"})),
            r#"{"\ud83d\ude01":"a\ud83d\ude01\udbff\udfffz"}"#
        );
    }

    #[test]
    fn what_stands_before_the_json_is_left_alone() {
        let mut output = vec![0xff, 0xf0];
        append_json("\u{1f601}", &mut output).unwrap();
        append_json("z", &mut output).unwrap();
        assert_eq!(output, b"\xff\xf0\"\\ud83d\\ude01\"\"z\"");
    }

    #[test]
    fn everything_else_is_written_as_it_is() {
        let value = json!({"t": "h\u{e9}llo 世界 \u{ffff} <&> \"\\\n\u{0}", "n": [1, null, 1.5]});
        assert_eq!(written(&value), value.to_string());
    }

    #[test]
    fn surrogate_bytes_are_read() {
        assert_eq!(
            read(b"{\"t\":\"\xed\xa0\xbd\xed\xb8\x81\"}"),
            Some(json!({"t": "\u{1f601}"}))
        );
    }

    #[test]
    fn escaped_pairs_are_kept_and_lone_halves_replaced() {
        for (body, text) in [
            (r#""\ud83d\ude01""#, "\u{1f601}"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ude01\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude01""#, "\u{fffd}\u{1f601}"),
            (r#""\uD83Dx\n\u0041\"""#, "\u{fffd}x\nA\""),
            (r#""\\ud83d \\\ud83d""#, "\\ud83d \\\u{fffd}"),
        ] {
            assert_eq!(read(body.as_bytes()), Some(json!(text)), "{body}");
        }
    }

    #[test]
    fn broken_bodies_are_refused() {
        for body in [
            &b""[..],
            b"{",
            b"{}x",
            b"\"\xff\"",
            b"\"\\ud8",
            b"\"\\ud83d",
            b"\"\\u+123\"",
            b"\\",
        ] {
            assert_eq!(read(body), None);
        }
    }
}
