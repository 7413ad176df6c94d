//! The page of a build without the web app: enough to sign in and to chat.

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;

use super::looks_like_file;

const PAGE: &str = include_str!("../page/index.html");
const FILES: &[(&str, &str, &str)] = &[
    (
        "page/app.js",
        "text/javascript; charset=utf-8",
        include_str!("../page/app.js"),
    ),
    (
        "page/pitaya.js",
        "text/javascript; charset=utf-8",
        include_str!("../page/pitaya.js"),
    ),
    (
        "page/style.css",
        "text/css; charset=utf-8",
        include_str!("../page/style.css"),
    ),
];

/// The answer to a path; `None` when there is no such file.
pub(super) fn find(path: &str) -> Option<HttpResponse> {
    let (media_type, text) = match FILES.iter().find(|(name, _, _)| *name == path) {
        Some((_, media_type, text)) => (*media_type, *text),
        None if looks_like_file(path) && path != "index.html" => return None,
        None => ("text/html; charset=utf-8", PAGE),
    };
    Some(
        HttpResponse::Ok()
            .content_type(media_type)
            .insert_header((CACHE_CONTROL, "no-cache"))
            .body(text),
    )
}
