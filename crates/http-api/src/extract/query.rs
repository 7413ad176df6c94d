//! Query strings, read like JSON: errors name the field, unknown fields are ignored.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{ApiError, ApiResult};

/// The query of a request.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_query(request.query_string()).map(Self))
    }
}

/// Reads a query string. Of a field that stands there twice the last one counts.
pub(crate) fn read_query<T: DeserializeOwned>(query: &str) -> ApiResult<T> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| ApiError::new(400, "the query cannot be read"))?
        .into_inner();
    let fields: Map<String, Value> = pairs
        .into_iter()
        .map(|(name, value)| (name, Value::String(value)))
        .collect();
    Ok(wire::decode::decode_value(Value::Object(fields))?)
}

impl<T: Apiv2Schema> Apiv2Schema for Query<T> {}

impl<T: Apiv2Schema> OperationModifier for Query<T> {
    fn update_parameter(operation: &mut DefaultOperationRaw) {
        web::Query::<T>::update_parameter(operation);
    }

    fn update_definitions(_: &mut std::collections::BTreeMap<String, DefaultSchemaRaw>) {}
}

#[cfg(test)]
mod tests {
    use wire::command::History;

    use super::*;

    #[test]
    fn numbers_are_read_from_text() {
        let page: History = read_query("id=7&beforeSeq=12&unknown=%F0%9F%98%81").unwrap();
        assert_eq!((page.id.0, page.before_seq.unwrap().0), (7, 12));
        assert!(page.limit.is_none());
    }

    #[test]
    fn errors_name_the_field() {
        for (query, field) in [("", "id"), ("id=x", "id"), ("id=1&limit=many", "limit"), ("id=", "id")] {
            let error = read_query::<History>(query).unwrap_err().to_string();
            assert!(error.starts_with("400") && error.contains(field), "{query}: {error}");
        }
    }
}
