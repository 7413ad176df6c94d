//! The documents of the API, and a page to read them. The page's script and style are those of
//! swagger-ui, taken in when the crate is built; without them a plain page names the documents.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Route, guard, web};
use rust_embed::Embed;

use crate::error::{ApiError, ApiResult};
use crate::{openapi, routes, site};

/// The files of swagger-ui that the page needs.
#[derive(Embed)]
#[folder = "assets/swagger-ui"]
#[include = "*.js"]
#[include = "*.css"]
#[allow_missing = true]
struct Viewer;

const PAGE: &str = include_str!("swagger/index.html");
const PLAIN_PAGE: &str = include_str!("swagger/plain.html");
const INITIALIZER: &str = include_str!("swagger/initializer.js");

/// Mounts the documents and their page.
pub(crate) fn mount(config: &mut web::ServiceConfig, is_on: bool) {
    if !is_on {
        for path in ["/swagger.json", "/openapi.json", "/swagger", "/swagger/{file:.*}"] {
            config.route(path, web::to(routes::missing));
        }
        return;
    }
    config
        .service(web::resource("/swagger.json").route(read().to(|| document(openapi::swagger()))))
        .service(web::resource("/openapi.json").route(read().to(|| document(openapi::openapi()))))
        .service(web::resource("/swagger").route(read().to(redirect)))
        .service(web::resource("/swagger/{file:.*}").route(read().to(page)));
}

/// Answers GET, and HEAD as those send it who look for dead links.
fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

async fn document(document: serde_json::Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .json(document)
}

async fn redirect() -> HttpResponse {
    HttpResponse::PermanentRedirect()
        .insert_header((LOCATION, "/swagger/"))
        .finish()
}

async fn page(request: HttpRequest, file: web::Path<String>) -> ApiResult<HttpResponse> {
    let is_viewer_here = Viewer::get("swagger-ui-bundle.js").is_some();
    let (media_type, text) = match file.as_str() {
        "" | "index.html" if is_viewer_here => ("text/html; charset=utf-8", PAGE),
        "" | "index.html" => ("text/html; charset=utf-8", PLAIN_PAGE),
        "initializer.js" => ("text/javascript; charset=utf-8", INITIALIZER),
        other => {
            let file = Viewer::get(other).ok_or_else(|| ApiError::of(404))?;
            return Ok(site::file(request.headers(), other, &file, None));
        }
    };
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(text))
}
