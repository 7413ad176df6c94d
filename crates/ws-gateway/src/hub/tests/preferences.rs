//! Tests of preferences on their way to the devices of one person.

use domain::preference::{Preference, PreferenceKey, PreferenceValue};

use super::*;

#[test]
fn preferences_go_to_all_devices_of_their_person_one_by_one() {
    let scene = Scene::new();
    let preference = |key: &str, value: Option<&str>| Preference {
        key: PreferenceKey::from_stored(key.to_owned()),
        value: value.map(|json| PreferenceValue::from_stored(json.to_owned())),
        updated_at: Timestamp(0),
    };
    let event = || Event::PreferencesChanged {
        user_id: ALICE,
        preferences: vec![
            preference("theme", Some(r#"{"dark":true}"#)),
            preference("draft:1", None),
        ],
    };
    scene.tell(event());
    let both = || vec!["onPreference".to_owned(); 2];
    assert_eq!(
        scene.told(),
        BTreeMap::from([("alice", both()), ("alice's phone", both())])
    );
    scene.tell(event());
    let bodies: Vec<Value> = pushes(scene.outbox("alice")).into_iter().map(|push| push.1).collect();
    let at = "1970-01-01T00:00:00.000Z";
    let set = json!({"key": "theme", "value": {"dark": true}, "updatedAt": at});
    assert_eq!(bodies, [set, json!({"key": "draft:1", "value": null, "updatedAt": at})]);
}
