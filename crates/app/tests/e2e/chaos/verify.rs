//! After a round: what the server holds, what it acknowledged and what every device knows agree.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::json;

use super::deployment::Deployment;
use super::device::Device;
use super::faults::Fault;
use super::model::Model;
use super::round::{Cast, told};
use super::steps::Manner;
use super::view::{Seen, View, number};
use crate::support::{Ended, Person, on};

/// A room as the server gives it.
type History = BTreeMap<i64, Seen>;

/// Compares everything.
pub(super) async fn verify(all: &mut Deployment, cast: &Cast, model: &Model, devices: &[Device], fault: Fault) {
    let said = model.said();
    let mut stored = HashMap::new();
    for room in &cast.rooms {
        let history = history(all, &cast.creator, *room).await;
        holds_what_was_acknowledged(&history, *room, model);
        keeps_the_order_of_the_careful(&history, devices, model);
        marks_and_counts_agree(all, cast, *room, &history, model).await;
        stored.insert(*room, history);
    }
    let lost = said
        .iter()
        .filter(|(_, one)| one.stored.is_none() && one.author != cast.removed.id);
    assert_eq!(lost.count(), 0, "everything that was said was acknowledged in the end");
    for device in devices {
        knows_everything(device, cast, &stored);
        if fault.is_orderly() {
            assert!(
                device.ends.iter().all(|end| *end == orderly()),
                "{}: {:?}",
                device.name,
                device.ends
            );
        }
    }
    nothing_leaked(all, cast, devices, &stored[&cast.rooms[0]]).await;
    earlier_rounds_stand(all).await;
    for (room, history) in stored {
        let last = history.keys().last().copied().unwrap_or_default();
        all.earlier.push((cast.creator.clone(), room, last));
    }
}

fn orderly() -> Ended {
    Ended {
        kick: Some("shutdown".to_owned()),
        code: Some(1012),
    }
}

/// The whole room, page by page; the same on every node.
async fn history(all: &Deployment, reader: &Person, room: i64) -> History {
    let mut found: Option<History> = None;
    for node in &all.nodes {
        let reader = on(&node.server, reader);
        let mut history = History::new();
        loop {
            let after = history.keys().last().copied().unwrap_or_default();
            let path = format!("/api/room/messages?id={room}&afterSeq={after}&limit=100");
            let page = told(&reader, &path).await.data();
            let page = page.as_array().expect("messages");
            if page.is_empty() {
                break;
            }
            for message in page {
                let (seq, seen) = Seen::of(message);
                assert_eq!(
                    Some(seq - 1),
                    history.keys().last().copied().or(Some(0)),
                    "a hole before {message}"
                );
                history.insert(seq, seen);
            }
        }
        let last_rev = number(&told(&reader, &format!("/api/room?id={room}")).await.data()["lastRev"]);
        let revs: HashSet<_> = history.values().map(|one| one.rev).collect();
        assert_eq!(revs.len(), history.len(), "no two messages share a rev");
        assert_eq!(revs.iter().max(), Some(&last_rev));
        if let Some(found) = &found {
            assert!(*found == history, "the nodes do not agree about room {room}");
        }
        found = Some(history);
    }
    found.expect("a node")
}

fn holds_what_was_acknowledged(history: &History, room: i64, model: &Model) {
    let said = model.said();
    let mut keys = HashSet::new();
    for (seq, seen) in history.iter().filter(|(_, seen)| seen.notice.is_none()) {
        let key = seen.key.as_deref().unwrap_or_else(|| panic!("nobody said {seen:?}"));
        let one = said.get(key).unwrap_or_else(|| panic!("nobody said {seen:?}"));
        assert!(keys.insert(key), "{key} is stored twice");
        assert_eq!((one.room, Some(one.author)), (room, seen.author), "{key}");
        assert!(
            one.stored.is_none_or(|place| place == (seen.id, *seq)),
            "{key}: {one:?}, but {seen:?}"
        );
        assert_eq!(seen.is_recalled, one.is_recalled, "{key}");
        let expected = (!one.is_recalled).then_some(&one.text);
        assert_eq!(seen.text.as_ref(), expected, "{key}");
    }
    for (key, one) in said.iter().filter(|(_, one)| one.room == room && one.stored.is_some()) {
        assert!(
            keys.contains(key.as_str()),
            "{key} was acknowledged and is lost: {one:?}"
        );
    }
}

fn keeps_the_order_of_the_careful(history: &History, devices: &[Device], model: &Model) {
    let said = model.said();
    for device in devices.iter().filter(|device| device.manner == Manner::Careful) {
        let places: Vec<_> = history
            .values()
            .filter_map(|seen| {
                seen.key
                    .as_deref()?
                    .rsplit_once('.')
                    .filter(|(name, _)| *name == device.name)
                    .and(seen.key.as_ref())
            })
            .filter_map(|key| said[key].place)
            .collect();
        assert!(places.is_sorted(), "{}: {places:?}", device.name);
    }
}

/// Read marks lie where they were put, and all nodes count the same unread messages.
async fn marks_and_counts_agree(all: &Deployment, cast: &Cast, room: i64, history: &History, model: &Model) {
    let marks = model.read_marks();
    for person in cast.who_is_in(room) {
        for node in &all.nodes {
            let view = told(&on(&node.server, person), &format!("/api/room?id={room}"))
                .await
                .data();
            let mark = view["readSeq"][person.id.to_string()].as_i64().unwrap_or_default();
            let acknowledged = marks.get(&(room, person.id)).copied().unwrap_or_default();
            assert!(
                mark >= acknowledged,
                "{} has read {acknowledged}, the server says {mark}",
                person.name
            );
            let unread = history
                .iter()
                .filter(|(seq, seen)| **seq > mark && seen.author != Some(person.id))
                .filter(|(_, seen)| seen.notice.is_none() && !seen.is_recalled)
                .count();
            assert_eq!(
                view["unreadCount"],
                json!(unread),
                "{} in room {room}, read {mark}",
                person.name
            );
        }
    }
}

fn knows_everything(device: &Device, cast: &Cast, stored: &HashMap<i64, History>) {
    for (room, history) in stored {
        let is_out = device.is_removed && *room == cast.rooms[0];
        if is_out {
            assert!(
                device.gone.contains(room),
                "{} was not told that it lost the room",
                device.name
            );
            continue;
        }
        let empty = View::default();
        let view = device.rooms.get(room).unwrap_or(&empty);
        for (seq, seen) in history {
            assert_eq!(
                view.messages.get(seq),
                Some(seen),
                "{}, room {room}, seq {seq}",
                device.name
            );
        }
        assert_eq!(view.messages.len(), history.len(), "{}, room {room}", device.name);
    }
}

/// Who was removed was shown nothing of what came after, and is a stranger now.
async fn nothing_leaked(all: &Deployment, cast: &Cast, devices: &[Device], history: &History) {
    let (room, removed) = (cast.rooms[0], &cast.removed);
    let is_end = |seen: &&Seen| seen.notice == Some(("memberRemoved".to_owned(), Some(removed.id)));
    let end = history.values().find(is_end).expect("a notice of the removal");
    for device in devices.iter().filter(|device| device.is_removed) {
        let leaked: Vec<_> = device
            .shown
            .iter()
            .filter(|(of, rev)| *of == room && *rev > end.rev)
            .collect();
        assert!(
            leaked.is_empty(),
            "{} was removed at rev {}: {leaked:?}",
            device.name,
            end.rev
        );
    }
    for node in &all.nodes {
        let path = format!("/api/room/messages?id={room}");
        told(&on(&node.server, removed), &path).await.refused(404, 404);
    }
}

/// The last faults have taken nothing from the rounds before.
async fn earlier_rounds_stand(all: &Deployment) {
    for (creator, room, last) in all.earlier.iter().rev().step_by(7).take(3) {
        let creator = on(&all.nodes[0].server, creator);
        let view = told(&creator, &format!("/api/room?id={room}")).await.data();
        assert_eq!(view["lastSeq"], *last, "room {room} of an earlier round");
    }
}
