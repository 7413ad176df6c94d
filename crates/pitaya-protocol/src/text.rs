//! Reading text from browser clients.
//!
//! The string codec of the starx and pomelo browser clients writes a character
//! above U+FFFF as two surrogates of three bytes each (CESU-8, Unicode
//! Technical Report 26), which is not UTF-8. A body may also be plain UTF-8,
//! from any other client. Both are read here; see docs/protocol.md, section 8.

use std::borrow::Cow;

use thiserror::Error;

const SURROGATE_BYTES: usize = 3;

/// Bytes that are neither UTF-8 nor surrogates of three bytes.
#[derive(Clone, Copy, Debug, Error, Eq, PartialEq)]
#[error("text is not UTF-8 at byte {offset}")]
pub struct TextError {
    /// Where the first bad byte is, counted from 0.
    pub offset: usize,
}

/// Reads bytes as UTF-8 in which characters above U+FFFF may also be written as
/// a pair of surrogates of three bytes each.
///
/// Pairs are joined; a surrogate without its other half becomes U+FFFD. Plain
/// UTF-8 is borrowed.
///
/// # Errors
///
/// [`TextError`] for anything else that is not UTF-8.
pub fn decode_client_text(bytes: &[u8]) -> Result<Cow<'_, str>, TextError> {
    let mut remaining = bytes;
    let mut joined = String::new();
    loop {
        let (valid, rest) = split_valid_utf8(remaining);
        if rest.is_empty() && joined.is_empty() {
            return Ok(Cow::Borrowed(valid));
        }
        joined.push_str(valid);
        if rest.is_empty() {
            return Ok(Cow::Owned(joined));
        }
        let offset = bytes.len() - rest.len();
        let (character, length) = read_surrogates(rest).ok_or(TextError { offset })?;
        joined.push(character);
        remaining = rest.get(length..).unwrap_or_default();
    }
}

/// Splits bytes where they stop being UTF-8.
fn split_valid_utf8(bytes: &[u8]) -> (&str, &[u8]) {
    let mut chunks = bytes.utf8_chunks();
    let valid = chunks.next().map_or("", |chunk| chunk.valid());
    (valid, bytes.get(valid.len()..).unwrap_or_default())
}

/// Reads the character that a surrogate at the front of `bytes` stands for,
/// with the number of bytes it takes; `None` when there is no surrogate.
fn read_surrogates(bytes: &[u8]) -> Option<(char, usize)> {
    let first = read_code_unit(bytes)?;
    let second = bytes.get(SURROGATE_BYTES..).and_then(read_code_unit);
    let pair = second.and_then(|second| join_surrogates(first, second));
    Some(match pair {
        Some(character) => (character, 2 * SURROGATE_BYTES),
        None => (char::REPLACEMENT_CHARACTER, SURROGATE_BYTES),
    })
}

/// The surrogate in the first three bytes (U+D800 to U+DFFF), if there is one.
fn read_code_unit(bytes: &[u8]) -> Option<u16> {
    match bytes {
        [0xed, middle @ 0xa0..=0xbf, low @ 0x80..=0xbf, ..] => {
            Some(0xd000 | u16::from(middle & 0x3f) << 6 | u16::from(low & 0x3f))
        }
        _ => None,
    }
}

/// The character of a high and a low surrogate, if they are that.
pub(crate) fn join_surrogates(first: u16, second: u16) -> Option<char> {
    char::decode_utf16([first, second]).next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_borrowed() {
        for text in ["", "hello", "h\u{e9}llo 世界", "\u{1f601}"] {
            let decoded = decode_client_text(text.as_bytes()).unwrap();
            assert!(matches!(decoded, Cow::Borrowed(borrowed) if borrowed == text));
        }
    }

    #[test]
    fn pairs_are_joined() {
        let bytes = b"a\xed\xa0\xbd\xed\xb8\x81b\xed\xaf\xbf\xed\xbf\xbf";
        assert_eq!(decode_client_text(bytes).unwrap(), "a\u{1f601}b\u{10ffff}");
    }

    #[test]
    fn both_forms_may_be_mixed() {
        let bytes = b"\xf0\x9f\x98\x81\xed\xa0\xbd\xed\xb8\x81";
        assert_eq!(decode_client_text(bytes).unwrap(), "\u{1f601}\u{1f601}");
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        for (bytes, text) in [
            (&b"\xed\xa0\xbd"[..], "\u{fffd}"),
            (b"\xed\xb8\x81x", "\u{fffd}x"),
            (b"\xed\xb8\x81\xed\xa0\xbd", "\u{fffd}\u{fffd}"),
            (b"\xed\xa0\xbd\xed\xa0\xbd\xed\xb8\x81", "\u{fffd}\u{1f601}"),
            (b"\xed\xa0\xbd\xed\x95\x9c", "\u{fffd}\u{d55c}"),
        ] {
            assert_eq!(decode_client_text(bytes).unwrap(), text);
        }
    }

    #[test]
    fn other_bytes_are_refused_where_they_are() {
        for (bytes, offset) in [
            (&b"ab\xff"[..], 2),
            (b"\xed\xa0", 0),
            (b"\xed\xa0\xbd\xed\xb8", 3),
            (b"\xc0\x80", 0),
            (b"\xf4\x90\x80\x80", 0),
            (b"x\xe4\xb8", 1),
        ] {
            assert_eq!(decode_client_text(bytes), Err(TextError { offset }));
        }
    }
}
