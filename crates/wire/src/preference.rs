//! Preferences on the wire.

use domain::preference::{self, PreferenceKey, PreferenceValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use service::preference::SetPreference;

use crate::command::{invalid, limit};
use crate::{Failure, Id, time};

/// Most preferences in one command.
const ITEMS_MAX: usize = 100;

/// A preference of the caller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Preference {
    /// Its name.
    pub key: String,
    /// Its value, any JSON; null once it was removed.
    pub value: Value,
    /// When it was chosen.
    pub updated_at: String,
}

impl From<&preference::Preference> for Preference {
    fn from(preference: &preference::Preference) -> Self {
        let value = preference.value.as_ref();
        Self {
            key: preference.key.as_str().to_owned(),
            value: value
                .and_then(|value| serde_json::from_str(value.as_json()).ok())
                .unwrap_or_default(),
            updated_at: time::text(preference.updated_at),
        }
    }
}

/// A page of the caller's preferences.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct ListPreferences {
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The key of the last row of the page before.
    pub cursor: Option<String>,
}

impl ListPreferences {
    /// Behind which key the page begins, and how long it may be.
    ///
    /// # Errors
    /// [`Failure`] with code 400 when the cursor is no key or the limit is below 1.
    pub fn page(&self) -> Result<(Option<PreferenceKey>, u32), Failure> {
        let after = self.cursor.as_deref().map(|key| PreferenceKey::parse("cursor", key));
        Ok((after.transpose().map_err(invalid)?, limit(self.limit)?))
    }
}

/// Preferences to set or to remove.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct SetPreferences {
    /// At most 100.
    pub items: Vec<PreferenceItem>,
}

/// A preference to set or to remove.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[cfg_attr(feature = "openapi", openapi(rename = "PreferenceDraft"))]
#[serde(rename_all = "camelCase")]
pub struct PreferenceItem {
    /// Its name: 1 to 64 letters, digits and `:._-`.
    pub key: String,
    /// Its value, any JSON of at most 8192 bytes; null removes it.
    pub value: Value,
    /// When the caller chose it; now when it is left out. What was chosen before the stored
    /// value changes nothing.
    pub updated_at: Option<String>,
}

impl TryFrom<SetPreferences> for Vec<SetPreference> {
    type Error = Failure;

    fn try_from(command: SetPreferences) -> Result<Self, Failure> {
        if command.items.len() > ITEMS_MAX {
            return Err(Failure::new(400, format!("items: must have at most {ITEMS_MAX} items")));
        }
        command.items.into_iter().enumerate().map(wish).collect()
    }
}

fn wish((position, item): (usize, PreferenceItem)) -> Result<SetPreference, Failure> {
    let field = |name: &str| format!("items[{position}].{name}");
    let value = match &item.value {
        Value::Null => None,
        value => Some(PreferenceValue::parse(field("value"), value.to_string()).map_err(invalid)?),
    };
    let updated_at = item.updated_at.as_deref();
    Ok(SetPreference {
        key: PreferenceKey::parse(field("key"), &item.key).map_err(invalid)?,
        value,
        updated_at: updated_at
            .map(|text| time::parse(&field("updatedAt"), text))
            .transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(items: Value) -> Result<Vec<SetPreference>, String> {
        let json = json!({ "items": items }).to_string();
        let command: SetPreferences = crate::decode(json.as_bytes()).map_err(|failure| failure.message)?;
        command.try_into().map_err(|failure: Failure| failure.message)
    }

    #[test]
    fn a_value_stays_as_it_is_and_null_removes() {
        let set = read(json!([
            {"key": "a", "value": {"b": [1, "😀", null]}, "updatedAt": "2026-01-31T09:15:30.123+01:00"},
            {"key": "b", "value": null},
        ]))
        .unwrap();
        assert_eq!(set[0].value.as_ref().unwrap().as_json(), r#"{"b":[1,"😀",null]}"#);
        assert_eq!(time::text(set[0].updated_at.unwrap()), "2026-01-31T08:15:30.123Z");
        assert!(set[1].value.is_none() && set[1].updated_at.is_none());
    }

    #[test]
    fn errors_name_the_item_and_its_field() {
        for (item, field) in [
            (json!({"key": "", "value": 1}), "items[1].key"),
            (json!({"key": "a"}), "items[1]: missing field `value`"),
            (json!({"key": "a", "value": "x".repeat(8191)}), "items[1].value"),
            (
                json!({"key": "a", "value": 1, "updatedAt": "yesterday"}),
                "items[1].updatedAt",
            ),
            (json!({"key": "a", "value": 1, "updatedAt": 7}), "items[1].updatedAt"),
        ] {
            let message = read(json!([{"key": "fine", "value": 1}, item])).unwrap_err();
            assert!(message.starts_with(field), "{message}");
        }
        let many = vec![json!({"key": "a", "value": 1}); 101];
        assert!(read(json!(many)).unwrap_err().starts_with("items: "));
        assert!(read(json!([{"key": "a", "value": "x".repeat(8190)}])).is_ok());
    }
}
