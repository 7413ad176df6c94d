//! Memberships that changed on other nodes.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant};

use domain::port::{MembershipChange, MembershipKind};
use domain::{Event, RoomId, UserId};

use super::Healing;
use crate::Result;

/// Changes that are read at once.
const PAGE: u32 = 1000;
/// A transaction may take this long from getting a change's id to its commit: for so long a
/// change with a lower id may turn up after one with a higher id.
const COMMIT_TIME: Duration = Duration::from_secs(15);

/// How far the changes were read.
pub(super) struct Memberships {
    /// Newest id that was seen, and when. The first one is where reading begins.
    marks: VecDeque<(Instant, i64)>,
}

impl Memberships {
    pub(super) fn after(id: i64, now: Instant) -> Self {
        Self {
            marks: VecDeque::from([(now, id)]),
        }
    }

    /// Tells what has become of each membership that changed, unless it was told.
    pub(super) async fn tell(&mut self, parts: &Healing) -> Result<()> {
        let now = Instant::now();
        let mut newest = self.marks.front().map_or(0, |(_, id)| *id);
        let mut latest: HashMap<(RoomId, Option<UserId>), MembershipChange> = HashMap::new();
        loop {
            let page = parts.news.memberships(newest, PAGE).await?;
            newest = page.last().map_or(newest, |change| change.id);
            let is_last = page.len() < PAGE as usize;
            for change in page {
                latest.insert((change.room_id, person(change.kind)), change);
            }
            if is_last {
                break;
            }
        }
        let unknown: BTreeMap<i64, MembershipChange> = latest
            .into_values()
            .filter(|change| !parts.feed.knows(change))
            .map(|change| (change.id, change))
            .collect();
        for change in unknown.into_values() {
            match event(parts, change).await {
                Ok(event) => event.into_iter().for_each(|event| parts.feed.tell(event)),
                // It is looked at again until reading begins after it.
                Err(error) => tracing::warn!(room = %change.room_id, %error, "could not read who has joined a room"),
            }
        }
        self.seen(newest, now);
        Ok(())
    }

    fn seen(&mut self, newest: i64, now: Instant) {
        self.marks.push_back((now, newest));
        while let Some((at, _)) = self.marks.get(1)
            && now.duration_since(*at) >= COMMIT_TIME
        {
            self.marks.pop_front();
        }
    }
}

fn person(kind: MembershipKind) -> Option<UserId> {
    match kind {
        MembershipKind::Joined(user) | MembershipKind::Ended(user, _) => Some(user),
        MembershipKind::RoomDeleted => None,
    }
}

async fn event(parts: &Healing, change: MembershipChange) -> Result<Option<Event>> {
    let (room_id, rev) = (change.room_id, change.rev);
    Ok(match change.kind {
        MembershipKind::Joined(user) => {
            let people = parts.people.in_order(&[user]).await?;
            (!people.is_empty()).then_some(Event::MembersAdded { room_id, rev, people })
        }
        MembershipKind::Ended(user_id, reason) => Some(Event::MemberRemoved {
            room_id,
            rev,
            user_id,
            reason,
        }),
        MembershipKind::RoomDeleted => Some(Event::RoomDeleted { room_id }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_begins_where_no_change_can_turn_up_any_more() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut memberships = Memberships::after(10, at(0));
        let mut first = |seconds, newest| {
            memberships.seen(newest, at(seconds));
            memberships.marks.front().map(|(_, id)| *id)
        };
        assert_eq!(first(1, 20), Some(10));
        assert_eq!(first(15, 30), Some(10));
        assert_eq!(first(16, 30), Some(20));
        assert_eq!(first(60, 40), Some(30));
    }
}
