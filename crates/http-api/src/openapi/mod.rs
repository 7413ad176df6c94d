//! The documents of the API. They come from the handlers themselves: paths, parameters and
//! schemas are collected by paperclip, and `fix` mends what it cannot say.

mod answers;
mod errors;
mod fix;
mod rules;
pub(crate) mod schema;

use std::sync::OnceLock;

use actix_web::App;
use paperclip::actix::OpenApiExt;
use paperclip::v2::models::{DefaultApiRaw, Info, Tag};
use serde_json::Value;

use crate::routes;

const TITLE: &str = "Banter";
const DESCRIPTION: &str = "A self-hosted chat server. Every answer is the envelope \
    `{code, message, data}`; `code` 0 is success, and the HTTP status always agrees.";
const TAGS: &[(&str, &str)] = &[
    ("account", "Registering, signing in and out, profiles and devices"),
    ("friend", "Friends"),
    ("room", "Rooms and who is in them"),
    ("message", "Messages: sending, changing, reading and finding them"),
    ("media", "Files"),
    (
        "preference",
        "What a person's clients remember for them on every device",
    ),
];

/// The document as OpenAPI 3.0.
#[must_use]
pub fn openapi() -> Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| collect(Version::V3)).clone()
}

/// The document as OpenAPI 2.0, also known as Swagger.
#[must_use]
pub fn swagger() -> Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| collect(Version::V2)).clone()
}

/// Of OpenAPI.
#[derive(Clone, Copy)]
enum Version {
    V2,
    V3,
}

fn collect(version: Version) -> Value {
    let mut document = Value::Null;
    let app = App::new().wrap_api_with_spec(frame()).configure(routes::api);
    let take = |app, collected| {
        document = collected;
        app
    };
    let _: App<_> = match version {
        Version::V2 => app.with_raw_json_spec(take),
        Version::V3 => app.with_raw_json_spec_v3(take),
    }
    .build();
    match version {
        Version::V2 => fix::v2(&mut document),
        Version::V3 => fix::v3(&mut document),
    }
    document
}

fn frame() -> DefaultApiRaw {
    DefaultApiRaw {
        info: Info {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            title: TITLE.to_owned(),
            description: Some(DESCRIPTION.to_owned()),
            ..Default::default()
        },
        tags: TAGS
            .iter()
            .map(|(name, description)| Tag {
                name: (*name).to_owned(),
                description: Some((*description).to_owned()),
                external_docs: None,
            })
            .collect(),
        ..Default::default()
    }
}
