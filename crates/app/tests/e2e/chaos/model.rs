//! What was said and done, and what the server answered to it: the truth that everything else is
//! compared with.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::view::number;

/// A message that somebody means to say.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) author: i64,
    pub(super) room: i64,
    /// Its place among the author's own, where they are said one after the other.
    pub(super) place: Option<usize>,
    /// What it says, with its last acknowledged edit.
    pub(super) text: String,
    /// Where the server says that it stands: id and seq.
    pub(super) stored: Option<(i64, i64)>,
    pub(super) is_recalled: bool,
}

/// What all devices of a round share.
pub(super) struct Model {
    /// Where nodes listen that are up.
    addresses: Mutex<Vec<Option<(String, String)>>>,
    said: Mutex<HashMap<String, Said>>,
    read: Mutex<HashMap<(i64, i64), i64>>,
    acknowledged: watch::Sender<usize>,
    doing: Mutex<BTreeMap<String, String>>,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            addresses: Mutex::default(),
            said: Mutex::default(),
            read: Mutex::default(),
            acknowledged: watch::channel(0).0,
            doing: Mutex::default(),
        }
    }

    /// Where each node is reached, by HTTP and by socket; nothing for one that is down.
    pub(super) fn set_addresses(&self, addresses: Vec<Option<(String, String)>>) {
        *lock(&self.addresses) = addresses;
    }

    pub(super) fn addresses(&self) -> Vec<(String, String)> {
        lock(&self.addresses).iter().flatten().cloned().collect()
    }

    /// Notes what a device is doing, for those who ask why it is not done.
    pub(super) fn note(&self, device: &str, doing: impl std::fmt::Debug) {
        lock(&self.doing).insert(device.to_owned(), format!("{doing:?}"));
    }

    /// What each device did last.
    pub(super) fn doing(&self) -> BTreeMap<String, String> {
        lock(&self.doing).clone()
    }

    /// Somebody begins to say this.
    pub(super) fn begin(&self, key: &str, said: Said) {
        lock(&self.said).entry(key.to_owned()).or_insert(said);
    }

    pub(super) fn said(&self) -> HashMap<String, Said> {
        lock(&self.said).clone()
    }

    /// Keys that this author has begun with, in a fixed order.
    pub(super) fn keys_of(&self, author: i64) -> Vec<String> {
        let said = lock(&self.said);
        let mut keys: Vec<_> = said
            .iter()
            .filter(|(_, one)| one.author == author)
            .map(|(key, _)| key.clone())
            .collect();
        keys.sort();
        keys
    }

    /// The server has answered that a message is stored: always in the same place.
    pub(super) fn acknowledge(&self, key: &str, answer: &serde_json::Value) {
        let place = (number(&answer["id"]), number(&answer["seq"]));
        let mut said = lock(&self.said);
        let one = said.get_mut(key).expect("something that was said");
        assert_eq!(answer["userId"], one.author, "{key}");
        assert_eq!(answer["roomId"], one.room, "{key}");
        match one.stored {
            None => one.stored = Some(place),
            Some(known) => assert_eq!(known, place, "{key} was answered with two places"),
        }
        drop(said);
        self.acknowledged.send_modify(|count| *count += 1);
    }

    /// The server has answered that a message was changed.
    pub(super) fn changed(&self, key: &str, change: impl FnOnce(&mut Said)) {
        change(lock(&self.said).get_mut(key).expect("something that was said"));
        self.acknowledged.send_modify(|count| *count += 1);
    }

    /// The server has answered that somebody has read up to there.
    pub(super) fn read(&self, room: i64, user: i64, seq: i64) {
        let mut read = lock(&self.read);
        let mark = read.entry((room, user)).or_default();
        *mark = seq.max(*mark);
    }

    pub(super) fn read_marks(&self) -> HashMap<(i64, i64), i64> {
        lock(&self.read).clone()
    }

    /// Waits until that many things were acknowledged.
    pub(super) async fn acknowledged(&self, count: usize) {
        let mut told = self.acknowledged.subscribe();
        told.wait_for(|done| *done >= count)
            .await
            .expect("it lives as long as the round");
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
