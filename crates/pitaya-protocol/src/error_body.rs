//! The JSON object that answers a failed request.
//!
//! See docs/protocol.md, section 9, and the `errors` package of the Pitaya
//! documentation. JavaScript clients do not look at the error flag of the
//! message: a page tells an error by its `code` being a string `PIT-…`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::json::to_json;
use crate::route::{Route, RouteError};

/// A request that can not be understood.
pub const CODE_BAD_REQUEST: &str = "PIT-400";
/// A route that leads nowhere.
pub const CODE_NOT_FOUND: &str = "PIT-404";
/// A failure of the server itself.
pub const CODE_INTERNAL_ERROR: &str = "PIT-500";

/// An error as the client sees it. Empty fields are left out on the wire.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct ErrorBody {
    /// `PIT-…` for the server's own errors, anything else for an application's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The text of the error.
    #[serde(rename = "msg", skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Further strings for the client, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

impl ErrorBody {
    /// An error without metadata.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            metadata: BTreeMap::new(),
        }
    }

    /// PIT-404 for a route that names no handler. Pitaya's text has the server
    /// type in it, see [`Route::with_server_type`].
    #[must_use]
    pub fn route_not_found(route: Route<'_>) -> Self {
        Self::new(CODE_NOT_FOUND, format!("pitaya/handler: {route} not found"))
    }

    /// PIT-400 for a request to a handler that gives no reply.
    #[must_use]
    pub fn request_to_notify_route() -> Self {
        Self::new(CODE_BAD_REQUEST, "tried to request a notify route")
    }

    /// Writes the object as the body of a message.
    ///
    /// # Errors
    ///
    /// Whatever `serde_json` reports; strings alone give it no reason to.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        to_json(self)
    }
}

impl From<RouteError> for ErrorBody {
    fn from(error: RouteError) -> Self {
        Self::new(CODE_BAD_REQUEST, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_are_left_out() {
        let json = |body: &ErrorBody| String::from_utf8(body.to_json().unwrap()).unwrap();
        assert_eq!(json(&ErrorBody::default()), "{}");
        assert_eq!(
            json(&ErrorBody::from(RouteError::WrongNumberOfSegments)),
            r#"{"code":"PIT-400","msg":"invalid route"}"#
        );
        let mut bound = ErrorBody::new("RH-000", "bound");
        bound.metadata.insert("failed".to_owned(), "bind".to_owned());
        assert_eq!(
            json(&bound),
            r#"{"code":"RH-000","msg":"bound","metadata":{"failed":"bind"}}"#
        );
    }

    #[test]
    fn an_unknown_route_is_named_in_full() {
        let route = Route::parse("room.nope").unwrap().with_server_type("chat");
        assert_eq!(
            ErrorBody::route_not_found(route).message,
            "pitaya/handler: chat.room.nope not found"
        );
    }
}
