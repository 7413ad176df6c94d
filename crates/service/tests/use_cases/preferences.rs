//! Preferences: whose clock counts, and who hears of what.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::port::Spender;
use domain::preference::{Preference, PreferenceKey, PreferenceValue};
use domain::{Event, Timestamp};
use service::Error;
use service::limits::{Limit, Limits};
use service::preference::SetPreference;

use crate::world::World;

fn wish(value: &str, updated_at: Option<Timestamp>) -> SetPreference {
    SetPreference {
        key: PreferenceKey::from_stored("theme".into()),
        value: Some(PreferenceValue::from_stored(value.into())),
        updated_at,
    }
}

fn value(preference: &Preference) -> Option<&str> {
    preference.value.as_ref().map(PreferenceValue::as_json)
}

#[tokio::test]
async fn a_clock_that_runs_ahead_does_not_win_for_ever() {
    let world = World::new();
    let alice = world.person("alice").await;
    let set = async |wish| world.preferences.set(&alice, vec![wish]).await.expect("set").remove(0);
    let now = set(wish("1", None)).await.updated_at;
    let ahead = set(wish("2", Some(now.plus(Duration::from_secs(1000))))).await;
    assert_eq!((value(&ahead), ahead.updated_at), (Some("2"), now));
    world.pass(Duration::from_secs(5));
    assert_eq!(value(&set(wish("3", None)).await), Some("3"));
    assert_eq!(
        value(&set(wish("4", Some(now))).await),
        Some("3"),
        "chosen before what is stored"
    );
}

#[tokio::test]
async fn only_what_changed_is_told() {
    let world = World::new();
    let alice = world.person("alice").await;
    world.preferences.set(&alice, vec![wish("1", None)]).await.expect("set");
    world.heard();
    let late = wish("0", Some(Timestamp(7)));
    world.preferences.set(&alice, vec![late]).await.expect("answered");
    world.preferences.set(&alice, Vec::new()).await.expect("answered");
    assert!(world.heard().is_empty());
    world.pass(Duration::from_secs(1));
    world.preferences.set(&alice, vec![wish("2", None)]).await.expect("set");
    let heard = world.heard();
    let [event] = heard.as_slice() else { panic!("{heard:?}") };
    assert!(matches!(&**event, Event::PreferencesChanged { user_id, preferences }
        if *user_id == alice.user_id && value(&preferences[0]) == Some("2")));
}

/// Allows one change, and everything else.
#[derive(Default)]
struct OneChange(AtomicBool);

impl Limits for OneChange {
    fn take_times(&self, limit: Limit, _: Spender, _: NonZeroU32) -> service::Result<()> {
        if limit == Limit::Change && self.0.swap(true, Ordering::SeqCst) {
            let retry_after = Duration::from_secs(1);
            return Err(Error::TooManyRequests { retry_after });
        }
        Ok(())
    }

    fn tidy(&self) {}
}

#[tokio::test]
async fn setting_preferences_counts_as_a_change() {
    let world = World::limited_by(Box::new(OneChange::default()));
    let alice = world.person("alice").await;
    let nothing = world.preferences.set(&alice, Vec::new()).await;
    assert!(nothing.is_ok(), "{nothing:?}");
    // However many are set at once, as a client does after a while without a network.
    let first = world
        .preferences
        .set(&alice, vec![wish("1", None), wish("2", None)])
        .await;
    assert!(first.is_ok(), "{first:?}");
    let second = world.preferences.set(&alice, vec![wish("3", None)]).await;
    assert!(matches!(second, Err(Error::TooManyRequests { .. })), "{second:?}");
}
