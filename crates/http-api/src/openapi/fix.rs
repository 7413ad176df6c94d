//! What paperclip cannot say, said in the finished document.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::openapi::rules;

/// How the properties begin that stand for alternatives.
pub(crate) const ALTERNATIVE: &str = "oneOf:";
/// Methods of a path item.
const METHODS: &[&str] = &["get", "post", "patch", "delete", "put", "head", "options"];

/// Mends an OpenAPI 3.0 document.
pub(crate) fn v3(document: &mut Value) {
    let answered = schemas_of_answers(document);
    if let Some(schemas) = object(document, "/components/schemas") {
        for (name, schema) in schemas.iter_mut() {
            alternatives(schema);
            rules::constrain(name, schema);
            optional(name, schema, answered.contains(name), Dialect::V3);
        }
    }
    let may_be_empty = schemas_without_duties(&document["components"]["schemas"]);
    for (_, operation) in operations(document) {
        for parameter in array(operation, "parameters") {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            rules::constrain_parameter(&name, &mut parameter["schema"]);
        }
        let body = operation
            .pointer("/requestBody/content/application~1json/schema/$ref")
            .and_then(Value::as_str)
            .and_then(last_part);
        if body.is_some_and(|name| may_be_empty.contains(name)) {
            operation["requestBody"]["required"] = json!(false);
        }
        upload_v3(operation);
        refresh_v3(operation);
    }
    document["servers"] = json!([{ "url": "/" }]);
    document["components"]["securitySchemes"] = json!({
        "bearerAuth": {
            "type": "http",
            "scheme": "bearer",
            "description": "The access token that signing in answers."
        },
        "refreshCookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": crate::cookie::REFRESH.name,
            "description": "Set by signing in; never seen by scripts."
        }
    });
}

/// Mends an OpenAPI 2.0 document.
pub(crate) fn v2(document: &mut Value) {
    let answered = schemas_of_answers(document);
    if let Some(schemas) = object(document, "/definitions") {
        for (name, schema) in schemas.iter_mut() {
            if has_alternatives(schema) {
                *schema = json!({ "description": "One of two kinds; see the OpenAPI 3 document." });
            }
            rules::constrain(name, schema);
            optional(name, schema, answered.contains(name), Dialect::V2);
        }
    }
    let may_be_empty = schemas_without_duties(&document["definitions"]);
    for (_, operation) in operations(document) {
        for parameter in array(operation, "parameters") {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            if parameter["in"] == "query" {
                rules::constrain_parameter(&name, parameter);
            }
            let body = parameter["schema"]["$ref"].as_str().and_then(last_part);
            if body.is_some_and(|name| may_be_empty.contains(name)) {
                parameter["required"] = json!(false);
            }
        }
        if !operation["consumes"].is_array() {
            operation["consumes"] = json!(["application/json"]);
        }
        operation["produces"] = json!(["application/json"]);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    V2,
    V3,
}

/// Says which properties may be null and which may be missing. Answers hold all of their
/// properties, but for those that `rules` names.
fn optional(name: &str, schema: &mut Value, is_answered: bool, dialect: Dialect) {
    let required: BTreeSet<String> = texts(&schema["required"]);
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let mut present = BTreeSet::new();
    for (field, property) in properties.iter_mut() {
        let may_miss = is_answered && rules::may_miss(name, field);
        if !required.contains(field) && !may_miss {
            *property = nullable(property.take(), dialect);
        }
        if (is_answered || required.contains(field)) && !may_miss {
            present.insert(field.clone());
        }
    }
    if present.is_empty() {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("required");
        }
    } else {
        schema["required"] = json!(present);
    }
}

fn nullable(mut property: Value, dialect: Dialect) -> Value {
    match dialect {
        Dialect::V2 => {
            // Beside a reference nothing else is read.
            if property.get("$ref").is_none() {
                property["x-nullable"] = json!(true);
            }
            property
        }
        Dialect::V3 if property.get("$ref").is_some() => json!({ "allOf": [property], "nullable": true }),
        Dialect::V3 => {
            property["nullable"] = json!(true);
            if let Some(words) = property.get_mut("enum").and_then(Value::as_array_mut) {
                words.push(Value::Null);
            }
            property
        }
    }
}

fn has_alternatives(schema: &Value) -> bool {
    schema["properties"]
        .as_object()
        .is_some_and(|properties| properties.keys().any(|name| name.starts_with(ALTERNATIVE)))
}

fn alternatives(schema: &mut Value) {
    if has_alternatives(schema) {
        let alternatives: Vec<Value> = schema["properties"]
            .as_object()
            .map(|properties| properties.values().cloned().collect())
            .unwrap_or_default();
        *schema = json!({ "oneOf": alternatives });
    }
}

/// The upload takes a form, or asks for a pre-signed place with JSON.
fn upload_v3(operation: &mut Value) {
    if operation["operationId"] != "upload" {
        return;
    }
    let content = &mut operation["requestBody"]["content"];
    content["multipart/form-data"]["schema"] = json!({
        "type": "object",
        "required": ["file"],
        "properties": {
            "scene": { "type": "string", "enum": ["avatar", "room", "message"], "default": "message" },
            "file": { "type": "string", "format": "binary" }
        }
    });
    content["application/json"] = json!({ "schema": { "$ref": "#/components/schemas/Presign" } });
    operation["requestBody"]["required"] = json!(true);
}

/// Only OpenAPI 3 knows cookies.
fn refresh_v3(operation: &mut Value) {
    if operation["operationId"] == "refresh" {
        operation["security"] = json!([{ "refreshCookie": [] }]);
    }
}

/// Names of the schemas whose fields may all be left out, so that no body says the same.
fn schemas_without_duties(schemas: &Value) -> BTreeSet<String> {
    let schemas = schemas.as_object().into_iter().flatten();
    schemas
        .filter(|(_, schema)| schema["required"].is_null())
        .map(|(name, _)| name.clone())
        .collect()
}

/// Names of the schemas that answers are made of.
fn schemas_of_answers(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Value> = Vec::new();
    for item in document["paths"].as_object().into_iter().flat_map(Map::values) {
        open.extend(METHODS.iter().map(|method| &item[*method]["responses"]));
    }
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(name) = fields.get("$ref").and_then(Value::as_str).and_then(last_part)
                    && found.insert(name.to_owned())
                {
                    open.push(&document["definitions"][name]);
                    open.push(&document["components"]["schemas"][name]);
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

fn last_part(reference: &str) -> Option<&str> {
    reference.rsplit('/').next()
}

fn operations(document: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    object(document, "/paths")
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flatten()
        .filter(|(method, _)| METHODS.contains(&method.as_str()))
}

fn object<'a>(value: &'a mut Value, pointer: &str) -> Option<&'a mut Map<String, Value>> {
    value.pointer_mut(pointer).and_then(Value::as_object_mut)
}

fn array<'a>(value: &'a mut Value, field: &str) -> impl Iterator<Item = &'a mut Value> {
    value.get_mut(field).and_then(Value::as_array_mut).into_iter().flatten()
}

fn texts(value: &Value) -> BTreeSet<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}
