//! Who asks. A handler that does not ask for [`CurrentUser`] is open to everybody.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest};
use paperclip::actix::Apiv2Security;
use service::Actor;
use service::account::AccountService;

use crate::error::{ApiError, ApiResult};
use crate::extract::edge;

/// The signed-in person who asks. It must be the first argument of its handler, so that nobody
/// learns anything about a request's form before they are known.
#[derive(Apiv2Security)]
#[openapi(
    apiKey,
    alias = "bearerAuth",
    in = "header",
    name = "Authorization",
    description = "`Bearer` and the access token that signing in answers"
)]
pub(crate) struct CurrentUser(pub(crate) Actor);

/// What [`authenticate`] found out, kept with the request.
struct Verdict(ApiResult<Actor>);

impl FromRequest for CurrentUser {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        let verdict = extensions.get::<Verdict>().map(|verdict| verdict.0.clone());
        ready(verdict.unwrap_or_else(|| Err(ApiError::unauthorized())).map(Self))
    }
}

/// Checks the token of a request, if it has one, before its handler is asked. Without this step
/// nobody is signed in.
pub(crate) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if let Some(token) = bearer(request.headers()) {
        let accounts: std::sync::Arc<dyn AccountService> = edge(request.request())?.services.resolve();
        let verdict = accounts.authenticate(token).await.map_err(ApiError::from);
        request.extensions_mut().insert(Verdict(verdict));
    }
    next.call(request).await
}

/// The token in the `Authorization` header: behind `Bearer`, or bare.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION);
    let value = values.next()?.to_str().ok()?.trim();
    if values.next().is_some() {
        return None;
    }
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some(_) => return None,
        None if value.eq_ignore_ascii_case("bearer") => return None,
        None => value,
    };
    (!token.is_empty() && !token.contains(' ')).then_some(token)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn token(value: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static(value));
        bearer(&headers).map(str::to_owned)
    }

    #[test]
    fn tokens_stand_behind_bearer_or_bare() {
        assert_eq!(token("Bearer abc").as_deref(), Some("abc"));
        assert_eq!(token("bearer  abc").as_deref(), Some("abc"));
        assert_eq!(token("abc").as_deref(), Some("abc"));
        for other in ["", "Bearer ", "Basic abc", "Bearer a b", " "] {
            assert_eq!(token(other), None, "{other:?}");
        }
    }

    #[test]
    fn two_headers_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, HeaderValue::from_static("a"));
        headers.append(AUTHORIZATION, HeaderValue::from_static("b"));
        assert_eq!(bearer(&headers), None);
    }
}
