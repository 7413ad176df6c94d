//! Pages of other origins: those on the list may use the API, all others change nothing.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError};

use crate::HttpOptions;
use crate::error::ApiError;
use crate::extract::edge;
use crate::forwarded::Source;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const METHODS: &str = "GET, POST, PATCH, DELETE";
const REQUEST_HEADERS: &str = "Authorization, Content-Type, X-Request-Id";
const ANSWER_HEADERS: &str = "X-Request-Id, Retry-After";
/// For how long a browser may remember a preflight, in seconds.
const PREFLIGHT_AGE: &str = "600";

/// What the page is, that a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// One of this server, or none at all.
    Own,
    /// One on the operator's list.
    Allowed,
    /// Any other.
    Foreign,
}

/// Refuses changes that pages of other origins ask for, and lets those on the list read answers.
pub(crate) async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let options = edge(request.request())?.options.clone();
    let origin = request.headers().get(header::ORIGIN).cloned();
    let page = match &origin {
        Some(origin) => {
            let host = Source::from(&request).host(&options).map(str::to_owned);
            page(origin, host.as_deref(), &options)
        }
        None if comes_from_elsewhere(request.headers()) => Page::Foreign,
        None => Page::Own,
    };
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match page {
        Page::Foreign if !request.method().is_safe() => {
            let refused = ApiError::new(403, "this origin may not use the API");
            request.into_response(refused.error_response())
        }
        Page::Allowed if is_preflight => request.into_response(preflight()),
        _ => next.call(request).await?.map_into_boxed_body(),
    };
    if !options.allowed_origins.is_empty() {
        let headers = response.headers_mut();
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let (Page::Allowed, Some(origin)) = (page, origin) {
            allow(headers, origin);
        }
    }
    Ok(response)
}

/// What browsers say of the page where they say no origin (Fetch Metadata Request Headers, W3C).
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get(SEC_FETCH_SITE).and_then(|site| site.to_str().ok());
    site.is_some_and(|site| matches!(site, "cross-site" | "same-site"))
}

fn page(origin: &HeaderValue, host: Option<&str>, options: &HttpOptions) -> Page {
    let Ok(origin) = origin.to_str() else {
        return Page::Foreign;
    };
    if is_own(origin, host, &options.base_url) {
        Page::Own
    } else if options.allows_origin(origin) {
        Page::Allowed
    } else {
        Page::Foreign
    }
}

/// True for an origin of this server. Behind a proxy the scheme that callers use is not known,
/// so the host decides.
fn is_own(origin: &str, host: Option<&str>, base_url: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else {
        return false;
    };
    let port = match scheme {
        "http" => ":80",
        "https" => ":443",
        _ => return false,
    };
    let plain = |authority: &str| {
        let authority = authority.to_ascii_lowercase();
        authority.strip_suffix(port).map(str::to_owned).unwrap_or(authority)
    };
    let base = base_url.split_once("://").filter(|(base, _)| *base == scheme);
    let base = base.and_then(|(_, rest)| rest.split('/').next());
    let own = plain(authority);
    host.is_some_and(|host| plain(host) == own) || base.is_some_and(|base| plain(base) == own)
}

fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_AGE))
        .finish()
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(ANSWER_HEADERS),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_host_is_known_with_and_without_port() {
        for (origin, host) in [
            ("http://localhost:8000", "localhost:8000"),
            ("https://chat.example.org", "chat.example.org"),
            ("https://chat.example.org", "chat.example.org:443"),
            ("https://Chat.Example.org", "chat.example.org"),
            ("http://[::1]:8000", "[::1]:8000"),
        ] {
            assert!(is_own(origin, Some(host), ""), "{origin} {host}");
        }
    }

    #[test]
    fn other_hosts_are_foreign() {
        for origin in [
            "null",
            "",
            "http://localhost:8001",
            "https://evil.example",
            "https://localhost.evil.example:8000",
            "file://localhost:8000",
            "http://user@localhost:8000",
        ] {
            assert!(!is_own(origin, Some("localhost:8000"), ""), "{origin}");
        }
        assert!(!is_own("http://localhost", None, ""));
    }

    #[test]
    fn the_address_of_the_operator_counts() {
        let base = "https://chat.example.org/";
        assert!(is_own("https://chat.example.org", Some("backend:8000"), base));
        assert!(!is_own("http://chat.example.org", Some("backend:8000"), base));
    }

    #[test]
    fn origins_on_the_list_are_allowed() {
        let options = HttpOptions {
            allowed_origins: vec!["https://app.example.org/".to_owned()],
            ..HttpOptions::default()
        };
        let of = |origin: &'static str| page(&HeaderValue::from_static(origin), Some("h"), &options);
        assert_eq!(of("https://app.example.org"), Page::Allowed);
        assert_eq!(of("https://app.example.org.evil"), Page::Foreign);
        assert_eq!(of("http://h"), Page::Own);
    }
}
