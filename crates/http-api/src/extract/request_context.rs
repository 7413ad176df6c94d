//! What the routes of accounts know of a request besides its body.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderMap, USER_AGENT};
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::schema::Apiv2Schema;
use service::account::Device;

use crate::HttpOptions;
use crate::error::{ApiError, ApiResult};
use crate::extract::edge;
use crate::forwarded::Source;

/// A request's headers, the device that sent it, and how the operator wants it answered.
pub(crate) struct RequestContext {
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Where it came from.
    pub(crate) device: Device,
    /// The operator's choices.
    pub(crate) options: HttpOptions,
}

impl FromRequest for RequestContext {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(edge(request).map(|edge| {
            let address = Source::from(request).address(&edge.options);
            let user_agent = request.headers().get(USER_AGENT);
            Self {
                headers: request.headers().clone(),
                device: Device {
                    address: address.map(|address| address.to_string()).unwrap_or_default(),
                    user_agent: user_agent
                        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                        .unwrap_or_default(),
                },
                options: edge.options.clone(),
            }
        }))
    }
}

impl Apiv2Schema for RequestContext {}
impl OperationModifier for RequestContext {}
