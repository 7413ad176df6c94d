//! Reading headers.

use actix_web::http::header::{HeaderMap, HeaderName};

/// The value of a header, if it is text.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
