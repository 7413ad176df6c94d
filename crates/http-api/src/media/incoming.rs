//! A request whose body is a file, before any of it is read.

use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{
    DataType, DataTypeFormat, DefaultOperationRaw, DefaultSchemaRaw, Either, Parameter, ParameterIn,
};
use paperclip::v2::schema::Apiv2Schema;

use crate::error::{ApiError, ApiResult};
use crate::extract::edge;
use crate::openapi::schema;
use crate::routes::Presign;

/// An upload that has just arrived.
pub(crate) struct Incoming {
    /// Its headers.
    pub(crate) headers: HeaderMap,
    /// Its query.
    pub(crate) query: String,
    /// Its body.
    pub(crate) payload: Payload,
    /// Most bytes of a file.
    pub(crate) limit: u64,
    /// How long each piece may take.
    pub(crate) piece_timeout: Duration,
    /// How long all of it may take.
    pub(crate) timeout: Duration,
}

impl Incoming {
    /// True for a form.
    pub(crate) fn is_form(&self) -> bool {
        let media_type = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = media_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("multipart/form-data")
    }
}

impl FromRequest for Incoming {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(edge(request).map(|edge| Self {
            headers: request.headers().clone(),
            query: request.query_string().to_owned(),
            payload: payload.take(),
            limit: edge.options.upload_max,
            piece_timeout: edge.options.body_timeout,
            timeout: edge.options.upload_timeout,
        }))
    }
}

impl Apiv2Schema for Incoming {}

impl OperationModifier for Incoming {
    fn update_parameter(operation: &mut DefaultOperationRaw) {
        let field = |name: &str, data_type, format, required| {
            Either::Right(Parameter {
                in_: ParameterIn::FormData,
                name: name.to_owned(),
                required,
                data_type: Some(data_type),
                format,
                ..Default::default()
            })
        };
        operation.parameters.extend([
            field("scene", DataType::String, None, false),
            field("file", DataType::File, Some(DataTypeFormat::Binary), true),
        ]);
    }

    fn update_definitions(map: &mut std::collections::BTreeMap<String, DefaultSchemaRaw>) {
        schema::define::<Presign>(map);
    }
}
