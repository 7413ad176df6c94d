//! Headers that every answer carries.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::HttpOptions;

/// What pages may load: their own files, and media that they made themselves. The hash is that of
/// an empty style element, which style sheets made by script begin with.
const CONTENT: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; \
    object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; \
    connect-src 'self' ws: wss:";
/// What data may do, should a browser take it for a page: nothing.
const NO_CONTENT: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
/// What pages may ask their browser for: the microphone, for voice messages.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()");
/// Browsers that have come by TLS once come by TLS for a year.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// The API's answers, and failures, are for one person and for now.
const NOT_STORED: HeaderValue = HeaderValue::from_static("no-store, private");

/// Most bytes of all headers of a request together.
const REQUEST_MAX: usize = 16 * 1024;

/// Whether a request has more headers than anybody needs.
pub(super) fn are_too_large(headers: &HeaderMap) -> bool {
    let bytes = headers.iter().map(|(name, value)| name.as_str().len() + value.len());
    bytes.sum::<usize>() > REQUEST_MAX
}

/// Adds the headers that an answer does not carry yet.
pub(super) fn add(headers: &mut HeaderMap, path: &str, status: StatusCode, options: &HttpOptions) {
    let mut add = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    add(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    add(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    add(PERMISSIONS_POLICY, PERMISSIONS);
    if options.secure_cookies {
        add(header::STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    if is_api(path) || path.starts_with("/uploads/") {
        add(header::CONTENT_SECURITY_POLICY, NO_CONTENT);
    } else {
        add(header::CONTENT_SECURITY_POLICY, content_policy(options));
    }
    if is_api(path) || status.as_u16() >= 400 {
        add(header::CACHE_CONTROL, NOT_STORED);
    }
}

/// True for the API's own paths.
pub(super) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

fn content_policy(options: &HttpOptions) -> HeaderValue {
    let mut policy = CONTENT.to_owned();
    for source in &options.connect_sources {
        policy.push(' ');
        policy.push_str(source);
    }
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(CONTENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_the_handler_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public"));
        add(&mut headers, "/api/x", StatusCode::OK, &HttpOptions::default());
        assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "public");
        assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY));
    }

    #[test]
    fn tls_is_asked_for_only_where_there_is_tls() {
        for has_tls in [false, true] {
            let options = HttpOptions {
                secure_cookies: has_tls,
                ..HttpOptions::default()
            };
            let mut headers = HeaderMap::new();
            add(&mut headers, "/", StatusCode::OK, &options);
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), has_tls);
        }
    }

    #[test]
    fn the_policy_knows_the_object_storage() {
        let options = HttpOptions {
            connect_sources: vec!["https://s3.example.org".to_owned()],
            ..HttpOptions::default()
        };
        let policy = content_policy(&options);
        let policy = policy.to_str().unwrap();
        assert!(policy.ends_with("connect-src 'self' ws: wss: https://s3.example.org"));
        assert!(!policy.contains("unsafe"));
    }
}
