//! The outermost layer: gives each request its id and its log line, and sees to it that failures
//! leave in the envelope and that a panic ends one request only.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};
use futures_util::FutureExt;
use tokio::time::timeout;
use tracing::Instrument;

use super::meter::Meter;
use super::{headers, request_id};
use crate::error::ApiError;
use crate::extract::is_json;
use crate::header::text;
use crate::{Edge, HttpOptions};

/// Paths that are asked all the time and tell nothing.
const QUIET: &[&str] = &["/healthz", "/readyz", "/metrics"];
/// Folders of the web app, of which a page takes many files.
const QUIET_FOLDERS: &[&str] = &["/assets/", "/emoji/"];

/// Below these stands the code of an invitation, which opens a door.
const SECRET: &[&str] = &["/invite/", "/api/invitation/"];

/// Where files are received.
const UPLOAD: &str = "/api/upload";

/// Watches over one request.
pub(crate) async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request_id::of(request.headers());
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let edge = request.app_data::<web::Data<Edge>>().cloned();
    let span = tracing::error_span!("http", request_id = %id);
    let meter = Meter::start(&method, request.match_pattern(), &id);

    let is_too_large = headers::are_too_large(request.headers());
    let work = AssertUnwindSafe(async move {
        if is_too_large {
            let refused = ApiError::new(400, "the headers are too large");
            return Ok::<_, Error>(request.into_response(refused.error_response()));
        }
        Ok(next.call(request).await?.map_into_boxed_body())
    })
    .catch_unwind();
    let work = work.instrument(span.clone()).instrument(meter.span());
    let outcome = match edge.as_ref().and_then(|edge| time_for(&path, &edge.options)) {
        Some(time) => timeout(time, work)
            .await
            .unwrap_or_else(|_| Ok(Err(ApiError::from(&service::Error::overloaded()).into()))),
        None => work.await,
    };
    let _entered = span.enter();
    let finish = |status: StatusCode, headers: &mut HeaderMap| {
        if status != StatusCode::SWITCHING_PROTOCOLS
            && let Some(edge) = &edge
        {
            headers::add(headers, &path, status, &edge.options);
        }
        headers.insert(request_id::REQUEST_ID, request_id::value(&id));
        log(&method, &path, status, meter.stop(status));
    };
    let failed = match outcome {
        Ok(Ok(response)) => {
            let mut response = in_envelope(response, &path);
            finish(response.status(), response.headers_mut());
            return Ok(response);
        }
        Ok(Err(error)) => error.error_response(),
        Err(panic) => panicked(&*panic).error_response(),
    };
    let mut failed = failed;
    finish(failed.status(), failed.headers_mut());
    Err(InternalError::from_response("refused", failed).into())
}

/// How long an answer may take; the time of an upload is seen to where it is received.
fn time_for(path: &str, options: &HttpOptions) -> Option<Duration> {
    (path != UPLOAD).then(|| options.body_timeout + options.patience)
}

/// Puts a bare failure into the envelope, such as one of the router.
fn in_envelope(response: ServiceResponse, path: &str) -> ServiceResponse {
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    let is_known = wire::CODES.iter().any(|row| row.code == status.as_u16());
    let is_ours = text(response.headers(), CONTENT_TYPE).is_some_and(is_json);
    if !is_failure || is_ours || !(is_known || headers::is_api(path)) {
        return response;
    }
    let (request, bare) = response.into_parts();
    let mut answer: HttpResponse = ApiError::of_status(status).error_response();
    if let Some(methods) = bare.headers().get(ALLOW) {
        answer.headers_mut().insert(ALLOW, methods.clone());
    }
    ServiceResponse::new(request, answer)
}

fn panicked(panic: &(dyn Any + Send)) -> ApiError {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    metrics::counter!("banter_http_panics_total").increment(1);
    ApiError::internal(format!("a handler panicked: {message}"))
}

fn log(method: &Method, path: &str, status: StatusCode, took: Duration) {
    let status = status.as_u16();
    let path = shown(path);
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if QUIET.contains(&path) || QUIET_FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        tracing::debug!(%method, path, status, duration_ms, "request");
    } else {
        tracing::info!(%method, path, status, duration_ms, "request");
    }
}

/// As much of a path as the log may hold.
fn shown(path: &str) -> &str {
    SECRET.iter().find(|above| path.starts_with(**above)).unwrap_or(&path)
}
