//! Failures, documented: which of them an operation can answer follows from what it asks for.

use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, Either, ParameterIn, Response};
use paperclip::v2::schema::Apiv2Errors;

use crate::error::ApiError;
use crate::openapi::answers::{FAILURE, define_failure};
use crate::openapi::schema::Definitions;

/// Operations that nobody needs to be signed in for, and that can answer 401 all the same.
const REFUSING: &[&str] = &["login", "refresh"];
/// Operations that nobody needs to be signed in for, and that can answer 404 all the same.
const MISSING: &[&str] = &["register", "getInvitation"];
/// How the ids of operations begin that change nothing.
const READING: &[&str] = &["get", "list", "find", "search"];

impl Apiv2Errors for ApiError {
    fn update_error_definitions(operation: &mut DefaultOperationRaw) {
        for status in statuses(operation) {
            let response = Response {
                description: Some(wire::code::row_of(status).meaning.to_owned()),
                schema: Some(DefaultSchemaRaw {
                    reference: Some(format!("#/definitions/{FAILURE}")),
                    ..Default::default()
                }),
                ..Default::default()
            };
            operation.responses.insert(status.to_string(), Either::Right(response));
        }
    }

    fn update_definitions(map: &mut Definitions) {
        define_failure(map);
    }
}

fn statuses(operation: &DefaultOperationRaw) -> Vec<u16> {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let is_reading = READING.iter().any(|word| id.starts_with(word));
    let is_signed_in = !operation.security.is_empty();
    let has_body = operation.parameters.iter().any(|parameter| {
        matches!(parameter, Either::Right(parameter)
            if matches!(parameter.in_, ParameterIn::Body | ParameterIn::FormData))
    });
    let takes_input = has_body || !operation.parameters.is_empty();
    // DELETE takes a body as well, though only its query is documented.
    let may_have_body = has_body || id.starts_with("remove") || id == "unreact";

    let mut statuses = vec![429, 500, 503];
    let mut add = |applies: bool, more: &[u16]| {
        if applies {
            statuses.extend_from_slice(more);
        }
    };
    add(takes_input, &[400]);
    add(is_signed_in || REFUSING.contains(&id), &[401]);
    add(is_signed_in && takes_input || MISSING.contains(&id), &[404]);
    add(is_signed_in || !is_reading, &[403]);
    add(!is_reading && takes_input, &[409]);
    add(may_have_body, &[413, 415]);
    statuses
}
