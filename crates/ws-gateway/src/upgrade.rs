//! From an HTTP request to a connection: who may come in, and the WebSocket handshake.
//!
//! Tokens are not looked at here: one in the URL would end up in logs, so the only places that
//! sign in are the protocol's handshake and `session.auth`.

use std::rc::Rc;
use std::sync::Arc;

use actix_http::ws::{HandshakeError, verify_handshake};
use actix_web::dev::RequestHead;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{StatusCode, Uri};
use actix_web::{HttpRequest, HttpResponse, web};
use wire::{Empty, Envelope, Failure};

use crate::connection;
use crate::options::GatewayOptions;
use crate::shared::{Admission, Shared};
use crate::transport::{ConnectionKill, HttpTransport, upgrade, write_messages};

/// Seconds after which a client that found the node full may try again.
const RETRY_AFTER_SECONDS: u32 = 2;

/// Lets a client in: its place on the calling worker thread. Else the answer that says why not.
pub(crate) fn admit(shared: &Arc<Shared>, head: &RequestHead) -> Result<Admission, Box<HttpResponse>> {
    verify_handshake(head).map_err(|error| Box::new(no_upgrade(error)))?;
    if !is_allowed_origin(head.headers(), &shared.options) {
        shared.counters.refused.add(1);
        let origin = head.headers().get(header::ORIGIN);
        tracing::info!(?origin, "this origin may not connect");
        return Err(Box::new(refusal(&Failure::new(403, "this origin may not connect"))));
    }
    let address = shared.options.address_of.ask(head.peer_addr, head.headers());
    match shared.admit(address) {
        Ok(admission) => Ok(admission),
        Err(failure) => {
            shared.counters.refused.add(1);
            Err(Box::new(refusal(&failure)))
        }
    }
}

/// Answers an upgrade that came through the HTTP layer and starts the connection.
pub(crate) fn accept(shared: &Arc<Shared>, request: &HttpRequest, payload: web::Payload) -> HttpResponse {
    let admission = match admit(shared, request.head()) {
        Ok(admission) => admission,
        Err(refusal) => return *refusal,
    };
    let (answer, session, frames) = match upgrade(request, payload, shared.options.max_frame) {
        Ok(upgraded) => upgraded,
        Err(error) => return HttpResponse::from_error(error),
    };
    let kill = request.conn_data::<ConnectionKill>().cloned();
    if let Some(kill) = &kill {
        kill.tune();
    }
    actix_web::rt::spawn(write_messages(Arc::clone(&admission.handle), session));
    let transport = Rc::new(HttpTransport::new(kill));
    connection::start(Arc::clone(shared), admission, transport, Box::new(frames));
    answer
}

fn refusal(failure: &Failure) -> HttpResponse {
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
    response.json(Envelope::<Empty>::from(failure))
}

/// The answer to what is no upgrade to WebSocket.
pub(crate) fn no_upgrade(error: HandshakeError) -> HttpResponse {
    match error {
        HandshakeError::GetMethodRequired => HttpResponse::MethodNotAllowed()
            .insert_header((header::ALLOW, "GET"))
            .body("this address speaks WebSocket"),
        HandshakeError::NoWebsocketUpgrade
        | HandshakeError::NoConnectionUpgrade
        | HandshakeError::NoVersionHeader
        | HandshakeError::UnsupportedVersion => HttpResponse::build(StatusCode::UPGRADE_REQUIRED)
            .insert_header((header::UPGRADE, "websocket"))
            .insert_header((header::CONNECTION, "upgrade"))
            .insert_header((header::SEC_WEBSOCKET_VERSION, "13"))
            .body("this address speaks WebSocket"),
        HandshakeError::BadWebsocketKey => HttpResponse::BadRequest().body("Sec-WebSocket-Key is not valid"),
    }
}

/// A page may connect when it comes from the own host (any port: the two listeners differ in
/// theirs, and browsers do not part cookies by port either), from the server's public URL, or
/// from an origin of the allow list. A client that is no page sends no `Origin`.
fn is_allowed_origin(headers: &HeaderMap, options: &GatewayOptions) -> bool {
    let mut origins = headers.get_all(header::ORIGIN);
    let Some(origin) = origins.next() else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    if origins.next().is_some() {
        return false;
    }
    let is_listed = |allowed: &str| !allowed.is_empty() && same_origin(allowed, origin);
    if is_listed(&options.base_url) || options.allowed_origins.iter().any(|allowed| is_listed(allowed)) {
        return true;
    }
    let own_host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match (own_host.and_then(host_of_authority), host_of_origin(origin)) {
        (Some(own), Some(theirs)) => own.eq_ignore_ascii_case(&theirs),
        _ => false,
    }
}

/// Compares scheme, host and port; a path behind them does not count.
fn same_origin(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let default_port = if matches!(scheme.as_str(), "https" | "wss") {
            443
        } else {
            80
        };
        let port = uri.port_u16().unwrap_or(default_port);
        Some((scheme, uri.host()?.to_ascii_lowercase(), port))
    };
    parts(one).is_some_and(|one| Some(one) == parts(other))
}

fn host_of_origin(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    uri.scheme()?;
    let authority = uri.authority()?;
    // Only a port stands behind the host of an origin, and nothing before it.
    let rest = authority.as_str().strip_prefix(authority.host())?;
    let is_port = rest
        .strip_prefix(':')
        .map_or(rest.is_empty(), |port| port.parse::<u16>().is_ok());
    is_port.then(|| authority.host().to_owned())
}

fn host_of_authority(authority: &str) -> Option<String> {
    let authority: actix_web::http::uri::Authority = authority.parse().ok()?;
    Some(authority.host().to_owned())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn allows(host: &str, origin: Option<&str>, options: &GatewayOptions) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
        }
        is_allowed_origin(&headers, options)
    }

    #[test]
    fn only_pages_of_the_own_host_and_listed_ones_may_connect() {
        let options = GatewayOptions {
            allowed_origins: vec!["https://app.example".to_owned()],
            base_url: "https://chat.example/banter/".to_owned(),
            ..GatewayOptions::default()
        };
        for (host, origin, may) in [
            ("127.0.0.1:8001", None, true),
            ("127.0.0.1:8001", Some("http://127.0.0.1:8000"), true),
            ("[::1]:8001", Some("http://[::1]:8000"), true),
            ("Chat.local", Some("https://chat.local"), true),
            ("10.0.0.1:8001", Some("https://app.example"), true),
            ("10.0.0.1:8001", Some("https://app.example:443"), true),
            ("10.0.0.1:8001", Some("https://chat.example"), true),
            ("10.0.0.1:8001", Some("http://app.example"), false),
            ("127.0.0.1:8001", Some("https://evil.example"), false),
            ("127.0.0.1:8001", Some("https://127.0.0.1.evil.example"), false),
            ("127.0.0.1:8001", Some("http://127.0.0.1:80.evil.example"), false),
            ("127.0.0.1:8001", Some("http://user@127.0.0.1"), false),
            ("127.0.0.1:8001", Some("null"), false),
            ("127.0.0.1:8001", Some("127.0.0.1"), false),
            ("127.0.0.1:8001", Some(""), false),
        ] {
            assert_eq!(allows(host, origin, &options), may, "{host} {origin:?}");
        }
    }

    #[test]
    fn an_origin_that_stands_there_twice_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("a.example"));
        headers.append(header::ORIGIN, HeaderValue::from_static("https://a.example"));
        headers.append(header::ORIGIN, HeaderValue::from_static("https://b.example"));
        assert!(!is_allowed_origin(&headers, &GatewayOptions::default()));
    }
}
