//! The web app: every GET that is nothing else. A build without it says how to get it.

mod embedded;
mod encoding;

use actix_web::http::Method;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::{ApiError, ApiResult};

pub(crate) use embedded::file;

/// Serves a file of the web app, or its page for a path of the app's own.
pub(crate) async fn serve(request: HttpRequest) -> ApiResult<HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ApiError::method_not_allowed("GET, HEAD"));
    }
    let path = request.path().trim_start_matches('/');
    let found = if embedded::is_built() {
        embedded::find(request.headers(), path)
    } else {
        unbuilt(path)
    };
    found.ok_or_else(|| ApiError::of(404))
}

/// What people see of a build without the web app.
fn unbuilt(path: &str) -> Option<HttpResponse> {
    if looks_like_file(path) && path != "index.html" {
        return None;
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/html; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-cache"));
    Some(answer.body(include_str!("unbuilt.html")))
}

/// True for a path that looks like a file; such a path never stands for a page of the app.
fn looks_like_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
