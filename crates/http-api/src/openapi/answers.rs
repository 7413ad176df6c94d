//! What handlers answer, documented: the envelope with its data, and data of two kinds.

use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DataType, DefaultOperationRaw, DefaultSchemaRaw, Either, Response};
use paperclip::v2::schema::Apiv2Schema;

use crate::answer::{Answer, OneOf};
use crate::openapi::fix::ALTERNATIVE;
use crate::openapi::schema::{Definitions, define, hoist, name_of, reference};

impl<T: Apiv2Schema> Apiv2Schema for Answer<T> {
    fn name() -> Option<String> {
        Some(format!("{}Response", name_of::<T>()))
    }

    fn raw_schema() -> DefaultSchemaRaw {
        envelope(Self::name(), T::schema_with_ref())
    }
}

impl<T: Apiv2Schema> OperationModifier for Answer<T> {
    fn update_parameter(_: &mut DefaultOperationRaw) {}

    fn update_response(operation: &mut DefaultOperationRaw) {
        let response = Response {
            description: Some("Done".to_owned()),
            schema: Some(reference::<Self>()),
            ..Default::default()
        };
        operation.responses.insert("200".to_owned(), Either::Right(response));
    }

    fn update_definitions(map: &mut Definitions) {
        define::<Self>(map);
    }
}

/// The schema of an envelope around `data`.
pub(crate) fn envelope(name: Option<String>, mut data: DefaultSchemaRaw) -> DefaultSchemaRaw {
    let mut schema = DefaultSchemaRaw {
        name,
        data_type: Some(DataType::Object),
        ..Default::default()
    };
    if data.name.is_none() {
        data.reference = None;
    }
    for (field, property) in [
        ("code", u16::raw_schema()),
        ("message", String::raw_schema()),
        ("data", data),
    ] {
        schema.properties.insert(field.to_owned(), property.into());
        schema.required.insert(field.to_owned());
    }
    schema
}

impl<A: Apiv2Schema, B: Apiv2Schema> Apiv2Schema for OneOf<A, B> {
    fn name() -> Option<String> {
        Some(format!("{}Or{}", name_of::<A>(), name_of::<B>()))
    }

    /// An object with one odd property for each alternative, which `fix` turns into `oneOf`.
    fn raw_schema() -> DefaultSchemaRaw {
        let mut schema = DefaultSchemaRaw {
            name: Self::name(),
            data_type: Some(DataType::Object),
            ..Default::default()
        };
        for (n, alternative) in [A::schema_with_ref(), B::schema_with_ref()].into_iter().enumerate() {
            schema
                .properties
                .insert(format!("{ALTERNATIVE}{n}"), alternative.into());
        }
        schema
    }
}

/// Defines the envelope of failures.
pub(crate) fn define_failure(map: &mut Definitions) {
    let data = DefaultSchemaRaw {
        data_type: Some(DataType::Object),
        ..Default::default()
    };
    hoist(&mut envelope(Some(FAILURE.to_owned()), data), map);
}

/// The name of the envelope of failures.
pub(crate) const FAILURE: &str = "Failure";
