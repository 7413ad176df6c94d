//! The same fields in a JSON body or in the query, for requests whose body some clients drop.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, ApiResult};
use crate::extract::{decode, edge, read_json, read_query};

/// Fields from the body, or from the query when there is no body.
pub(crate) struct BodyOrQuery<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for BodyOrQuery<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, ApiResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        async move {
            let time = edge(&request)?.options.body_timeout;
            let body = read_json(request.headers(), &mut payload, time).await?;
            if body.is_empty() || (body.as_ref() == b"{}" && !request.query_string().is_empty()) {
                return read_query(request.query_string()).map(Self);
            }
            decode(&body).map(Self)
        }
        .boxed_local()
    }
}

impl<T: Apiv2Schema> Apiv2Schema for BodyOrQuery<T> {}

impl<T: Apiv2Schema> OperationModifier for BodyOrQuery<T> {
    /// The query alone is documented: what a body means with DELETE, HTTP leaves open.
    fn update_parameter(operation: &mut DefaultOperationRaw) {
        web::Query::<T>::update_parameter(operation);
    }

    fn update_definitions(_: &mut std::collections::BTreeMap<String, DefaultSchemaRaw>) {}
}
