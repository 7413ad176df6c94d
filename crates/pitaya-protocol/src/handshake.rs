//! The two JSON objects of the handshake.
//!
//! See docs/protocol.md, section 3, and "Handshake" in the pomelo wiki's
//! communication protocol page and the Pitaya documentation.

use std::num::NonZeroU32;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::dictionary::RouteDictionary;
use crate::error::EncodeError;
use crate::json::{JsonBodyError, from_json, to_json};
use crate::packet::{Packet, PacketType};

/// Why a handshake request is refused. The answer has code 400, then the
/// server closes.
#[derive(Debug, Error)]
pub enum HandshakeError {
    /// Not JSON, or an array, a string, a number or a boolean at the top.
    #[error("handshake: {0}")]
    Json(#[from] JsonBodyError),
    /// A known field has the wrong type.
    #[error("handshake: {field} must be {expected}")]
    WrongType {
        /// The field's name, for example `sys.platform`.
        field: &'static str,
        /// The JSON type it must have.
        expected: &'static str,
    },
}

/// What a client says about itself. Every field is optional.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct HandshakeSystem {
    /// `sys.platform`, for example `mac`.
    pub platform: Option<String>,
    /// `sys.libVersion`, the version of the client library.
    pub library_version: Option<String>,
    /// `sys.clientBuildNumber`, the build of the application.
    pub client_build_number: Option<String>,
    /// `sys.clientVersion`, the version of the application.
    pub client_version: Option<String>,
    /// `sys.batch` is `true`: the client can read WebSocket messages that hold
    /// several packets. An extension of this server; any other value means no.
    pub batch: bool,
    /// `sys.compact` is `true`: the client can fill in what bodies leave out. An
    /// extension of this server as well.
    pub compact: bool,
}

/// The first packet of a client.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandshakeRequest {
    /// The client's own data.
    pub system: HandshakeSystem,
    /// The application's data, for example a token; empty when there is none.
    pub user: Map<String, Value>,
}

impl HandshakeRequest {
    /// Reads the body of a handshake packet.
    ///
    /// Accepts what Pitaya accepts: `{}`, `null`, `null` for any field, unknown
    /// fields, and field names in another case (ASCII).
    ///
    /// # Errors
    ///
    /// [`HandshakeError`] for an empty body, broken JSON, text after it,
    /// anything but an object at the top, for `sys` or `user` that is not an
    /// object, and for a known `sys` field that is not a string.
    pub fn parse(body: &[u8]) -> Result<Self, HandshakeError> {
        let fields: Option<Map<String, Value>> = from_json(body)?;
        let mut request = Self::default();
        for (name, value) in fields.unwrap_or_default() {
            match name.to_ascii_lowercase().as_str() {
                "sys" => request.system.read_fields(object("sys", value)?)?,
                "user" => request.user.extend(object("user", value)?),
                _ => {}
            }
        }
        Ok(request)
    }
}

impl HandshakeSystem {
    fn read_fields(&mut self, fields: Map<String, Value>) -> Result<(), HandshakeError> {
        for (name, value) in fields {
            match name.to_ascii_lowercase().as_str() {
                "platform" => self.platform = string("sys.platform", value)?,
                "libversion" => self.library_version = string("sys.libVersion", value)?,
                "clientbuildnumber" => {
                    self.client_build_number = string("sys.clientBuildNumber", value)?;
                }
                "clientversion" => self.client_version = string("sys.clientVersion", value)?,
                // Not fields of Pitaya, which takes any value for them.
                "batch" => self.batch = value == Value::Bool(true),
                "compact" => self.compact = value == Value::Bool(true),
                _ => {}
            }
        }
        Ok(())
    }
}

fn object(field: &'static str, value: Value) -> Result<Map<String, Value>, HandshakeError> {
    match value {
        Value::Object(fields) => Ok(fields),
        Value::Null => Ok(Map::new()),
        _ => Err(HandshakeError::WrongType {
            field,
            expected: "an object",
        }),
    }
}

fn string(field: &'static str, value: Value) -> Result<Option<String>, HandshakeError> {
    match value {
        Value::String(text) => Ok(Some(text)),
        Value::Null => Ok(None),
        _ => Err(HandshakeError::WrongType {
            field,
            expected: "a string",
        }),
    }
}

/// The verdict on a handshake.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HandshakeCode {
    /// 200, the client may send its ack.
    Accepted,
    /// 400, the server closes after the answer.
    Refused,
}

impl HandshakeCode {
    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Accepted => 200,
            Self::Refused => 400,
        }
    }
}

/// The server's answer to a handshake.
///
/// It is never compressed: browser clients could not read it.
#[derive(Clone, Copy, Debug)]
pub struct HandshakeResponse<'a> {
    /// Accepted or refused; a refusal carries the same fields.
    pub code: HandshakeCode,
    /// Seconds between two heartbeats. Whole and not 0: Pitaya's Go client can
    /// not connect otherwise, and browser clients stop their heartbeats on 0.
    pub heartbeat_seconds: NonZeroU32,
    /// The server's routes with codes.
    pub dictionary: &'a RouteDictionary,
    /// The server is going to put several packets into one WebSocket message.
    /// Only for a client that asked, see [`HandshakeSystem::batch`]; left out
    /// of the JSON when false.
    pub batch: bool,
    /// The server is going to leave things out of bodies; as for `batch`.
    pub compact: bool,
}

#[derive(Serialize)]
struct ResponseJson<'a> {
    code: u16,
    sys: ResponseSystemJson<'a>,
}

#[derive(Serialize)]
struct ResponseSystemJson<'a> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    batch: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    compact: bool,
    dict: &'a RouteDictionary,
    heartbeat: u32,
    serializer: &'static str,
}

impl HandshakeResponse<'_> {
    /// Writes the JSON object, with the keys in the order Pitaya writes them.
    ///
    /// # Errors
    ///
    /// Whatever `serde_json` reports; these fields give it no reason to.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        to_json(&ResponseJson {
            code: self.code.number(),
            sys: ResponseSystemJson {
                batch: self.batch,
                compact: self.compact,
                dict: self.dictionary,
                heartbeat: self.heartbeat_seconds.get(),
                serializer: "json",
            },
        })
    }

    /// Writes the whole handshake packet.
    ///
    /// # Errors
    ///
    /// [`EncodeError::PacketBodyTooLarge`] when the dictionary does not fit.
    pub fn encode_packet(&self) -> Result<Bytes, EncodeError> {
        Packet::new(PacketType::Handshake, self.to_json()?).encode()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(body: &str) -> Result<HandshakeRequest, HandshakeError> {
        HandshakeRequest::parse(body.as_bytes())
    }

    #[test]
    fn reads_every_field() {
        let request = parse(
            r#"{"sys":{"platform":"mac","libVersion":"0.3.5","clientBuildNumber":"20",
            "clientVersion":"2.1","batch":true,"compact":true},"user":{"token":"t"}}"#,
        )
        .unwrap();
        let system = HandshakeSystem {
            platform: Some("mac".into()),
            library_version: Some("0.3.5".into()),
            client_build_number: Some("20".into()),
            client_version: Some("2.1".into()),
            batch: true,
            compact: true,
        };
        assert_eq!(request.system, system);
        assert_eq!(Value::Object(request.user), json!({"token": "t"}));
    }

    #[test]
    fn missing_and_unknown_fields_are_accepted() {
        for body in [
            "{}",
            "null",
            " {} ",
            r#"{"sys":null}"#,
            r#"{"user":null,"extra":1}"#,
            r#"{"sys":{"platform":null,"rsa":{},"batch":"x","compact":1}}"#,
        ] {
            assert_eq!(parse(body).unwrap(), HandshakeRequest::default(), "{body}");
        }
    }

    #[test]
    fn field_names_may_be_in_another_case() {
        let request = parse(r#"{"SYS":{"PLATFORM":"mac"},"User":{"Token":"t"}}"#).unwrap();
        assert_eq!(request.system.platform.as_deref(), Some("mac"));
        assert_eq!(Value::Object(request.user), json!({"Token": "t"}));
    }

    #[test]
    fn other_bodies_are_refused() {
        for body in [
            "",
            "{",
            "[]",
            "\"x\"",
            "1",
            "true",
            "{}x",
            r#"{"sys":[]}"#,
            r#"{"sys":{"platform":5}}"#,
            r#"{"sys":{"libVersion":{}}}"#,
            r#"{"SYS":{"clientBuildNumber":20}}"#,
            r#"{"sys":{"clientversion":2.1}}"#,
            r#"{"user":[]}"#,
            r#"{"user":"token"}"#,
        ] {
            assert!(parse(body).is_err(), "{body}");
        }
    }

    #[test]
    fn user_data_is_client_text() {
        let body = b"{\"user\":{\"name\":\"\xed\xa0\xbd\xed\xb8\x81\"}}";
        let request = HandshakeRequest::parse(body).unwrap();
        assert_eq!(Value::Object(request.user), json!({"name": "\u{1f601}"}));
        assert!(HandshakeRequest::parse(b"{\"user\":{\"name\":\"\xff\"}}").is_err());
    }

    #[test]
    fn the_answer_names_heartbeat_and_dictionary() {
        let mut dictionary = RouteDictionary::new();
        dictionary.register("room.join").unwrap();
        let mut response = HandshakeResponse {
            code: HandshakeCode::Accepted,
            heartbeat_seconds: NonZeroU32::new(15).unwrap(),
            dictionary: &dictionary,
            batch: false,
            compact: false,
        };
        assert_eq!(
            response.to_json().unwrap(),
            br#"{"code":200,"sys":{"dict":{"room.join":1},"heartbeat":15,"serializer":"json"}}"#
        );
        response.batch = true;
        response.compact = true;
        response.code = HandshakeCode::Refused;
        let written: Value = serde_json::from_slice(&response.to_json().unwrap()).unwrap();
        assert_eq!(written["code"], 400);
        assert_eq!(written["sys"]["batch"], true);
        assert_eq!(written["sys"]["compact"], true);
    }
}
