//! The web app as it was built, inside this program.

use std::fmt::Write;

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpResponse, HttpResponseBuilder};
use rust_embed::{Embed, EmbeddedFile};

use super::encoding::{Encoding, accepted};
use super::looks_like_file;
use crate::header::text;

#[derive(Embed)]
#[folder = "../../frontend/dist"]
#[exclude = "*.map"]
#[allow_missing = true]
struct App;

const INDEX: &str = "index.html";
/// Files with their hash in the name never change.
const CACHE_FOR_EVER: &str = "public, max-age=31536000, immutable";
const CACHE_CHECKED: &str = "no-cache";

/// True when there is a web app in this build.
pub(super) fn is_built() -> bool {
    App::get(INDEX).is_some()
}

/// The answer to a path; `None` when there is no such file.
pub(super) fn find(headers: &HeaderMap, path: &str) -> Option<HttpResponse> {
    let (name, found) = match App::get(path) {
        Some(found) => (path, found),
        None if looks_like_file(path) => return None,
        None => (INDEX, App::get(INDEX)?),
    };
    let smaller = accepted(text(headers, header::ACCEPT_ENCODING).unwrap_or_default())
        .into_iter()
        .find_map(|encoding| Some((encoding, App::get(&format!("{name}.{}", encoding.extension()))?)));
    Some(file(headers, name, &found, smaller))
}

/// Serves an embedded file, or a smaller form of it.
pub(crate) fn file(
    headers: &HeaderMap,
    name: &str,
    file: &EmbeddedFile,
    smaller: Option<(Encoding, EmbeddedFile)>,
) -> HttpResponse {
    let (encoding, body) = match smaller {
        Some((encoding, smaller)) => (Some(encoding), smaller),
        None => (None, file.clone()),
    };
    let tag = tag(&body);
    let is_known = text(headers, header::IF_NONE_MATCH).is_some_and(|known| {
        known
            .split(',')
            .any(|known| known.trim().trim_start_matches("W/") == tag)
    });
    let mut answer = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    describe(&mut answer, name, file, &tag);
    if let Some(encoding) = encoding {
        answer.insert_header((header::CONTENT_ENCODING, encoding.name()));
    }
    if is_known {
        return answer.finish();
    }
    answer.body(body.data.into_owned())
}

fn describe(answer: &mut HttpResponseBuilder, name: &str, file: &EmbeddedFile, tag: &str) {
    let cache = if name.starts_with("assets/") {
        CACHE_FOR_EVER
    } else {
        CACHE_CHECKED
    };
    answer
        .content_type(content_type(name, file.metadata.mimetype()))
        .insert_header((header::ETAG, tag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, cache));
}

fn content_type(name: &str, guessed: &str) -> String {
    let guessed = if name.ends_with(".webmanifest") {
        "application/manifest+json"
    } else {
        guessed
    };
    let is_text = guessed.starts_with("text/") || guessed == "image/svg+xml";
    let charset = if is_text { "; charset=utf-8" } else { "" };
    format!("{guessed}{charset}")
}

fn tag(file: &EmbeddedFile) -> String {
    let mut tag = String::from("\"");
    for byte in file.metadata.sha256_hash().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}
