//! The documents of the API: complete, and true to the rules of their formats.

use std::collections::BTreeSet;

use serde_json::Value;

const CONTRACT: &[(&str, &[&str])] = &[
    ("/api/register", &["post"]),
    ("/api/login", &["post"]),
    ("/api/logout", &["post"]),
    ("/api/refresh", &["post"]),
    ("/api/password", &["post"]),
    ("/api/userInfo", &["get", "post"]),
    ("/api/user", &["get"]),
    ("/api/userImage", &["get"]),
    ("/api/session", &["get", "delete"]),
    ("/api/upload", &["post"]),
    ("/api/friend", &["get", "post", "delete"]),
    ("/api/room", &["get", "post", "patch", "delete"]),
    ("/api/room/open", &["get"]),
    ("/api/joinRoom", &["post"]),
    ("/api/room/message", &["post", "patch", "delete"]),
    ("/api/room/messages", &["get"]),
    ("/api/room/read", &["post"]),
    ("/api/room/reaction", &["post", "delete"]),
    ("/api/room/member", &["get", "delete"]),
    ("/api/search", &["get"]),
    ("/api/preference", &["get", "post"]),
    ("/api/invitation", &["get", "post", "delete"]),
    ("/api/invitation/accept", &["post"]),
    ("/api/invitation/{code}", &["get"]),
];
/// Operations that need nobody to be signed in.
const OPEN: &[&str] = &[
    "register",
    "login",
    "logout",
    "refresh",
    "getUserImage",
    "getInvitation",
];

fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path, method, operation))
    })
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                found.insert(reference.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn both_documents_hold_exactly_the_contract() {
    let contract: BTreeSet<(String, String)> = CONTRACT
        .iter()
        .flat_map(|(path, methods)| methods.iter().map(|method| ((*path).to_owned(), (*method).to_owned())))
        .collect();
    for document in [http_api::openapi(), http_api::swagger()] {
        let found = operations(&document)
            .map(|(path, method, _)| (path.clone(), method.clone()))
            .collect();
        assert_eq!(contract, found);
    }
}

#[test]
fn no_reference_dangles() {
    for document in [http_api::openapi(), http_api::swagger()] {
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(found.len() > 20);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }
}

#[test]
fn names_of_schemas_are_legal() {
    let document = http_api::openapi();
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{name}");
    }
}

#[test]
fn every_operation_says_who_it_is_and_what_it_answers() {
    for document in [http_api::openapi(), http_api::swagger()] {
        let mut ids = BTreeSet::new();
        for (path, method, operation) in operations(&document) {
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{id} twice");
            assert!(
                operation["tags"][0].is_string() && operation["summary"].is_string(),
                "{method} {path}"
            );
            let is_open = OPEN.contains(&id);
            assert_eq!(operation["security"][0].get("bearerAuth").is_none(), is_open, "{id}");
            let statuses: BTreeSet<&str> = operation["responses"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            for status in ["200", "429", "500", "503"] {
                assert!(statuses.contains(status), "{id} {status}");
            }
            assert_eq!(
                statuses.contains("401"),
                !is_open || ["login", "refresh"].contains(&id),
                "{id}"
            );
            let has_body = !operation["requestBody"].is_null();
            assert!(
                !has_body || statuses.contains("413") && statuses.contains("415"),
                "{id}"
            );
        }
    }
}

#[test]
fn answers_are_envelopes_of_their_own() {
    let document = http_api::openapi();
    for (path, method, operation) in operations(&document) {
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        let pointer = schema["$ref"].as_str().unwrap().trim_start_matches('#');
        let envelope = document.pointer(pointer).unwrap();
        let fields: BTreeSet<&String> = envelope["properties"].as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 3, "{method} {path}");
        assert_eq!(envelope["required"].as_array().unwrap().len(), 3);
    }
}

#[test]
fn messages_hold_messages_and_may_be_null() {
    let document = http_api::openapi();
    let reply = &document["components"]["schemas"]["Message"]["properties"]["reply"];
    assert_eq!(reply["allOf"][0]["$ref"], "#/components/schemas/Message");
    assert_eq!(reply["nullable"], true);
    let draft = &document["components"]["schemas"]["SendMessage"];
    assert_eq!(draft["properties"]["channelId"]["type"], "integer");
    assert_eq!(
        draft["properties"]["textMessage"]["allOf"][0]["$ref"],
        "#/components/schemas/TextDraft"
    );
}

#[test]
fn an_upload_is_a_form_or_a_wish() {
    let document = http_api::openapi();
    let content = &document["paths"]["/api/upload"]["post"]["requestBody"]["content"];
    assert_eq!(
        content["multipart/form-data"]["schema"]["properties"]["file"]["format"],
        "binary"
    );
    assert_eq!(
        content["application/json"]["schema"]["$ref"],
        "#/components/schemas/Presign"
    );
    let data = &document["components"]["schemas"]["MediaMessageOrPresigned"];
    assert_eq!(data["oneOf"].as_array().map(Vec::len), Some(2));
}
