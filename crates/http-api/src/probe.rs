//! What machines ask: whether the server is alive, whether it is ready, and how it fares.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::port::HealthCheck;
use futures_util::future;
use serde_json::json;
use service::media::MediaService;
use tokio::time::timeout;

use crate::error::{ApiError, ApiResult};
use crate::extract::{Inject, bearer, edge};
use crate::forwarded::Source;

/// How long the other sides may take to answer.
const CHECK_TIME: Duration = Duration::from_secs(5);

/// Mounts the probes.
pub(crate) fn mount(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/healthz")
                .route(web::get().to(alive))
                .route(web::head().to(alive)),
        )
        .service(
            web::resource("/readyz")
                .route(web::get().to(ready))
                .route(web::head().to(ready)),
        )
        .service(web::resource("/metrics").route(web::get().to(metrics)));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(json!({ "status": "ok" }))
}

/// Redis may be gone: people on this node go on, and hear of others a little later.
async fn ready(
    request: HttpRequest,
    ports: Inject<dyn HealthCheck>,
    media: Inject<dyn MediaService>,
) -> ApiResult<HttpResponse> {
    let edge = edge(&request)?;
    if (edge.is_ending)() {
        let mut answer = HttpResponse::ServiceUnavailable();
        return Ok(answer
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(json!({ "status": "ending" })));
    }
    let redis = (edge.redis)();
    let (ports, media) = future::join(timeout(CHECK_TIME, ports.check()), timeout(CHECK_TIME, media.check())).await;
    let ports = word("database and broker", ports);
    let media = word("media", media);
    let is_ready = [ports, media].iter().all(|word| *word == "ok");
    let mut answer = if is_ready {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    let mut body = json!({
        "status": match (is_ready, redis) {
            (false, _) => "unavailable",
            (true, Some(false)) => "degraded",
            (true, _) => "ok",
        },
        "database": ports,
        "media": media,
    });
    if let Some(is_connected) = redis {
        body["redis"] = json!(if is_connected { "ok" } else { "down" });
    }
    Ok(answer.insert_header((CACHE_CONTROL, "no-store")).json(body))
}

fn word<E: std::fmt::Display>(what: &str, outcome: Result<Result<(), E>, tokio::time::error::Elapsed>) -> &'static str {
    let problem = match outcome {
        Ok(Ok(())) => return "ok",
        Ok(Err(error)) => error.to_string(),
        Err(late) => late.to_string(),
    };
    tracing::warn!(what, problem, "not ready");
    "unavailable"
}

/// For callers on this machine, and for those who know the token. Others learn nothing.
async fn metrics(request: HttpRequest) -> ApiResult<HttpResponse> {
    let edge = edge(&request)?;
    let token = bearer(request.headers());
    let knows_token = edge
        .options
        .metrics_token
        .as_deref()
        .is_some_and(|secret| !secret.is_empty() && token.is_some_and(|token| is_same(token, secret)));
    if !knows_token && !Source::from(&request).is_local() {
        return Err(ApiError::of(404));
    }
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body((edge.metrics)()))
}

/// Compares in a time that tells nothing about where two texts differ.
fn is_same(a: &str, b: &str) -> bool {
    let differences = a.bytes().zip(b.bytes()).fold(0, |found, (a, b)| found | (a ^ b));
    a.len() == b.len() && std::hint::black_box(differences) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_compared_whole() {
        assert!(is_same("secret", "secret"));
        assert!(!is_same("secret", "secres"));
        assert!(!is_same("secret", "secre"));
        assert!(!is_same("", "s"));
    }
}
