//! Bounds and words of single fields, for the document. The rules themselves stand in `domain`;
//! here they are only told.

use domain::invitation::{LIFETIME, USES_MAX};
use domain::media::{PEAK_MAX, PEAKS_MAX};
use domain::preference::KEY_MAX;
use domain::room::ROOM_NAME_MAX;
use domain::search::{Has, QUERY_MAX};
use domain::user::{EMAIL_MAX, USER_NAME_MAX};
use serde_json::{Value, json};

/// Fields that an answer leaves out when there is nothing to say.
const MAY_MISS: &[(&str, &[&str])] = &[(
    "MediaMessage",
    &["width", "height", "duration", "thumbnail", "text", "peaks"],
)];

/// True for a field that may be missing in an answer.
pub(crate) fn may_miss(schema: &str, field: &str) -> bool {
    MAY_MISS
        .iter()
        .any(|(name, fields)| *name == schema && fields.contains(&field))
}

/// Adds the bounds of the properties of a schema.
pub(crate) fn constrain(schema: &str, value: &mut Value) {
    let Some(properties) = value.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (field, property) in properties {
        if is_any_json(schema, field)
            && let Some(property) = property.as_object_mut()
        {
            property.remove("type");
        }
        if let Some(bounds) = bounds(schema, field) {
            merge(property, &bounds);
        }
    }
}

/// True for a field that holds whatever its sender likes; without a type a schema says so.
fn is_any_json(schema: &str, field: &str) -> bool {
    matches!((schema, field), ("Preference" | "PreferenceDraft", "value"))
}

/// Adds the bounds of a query parameter.
pub(crate) fn constrain_parameter(name: &str, schema: &mut Value) {
    let bounds = match name {
        "limit" => json!({ "minimum": 1, "default": domain::page::DEFAULT_LIMIT }),
        // The cursor of preferences is a key.
        "cursor" if schema["type"] == "string" => preference_key(),
        "beforeSeq" | "afterSeq" | "aroundSeq" | "cursor" | "start" => json!({ "minimum": 0 }),
        "emoji" => json!({ "minLength": 1 }),
        "from" => json!({ "minimum": 1 }),
        "has" => json!({ "enum": Has::ALL.map(Has::as_str) }),
        "q" => json!({ "maxLength": QUERY_MAX }),
        _ => return,
    };
    merge(schema, &bounds);
}

fn bounds(schema: &str, field: &str) -> Option<Value> {
    let is_request = matches!(
        schema,
        "Register" | "UpdateProfile" | "CreateRoom" | "UpdateRoom" | "SendMessage" | "ChangePassword"
    );
    Some(match (schema, field) {
        ("Register" | "UpdateProfile", "email") => json!({ "format": "email", "maxLength": EMAIL_MAX }),
        ("Register", "password") | ("ChangePassword", "newPassword") => {
            // The lower bound counts bytes, which a schema cannot.
            json!({ "format": "password", "maxLength": 72 })
        }
        ("Login", "password") | ("ChangePassword", "oldPassword") => json!({ "format": "password" }),
        ("Register" | "UpdateProfile", "userName") => json!({ "minLength": 1, "maxLength": USER_NAME_MAX }),
        ("CreateRoom" | "UpdateRoom", "name") => json!({ "minLength": 1, "maxLength": ROOM_NAME_MAX }),
        ("TextDraft", "text") => json!({ "minLength": 1, "maxLength": domain::message::TEXT_MAX }),
        ("MediaDraft" | "MediaMessage", "peaks") => json!({
            "maxItems": PEAKS_MAX,
            "items": { "type": "integer", "minimum": 0, "maximum": PEAK_MAX }
        }),
        ("SendMessage", "clientMsgId") => json!({ "minLength": 1, "maxLength": 64 }),
        ("SendMessage", "contentType") => json!({ "enum": ["TEXT_MESSAGE", "MEDIA_MESSAGE", "RECALL_MESSAGE"] }),
        ("Message" | "SearchHit", "contentType") => {
            json!({ "enum": ["TEXT_MESSAGE", "MEDIA_MESSAGE", "RECALL_MESSAGE", "SYSTEM_MESSAGE"] })
        }
        ("Presign", "fileExt") => json!({ "pattern": "^\\.?[A-Za-z0-9]{1,8}$" }),
        ("Presign", "uploadScene") => json!({ "enum": ["message"] }),
        ("Preference" | "PreferenceDraft", "key") => preference_key(),
        ("SetPreferences", "items") => json!({ "maxItems": 100 }),
        ("CreateInvitation", "maxUses") => json!({ "minimum": 0, "maximum": USES_MAX }),
        ("CreateInvitation", "expiresIn") => json!({ "minimum": LIFETIME.start(), "maximum": LIFETIME.end() }),
        ("React", "emoji") => json!({ "minLength": 1 }),
        ("Read", "seq") => json!({ "minimum": 0 }),
        ("Room", "channelType") => json!({ "enum": ["PRIVATE", "PUBLIC"] }),
        ("MediaMessage", "kind") => json!({ "enum": ["image", "gif", "audio", "video", "file"] }),
        ("Member", "role") => json!({ "enum": ["creator", "admin", "member"] }),
        (_, "joinPolicy") => json!({ "enum": ["open", "invite"] }),
        (_, "permission") => json!({ "enum": ["user", "admin"] }),
        (_, "limit") => json!({ "minimum": 1 }),
        (_, field) if field.ends_with("At") && !is_request => json!({ "format": "date-time" }),
        _ => return None,
    })
}

fn preference_key() -> Value {
    json!({ "minLength": 1, "maxLength": KEY_MAX, "pattern": "^[A-Za-z0-9:._-]+$" })
}

fn merge(target: &mut Value, bounds: &Value) {
    if let (Some(target), Some(bounds)) = (target.as_object_mut(), bounds.as_object()) {
        target.extend(bounds.clone());
    }
}
