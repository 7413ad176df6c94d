//! Reading the bodies of calls.

use bytes::Bytes;
use domain::RoomId;
use pitaya_protocol::{CODE_BAD_REQUEST, ErrorBody, decode_client_text, from_json};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use wire::{Id, decode::decode_value};

use super::Refusal;

/// Reads a command. Browser clients write emoji as surrogates of three bytes each, and cut some
/// in half; `null` counts as `{}`.
pub(super) fn decode<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    let refused = |text: String| Refusal::Transport(ErrorBody::new(CODE_BAD_REQUEST, text));
    let text = decode_client_text(body).map_err(|error| refused(error.to_string()))?;
    let json = match text.trim() {
        "null" => "{}",
        json => json,
    };
    // An array would be taken for an object whose fields have no names.
    if !json.starts_with('{') {
        return Err(refused("the body must be a JSON object".to_owned()));
    }
    let failure = match wire::decode(json.as_bytes()) {
        Ok(command) => return Ok(command),
        Err(failure) => failure,
    };
    // Halves of escaped emoji are mended only where they have made plain reading fail.
    let is_json = serde_json::from_str::<serde_json::Value>(json).is_ok();
    let mended = from_json(json.as_bytes())
        .ok()
        .filter(|_| !is_json)
        .map(decode_value::<T>);
    mended
        .unwrap_or(Err(failure))
        .map_err(|failure| refused(failure.message))
}

/// What a body says of its place in the order of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peek {
    /// The room that the call concerns.
    pub(crate) room: RoomId,
    /// True for a text without mentions: the room's order takes it the moment that its handler
    /// is first polled, so that the next one may be started without waiting for its answer.
    pub(crate) is_plain_text: bool,
}

/// Looks for the room in a body; `None` when the body cannot be read that way.
pub(crate) fn peek(body: &[u8]) -> Option<Peek> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Fields<'a> {
        #[serde(alias = "channelId", alias = "roomId")]
        id: Id,
        #[serde(borrow)]
        content_type: Option<&'a str>,
        text_message: Option<Text>,
    }

    #[derive(Deserialize)]
    struct Text {
        mention: Option<Vec<IgnoredAny>>,
    }

    let fields: Fields<'_> = serde_json::from_slice(body).ok()?;
    let is_text = fields.content_type == Some("TEXT_MESSAGE");
    let mentions = fields.text_message.and_then(|text| text.mention).unwrap_or_default();
    Some(Peek {
        room: RoomId(fields.id.0),
        is_plain_text: is_text && mentions.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Command {
        text: Option<String>,
    }

    fn read(body: &'static [u8]) -> Result<Option<String>, String> {
        match decode::<Command>(&Bytes::from_static(body)) {
            Ok(command) => Ok(command.text),
            Err(Refusal::Transport(error)) => Err(format!("{} {}", error.code, error.message)),
            Err(Refusal::Failure(failure)) => panic!("{failure:?}"),
        }
    }

    #[test]
    fn emoji_come_through_in_every_spelling() {
        let emoji = Ok(Some("\u{1f601}".to_owned()));
        assert_eq!(read("{\"text\":\"\u{1f601}\"}".as_bytes()), emoji);
        assert_eq!(read(b"{\"text\":\"\xed\xa0\xbd\xed\xb8\x81\"}"), emoji);
        assert_eq!(read(br#"{"text":"\ud83d\ude01"}"#), emoji);
        assert_eq!(read(br#"{"text":"\ud83d"}"#), Ok(Some("\u{fffd}".to_owned())));
    }

    #[test]
    fn null_counts_as_an_empty_object() {
        assert_eq!(read(b"null"), Ok(None));
        assert_eq!(read(b" {} "), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_field_that_is_wrong() {
        for (body, field) in [
            (&b""[..], ""),
            (b"{", ""),
            (b"{}x", ""),
            (b"\xff", ""),
            (b"{\"text\":7}", "text: "),
            (b"[\"x\"]", "the body"),
            (b"{\"text\":\"a\",\"text\":\"b\"}", "duplicate field"),
        ] {
            let message = read(body).unwrap_err();
            assert!(message.starts_with(&format!("PIT-400 {field}")), "{message}");
        }
    }

    #[test]
    fn the_room_is_found_under_each_of_its_names() {
        for body in [
            r#"{"id":7,"seq":1}"#,
            r#"{"roomId":"7"}"#,
            r#"{"channelId":7,"contentType":"MEDIA_MESSAGE"}"#,
        ] {
            let peek = peek(body.as_bytes()).unwrap();
            assert_eq!((peek.room, peek.is_plain_text), (RoomId(7), false));
        }
        assert_eq!(peek(b"{}"), None);
        assert_eq!(peek(b"{"), None);
    }

    #[test]
    fn only_a_text_without_mentions_is_plain() {
        let is_plain = |text: &str| {
            let body = format!(r#"{{"channelId":7,"contentType":"TEXT_MESSAGE","textMessage":{text}}}"#);
            peek(body.as_bytes()).unwrap().is_plain_text
        };
        assert!(is_plain(r#"{"text":"hi"}"#));
        assert!(is_plain(r#"{"text":"hi","mention":[]}"#));
        assert!(!is_plain(r#"{"text":"hi","mention":[1]}"#));
    }
}
