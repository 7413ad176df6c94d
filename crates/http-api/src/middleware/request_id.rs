//! Ids of requests: the thread from an answer to the log.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::header::text;

/// The header that carries the id, both ways.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Longest id that a caller may choose.
const LENGTH_MAX: usize = 64;

/// The caller's id, if it sent a sane one, else a new one.
pub(super) fn of(headers: &HeaderMap) -> String {
    text(headers, REQUEST_ID)
        .filter(|id| is_sane(id))
        .map_or_else(|| format!("{:032x}", rand::random::<u128>()), str::to_owned)
}

/// The id as a header.
pub(super) fn value(id: &str) -> HeaderValue {
    HeaderValue::from_str(id).unwrap_or_else(|_| HeaderValue::from_static("-"))
}

fn is_sane(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    (1..=LENGTH_MAX).contains(&id.len()) && id.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sane_ids_are_kept() {
        let id = |sent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_str(sent).unwrap());
            of(&headers)
        };
        assert_eq!(id("abc-1.2_3"), "abc-1.2_3");
        for odd in ["", "a b", "a;b", "é", "<script>"] {
            assert_eq!(id(odd).len(), 32, "{odd}");
        }
        assert_eq!(of(&HeaderMap::new()).len(), 32);
    }
}
