//! Schemas that stand once, under their name, and are referred to everywhere else.

use std::collections::BTreeMap;

use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw, Either, Parameter, ParameterIn};
use paperclip::v2::schema::Apiv2Schema;

/// The schemas of the document, by name.
pub(crate) type Definitions = BTreeMap<String, DefaultSchemaRaw>;

/// Documents a JSON body.
pub(crate) fn add_body<T: Apiv2Schema>(operation: &mut DefaultOperationRaw) {
    operation.parameters.push(Either::Right(Parameter {
        in_: ParameterIn::Body,
        name: "body".to_owned(),
        required: true,
        schema: Some(reference::<T>()),
        ..Default::default()
    }));
}

/// Defines `T` and all that it holds.
pub(crate) fn define<T: Apiv2Schema>(map: &mut Definitions) {
    hoist(&mut T::schema_with_ref(), map);
}

/// Refers to `T`; a schema without a name stands where it is used, but for its named parts.
pub(crate) fn reference<T: Apiv2Schema>() -> DefaultSchemaRaw {
    let mut schema = T::schema_with_ref();
    hoist(&mut schema, &mut Definitions::new());
    schema
}

/// A name for `T` that can be part of another name: `Room`, `RoomList`, `Text`.
pub(crate) fn name_of<T: Apiv2Schema>() -> String {
    let schema = T::schema_with_ref();
    let item = schema.items.as_ref().and_then(|item| item.name.clone());
    match (schema.name, item) {
        (Some(name), _) => name,
        (None, Some(item)) => format!("{item}List"),
        (None, None) => "Text".to_owned(),
    }
}

/// Moves named parts of a schema into the map and leaves references in their place.
pub(crate) fn hoist(schema: &mut DefaultSchemaRaw, map: &mut Definitions) {
    if let Some(items) = schema.items.as_deref_mut() {
        hoist(items, map);
    }
    if let Some(Either::Right(values)) = schema.extra_props.as_mut() {
        hoist(values, map);
    }
    for property in schema.properties.values_mut() {
        if property.name.is_some() {
            // A field's own words would stand in for those of its type.
            property.description = None;
        }
        hoist(property, map);
    }
    if let Some(name) = schema.name.clone() {
        let mut definition = schema.clone();
        definition.reference = None;
        let known = map.entry(name.clone()).or_insert_with(|| definition.clone());
        known.description = known.description.take().or(definition.description);
        schema.reference = Some(format!("#/definitions/{name}"));
    }
    if schema.reference.is_some() {
        schema.retain_ref();
    }
}
