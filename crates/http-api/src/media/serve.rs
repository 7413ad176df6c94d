//! `GET /uploads/<key>`: files of people, for those who may see them.

use actix_web::body::{BoxBody, MessageBody, SizedStream};
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use domain::UserId;
use domain::media::{UPLOADS, key_of};
use domain::port::{Chunks, OpenedMedia};
use futures_util::stream;
use service::account::AccountService;
use service::media::{MediaService, Servable, picture};

use super::disposition::{content_type, disposition};
use super::range::Range;
use crate::cookie;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Inject, bearer};
use crate::header::text;
use crate::routes;

/// Nothing in a file of somebody may act in the name of this server.
const SANDBOX: (header::HeaderName, &str) = (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
/// A generated picture styles itself; it does nothing else.
const CACHE_PUBLIC: &str = "public, max-age=31536000, immutable";
/// Not for long: people leave rooms and take messages back.
const CACHE_PRIVATE: &str = "private, max-age=300";

/// Mounts the routes.
pub(crate) fn mount(config: &mut web::ServiceConfig) {
    config.service(
        web::scope("/uploads")
            .service(
                web::resource("/generated/{name}")
                    .route(web::get().to(generated))
                    .route(web::head().to(generated)),
            )
            .service(
                web::resource("/{key}")
                    .route(web::get().to(serve))
                    .route(web::head().to(serve)),
            )
            .default_service(web::to(routes::missing)),
    );
}

async fn generated(name: web::Path<String>) -> ApiResult<HttpResponse> {
    let picture = picture::svg(&name).ok_or_else(|| ApiError::of(404))?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header(SANDBOX)
        .insert_header((header::CACHE_CONTROL, CACHE_PUBLIC))
        .body(picture))
}

async fn serve(
    request: HttpRequest,
    key: web::Path<String>,
    media: Inject<dyn MediaService>,
    accounts: Inject<dyn AccountService>,
) -> ApiResult<HttpResponse> {
    let key = key_of(&format!("{UPLOADS}{key}"))
        .ok_or_else(|| ApiError::of(404))?
        .to_owned();
    let viewer = viewer(request.headers(), &*accounts).await?;
    let file = media.find(viewer, &key).await?;
    let tag = format!("\"{key}\"");

    let mut answer = HttpResponse::Ok();
    describe(&mut answer, &file, &tag);
    if matches(request.headers(), header::IF_NONE_MATCH, &tag) {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    let whole = media.open(&file, None).await?;
    let (size, is_head) = (whole.size, request.method() == Method::HEAD);
    match asked_range(request.headers(), &tag, size) {
        Range::Whole => Ok(answer.body(body(whole, size, is_head))),
        Range::Part(first, last) => {
            drop(whole);
            let part = media.open(&file, Some((first, last))).await?;
            answer
                .status(StatusCode::PARTIAL_CONTENT)
                .insert_header((header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}")));
            Ok(answer.body(body(part, last - first + 1, is_head)))
        }
        Range::Unsatisfiable => Ok(HttpResponse::RangeNotSatisfiable()
            .insert_header((header::CONTENT_RANGE, format!("bytes */{size}")))
            .finish()),
    }
}

/// Who asks: the bearer of the token, or of the cookie that signing in sets for this path. A
/// token that does not hold counts as none.
async fn viewer(headers: &HeaderMap, accounts: &dyn AccountService) -> ApiResult<Option<UserId>> {
    let viewer = if let Some(token) = bearer(headers) {
        accounts.authenticate(token).await.map(|actor| actor.user_id)
    } else if let Some(token) = cookie::MEDIA.read(headers) {
        accounts.authenticate_media(token).await
    } else {
        return Ok(None);
    };
    match viewer {
        Ok(id) => Ok(Some(id)),
        Err(service::Error::Unauthorized | service::Error::EmptyUserId) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn describe(answer: &mut HttpResponseBuilder, file: &Servable, tag: &str) {
    let cache = if file.is_public { CACHE_PUBLIC } else { CACHE_PRIVATE };
    answer
        .content_type(content_type(&file.mime))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&file.mime, &file.name)))
        .insert_header(SANDBOX)
        .insert_header((header::ETAG, tag))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::CACHE_CONTROL, cache));
    if !file.is_public {
        answer.insert_header((header::VARY, "Authorization, Cookie"));
    }
}

fn asked_range(headers: &HeaderMap, tag: &str, size: u64) -> Range {
    let is_current = !headers.contains_key(header::IF_RANGE) || text(headers, header::IF_RANGE) == Some(tag);
    match text(headers, header::RANGE) {
        Some(range) if is_current => Range::parse(range, size),
        _ => Range::Whole,
    }
}

/// True when a list of tags holds `tag`.
fn matches(headers: &HeaderMap, name: header::HeaderName, tag: &str) -> bool {
    text(headers, name).is_some_and(|list| {
        list.split(',')
            .map(|item| item.trim().trim_start_matches("W/"))
            .any(|item| item == tag || item == "*")
    })
}

fn body(media: OpenedMedia, length: u64, is_head: bool) -> BoxBody {
    if is_head {
        return SizedStream::new(length, stream::empty::<Result<bytes::Bytes, domain::PortError>>()).boxed();
    }
    let pieces = stream::try_unfold(media.body, |mut body: Box<dyn Chunks>| async move {
        Ok::<_, domain::PortError>(body.next().await?.map(|piece| (piece, body)))
    });
    SizedStream::new(length, Box::pin(pieces)).boxed()
}
