//! Preferences.

use domain::preference::{PREFERENCES_MAX, Preference, PreferenceKey, PreferenceValue, REMOVED_MAX};

use super::build::at;
use super::world::World;

fn key(key: &str) -> PreferenceKey {
    PreferenceKey::parse("key", key).unwrap()
}

pub(super) fn preference(name: &str, json: &str, millis: i64) -> Preference {
    Preference {
        key: key(name),
        value: Some(PreferenceValue::parse("value", json.to_owned()).unwrap()),
        updated_at: at(millis),
    }
}

fn removed(name: &str, millis: i64) -> Preference {
    Preference {
        value: None,
        ..preference(name, "0", millis)
    }
}

pub(super) async fn preferences_come_in_pages_by_rising_key(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let mut all: Vec<_> = ["B", "a", "a:1", "z", "Z", "pin"]
        .map(|name| preference(name, r#"{"text":"你好 😀 \\ \""}"#, 1))
        .to_vec();
    let set = world.preferences.set(a, &all).await.unwrap().unwrap();
    assert_eq!(set.now, all);
    world.preferences.set(a, &[removed("pin", 2)]).await.unwrap().unwrap();
    all.retain(|one| one.key != key("pin"));
    all.sort_by(|one, other| one.key.cmp(&other.key));
    let mut listed: Vec<Preference> = Vec::new();
    loop {
        let after = listed.last().map(|one| one.key.clone());
        let page = world.preferences.list(a, after.as_ref(), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page);
    }
    assert_eq!(listed, all);
    assert!(world.preferences.list(b, None, 9).await.unwrap().is_empty());
}

pub(super) async fn the_last_writer_of_a_preference_wins(world: &World) {
    let a = world.user("a").await;
    let set = async |asked: &[Preference]| world.preferences.set(a, asked).await.unwrap().unwrap();
    let (first, second) = (preference("k", "1", 10), preference("k", "2", 20));
    assert_eq!(
        set(std::slice::from_ref(&second)).await.changed,
        std::slice::from_ref(&second)
    );
    let late = set(&[first.clone(), preference("other", "[]", 1)]).await;
    assert_eq!(late.now, [second.clone(), preference("other", "[]", 1)]);
    assert_eq!(late.changed, [preference("other", "[]", 1)]);
    let again = set(std::slice::from_ref(&second)).await;
    assert!(again.changed.is_empty(), "the same once more is no change");
    let same_time = preference("k", "3", 20);
    assert_eq!(
        set(std::slice::from_ref(&same_time)).await.changed,
        std::slice::from_ref(&same_time)
    );
    let both = set(&[preference("k", "4", 30), first, preference("k", "5", 40)]).await;
    assert_eq!(both.now, vec![preference("k", "5", 40); 3]);
    assert_eq!(both.changed, [preference("k", "5", 40)]);
    assert_eq!(
        world.preferences.list(a, None, 9).await.unwrap(),
        [preference("k", "5", 40), preference("other", "[]", 1)]
    );
}

pub(super) async fn a_removed_preference_is_not_brought_back(world: &World) {
    let a = world.user("a").await;
    let set = async |one: Preference| world.preferences.set(a, &[one]).await.unwrap().unwrap();
    set(preference("k", "1", 10)).await;
    assert_eq!(set(removed("k", 20)).await.changed, [removed("k", 20)]);
    assert_eq!(set(preference("k", "2", 15)).await.now, [removed("k", 20)]);
    assert!(world.preferences.list(a, None, 9).await.unwrap().is_empty());
    assert_eq!(set(preference("k", "3", 25)).await.changed, [preference("k", "3", 25)]);
    // Removals are remembered, but not for ever.
    let many = i64::try_from(REMOVED_MAX).unwrap() + 10;
    let removals: Vec<_> = (0..many).map(|n| removed(&format!("draft:{n}"), 100 + n)).collect();
    for some in removals.chunks(100) {
        world.preferences.set(a, some).await.unwrap().unwrap();
    }
    let late = world
        .preferences
        .set(
            a,
            &[
                preference("draft:0", "1", 50),
                preference(&format!("draft:{}", many - 1), "1", 50),
            ],
        )
        .await
        .unwrap()
        .unwrap();
    assert_eq!(late.changed, [preference("draft:0", "1", 50)]);
}

pub(super) async fn one_preference_set_in_parallel_keeps_the_newest(world: &World) {
    let a = world.user("a").await;
    let setting: Vec<_> = (0..12)
        .map(|n| {
            let preferences = world.preferences.clone();
            let asked = [
                preference("k", &n.to_string(), n * 7 % 12),
                preference(&format!("own:{n}"), "1", n),
            ];
            tokio::spawn(async move { preferences.set(a, &asked).await.unwrap().unwrap() })
        })
        .collect();
    for one in setting {
        one.await.unwrap();
    }
    let listed = world.preferences.list(a, None, 99).await.unwrap();
    assert_eq!(listed.len(), 13);
    assert_eq!((listed[0].key.as_str(), listed[0].updated_at), ("k", at(11)));
}

pub(super) async fn nobody_has_more_preferences_than_the_limit(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let all: Vec<_> = (0..PREFERENCES_MAX)
        .map(|n| preference(&format!("k{n}"), "1", 1))
        .collect();
    for some in all.chunks(100) {
        world.preferences.set(a, some).await.unwrap().unwrap();
    }
    let (new, known) = (preference("new", "1", 2), preference("k1", "2", 2));
    assert_eq!(
        world.preferences.set(a, &[known.clone(), new.clone()]).await.unwrap(),
        None
    );
    let page = world.preferences.list(a, Some(&key("k0")), 1).await.unwrap();
    assert_eq!(page, [preference("k1", "1", 1)], "nothing of a refused request is kept");
    assert!(world.preferences.set(a, &[known]).await.unwrap().is_some());
    assert!(
        world
            .preferences
            .set(a, &[removed("k7", 2), new])
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        world
            .preferences
            .set(b, &[preference("new", "1", 2)])
            .await
            .unwrap()
            .is_some()
    );
}
