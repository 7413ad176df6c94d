//! Holds every answer to the OpenAPI document of the server that gave it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::Answer;

/// The document, ready to check answers with.
pub(crate) struct Schema {
    document: Value,
    validators: Mutex<HashMap<String, jsonschema::Validator>>,
}

impl Schema {
    pub(crate) fn new(mut document: Value) -> Self {
        plain_json_schema(&mut document);
        Self {
            document,
            validators: Mutex::default(),
        }
    }

    /// Fails the test when an answer under `/api` is not what the document says.
    #[track_caller]
    pub(crate) fn check(&self, method: &str, path: &str, answer: &Answer) {
        let path = path.split('?').next().unwrap_or_default();
        let Some(operation) = self.document["paths"][path].get(method.to_lowercase()) else {
            return;
        };
        let status = answer.status.to_string();
        let response = operation["responses"].get(&status);
        let response =
            response.unwrap_or_else(|| panic!("{method} {path} answered an undocumented {status}: {}", answer.body));
        let Some(schema) = response["content"]["application/json"].get("schema") else {
            return;
        };

        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{method} {path} {status}");
        let validator = validators.entry(key).or_insert_with_key(|key| {
            let whole = json!({"components": self.document["components"], "allOf": [schema]});
            jsonschema::validator_for(&whole).unwrap_or_else(|error| panic!("the schema of {key}: {error}"))
        });
        let problems: Vec<String> = validator
            .iter_errors(&answer.body)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        assert!(
            problems.is_empty(),
            "{method} {path} {status} is not as documented: {problems:?}\n{}",
            answer.body
        );
    }
}

/// Turns OpenAPI 3.0's `nullable` into what JSON Schema knows.
fn plain_json_schema(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plain_json_schema),
        Value::Object(fields) => {
            fields.values_mut().for_each(plain_json_schema);
            if fields.get("nullable") == Some(&Value::Bool(true)) {
                fields.remove("nullable");
                let inner = Value::Object(std::mem::take(fields));
                *fields = Map::from_iter([("anyOf".to_owned(), json!([inner, {"type": "null"}]))]);
            }
        }
        _ => {}
    }
}
