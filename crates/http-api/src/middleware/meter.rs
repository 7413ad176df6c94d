//! What is measured of a request, and what its trace says.

use std::time::{Duration, Instant};

use actix_web::http::{Method, StatusCode};
use tracing::Span;
use tracing::field::Empty;

/// What stands in the place of a route where none matches: the web app's files, and what is not
/// there.
const OTHER: &str = "other";

/// Measures one request.
pub(super) struct Meter {
    method: &'static str,
    route: String,
    span: Span,
    started: Instant,
}

impl Meter {
    /// Starts to measure. A request goes by the pattern that its path matches: the path itself could
    /// be anything.
    pub(super) fn start(method: &Method, route: Option<String>, request_id: &str) -> Self {
        let method = known(method);
        let route = route.unwrap_or_else(|| OTHER.to_owned());
        // Disabled unless the operator asks for traces.
        let span = tracing::info_span!(
            target: "trace",
            "request",
            otel.name = %format_args!("{method} {route}"),
            otel.kind = "server",
            otel.status_code = Empty,
            http.request.method = method,
            http.route = route,
            http.response.status_code = Empty,
            request_id,
        );
        let started = Instant::now();
        Self {
            method,
            route,
            span,
            started,
        }
    }

    /// The request's place in its trace.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Counts the request, which was answered so, and says how long that took.
    pub(super) fn stop(self, status: StatusCode) -> Duration {
        let (span, code, took) = (&self.span, status.as_u16(), self.started.elapsed());
        span.record("http.response.status_code", code);
        if status.is_server_error() {
            span.record("otel.status_code", "ERROR");
        }
        metrics::histogram!("banter_http_request_seconds", "method" => self.method, "route" => self.route).record(took);
        if status.is_client_error() || status.is_server_error() {
            metrics::counter!("banter_errors_total", "edge" => "http", "code" => code.to_string()).increment(1);
        }
        took
    }
}

/// Methods are what clients write; a metric for each of their inventions would never end.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}
