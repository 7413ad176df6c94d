//! The web app: every GET that is nothing else. A build without it has a small page of its own.

mod embedded;
mod encoding;
mod page;

use actix_web::http::Method;
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
        page::find(path)
    };
    found.ok_or_else(|| ApiError::of(404))
}

/// True for a path that looks like a file; such a path never stands for a page of the app.
fn looks_like_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}
