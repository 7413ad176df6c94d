//! JSON bodies: bounded in size and time, with errors that name the field.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use bytes::{Bytes, BytesMut};
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt, Stream, StreamExt};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::error::{ApiError, ApiResult};
use crate::extract::edge;
use crate::header::text;
use crate::openapi::schema;

/// Largest JSON body, in bytes.
const BODY_MAX: usize = 256 * 1024;
/// How much of a refused body is read, so that its sender gets to see the answer.
const DISCARD_MAX: usize = 32 * 1024 * 1024;
/// For how long a refused body is read at most.
const DISCARD_TIME: Duration = Duration::from_secs(5);

/// The JSON body of a request. No body at all counts as `{}`.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, ApiResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers().clone();
        let time = edge(request).map(|edge| edge.options.body_timeout);
        let mut payload = payload.take();
        async move {
            let body = read_json(&headers, &mut payload, time?).await?;
            decode(if body.is_empty() { b"{}" } else { &body }).map(Self)
        }
        .boxed_local()
    }
}

/// Reads an object. An array would be taken for one whose fields have no names.
pub(crate) fn decode<T: DeserializeOwned>(json: &[u8]) -> ApiResult<T> {
    if json.trim_ascii_start().first() != Some(&b'{') {
        return Err(ApiError::new(400, "the body must be a JSON object"));
    }
    Ok(wire::decode(json)?)
}

/// Reads a body that must be JSON, or nothing, and come within that time.
pub(crate) async fn read_json(headers: &HeaderMap, payload: &mut Payload, time: Duration) -> ApiResult<Bytes> {
    let length = text(headers, CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    let read = async {
        check_type(headers)?;
        if length.is_some_and(|length| length > BODY_MAX) {
            return Err(too_large());
        }
        timeout(time, collect(payload))
            .await
            .unwrap_or_else(|_| Err(ApiError::new(400, "the body did not come in time")))
    };
    let body = match read.await {
        Ok(body) => body,
        Err(error) => {
            discard(payload, time).await;
            return Err(error);
        }
    };
    let is_untyped = !headers.contains_key(CONTENT_TYPE);
    if is_untyped && !body.is_empty() {
        return Err(wrong_type());
    }
    Ok(body)
}

async fn collect(payload: &mut Payload) -> ApiResult<Bytes> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::new(400, "the body ended early"))?;
        if body.len() + chunk.len() > BODY_MAX {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads on for a while, at most that long, and forgets. A connection that is closed on its sender's words may lose
/// the answer with them.
pub(crate) async fn discard(payload: &mut (impl Stream<Item = Result<Bytes, PayloadError>> + Unpin), most: Duration) {
    let rest = async {
        let mut seen = 0;
        while let Some(Ok(chunk)) = payload.next().await {
            seen += chunk.len();
            if seen > DISCARD_MAX {
                break;
            }
        }
    };
    // Whether all of it came makes no difference.
    let _ = timeout(DISCARD_TIME.min(most), rest).await;
}

fn check_type(headers: &HeaderMap) -> ApiResult<()> {
    if text(headers, CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(ApiError::new(415, "compressed bodies are not taken"));
    }
    match text(headers, CONTENT_TYPE) {
        Some(media_type) if !is_json(media_type) => Err(wrong_type()),
        None if headers.contains_key(CONTENT_TYPE) => Err(wrong_type()),
        _ => Ok(()),
    }
}

/// True for `application/json`, whatever its parameters.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn too_large() -> ApiError {
    ApiError::new(413, format!("the body is larger than {BODY_MAX} bytes"))
}

fn wrong_type() -> ApiError {
    ApiError::new(415, "the body must be application/json")
}

impl<T: Apiv2Schema> Apiv2Schema for Body<T> {}

impl<T: Apiv2Schema> OperationModifier for Body<T> {
    fn update_parameter(operation: &mut DefaultOperationRaw) {
        schema::add_body::<T>(operation);
    }

    fn update_definitions(map: &mut std::collections::BTreeMap<String, DefaultSchemaRaw>) {
        schema::define::<T>(map);
    }
}
