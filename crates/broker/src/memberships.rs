//! What this node has told of who is in which room, so that an older word never undoes a newer one.
//!
//! Words on one membership come from several nodes, from the database, and from parts of one node
//! that do not wait for each other, in any order. Each carries the rev of its room at that moment:
//! the one with the higher rev counts. A removal always takes a rev of its own, while somebody may
//! come in again without one: so of two words with the same rev the one that somebody is a member
//! is the newer one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::message::{Content, NoticeKind};
use domain::port::{MembershipChange, MembershipKind};
use domain::{Event, RoomId, UserId};

/// For how long it is remembered what was told: longer than whoever heals looks back, and than
/// anything that another node says may be under way.
pub(crate) const MEMORY: Duration = Duration::from_secs(120);

/// With fewer words than that nobody looks which of them are old.
const FEW: usize = 1024;

/// What was told.
#[derive(Default)]
pub(crate) struct Memberships {
    told: HashMap<(RoomId, UserId), Told>,
    deleted: HashMap<RoomId, Instant>,
    /// How many of them were left when the old ones were forgotten last.
    left: usize,
}

struct Told {
    rev: i64,
    is_member: bool,
    at: Instant,
}

impl Memberships {
    /// What of an event is news; all of it when it is about something else.
    pub(crate) fn take(&mut self, event: Arc<Event>, now: Instant) -> Option<Arc<Event>> {
        match &*event {
            Event::MembersAdded { room_id, rev, people } => {
                let mut news = people.clone();
                news.retain(|person| self.is_news(*room_id, *rev, person.user.id, true, now));
                if news.len() == people.len() {
                    return Some(event);
                }
                (!news.is_empty()).then(|| {
                    Arc::new(Event::MembersAdded {
                        room_id: *room_id,
                        rev: *rev,
                        people: news,
                    })
                })
            }
            Event::MemberRemoved {
                room_id, rev, user_id, ..
            } => self.is_news(*room_id, *rev, *user_id, false, now).then_some(event),
            Event::RoomDeleted { room_id } => {
                self.forget_in_bulk(now);
                self.deleted.insert(*room_id, now);
                Some(event)
            }
            _ => Some(event),
        }
    }

    /// The events with each removal before the notice of it, should nobody have told it: whoever
    /// was removed does not read so in the room.
    pub(crate) fn before(&mut self, events: Vec<Arc<Event>>, now: Instant) -> Vec<Arc<Event>> {
        if !events.iter().any(|event| removal(event).is_some()) {
            return events;
        }
        let mut told = Vec::with_capacity(events.len() + 1);
        for event in events {
            told.extend(removal(&event).and_then(|removal| self.take(Arc::new(removal), now)));
            told.push(event);
        }
        told
    }

    /// Whether that change, or a newer one of the same membership, was told.
    pub(crate) fn knows(&self, change: &MembershipChange) -> bool {
        let (user, is_member) = match change.kind {
            MembershipKind::Joined(user) => (user, true),
            MembershipKind::Ended(user, _) => (user, false),
            MembershipKind::RoomDeleted => return self.deleted.contains_key(&change.room_id),
        };
        let told = self.told.get(&(change.room_id, user));
        self.deleted.contains_key(&change.room_id) || told.is_some_and(|told| told.covers(change.rev, is_member))
    }

    /// Forgets what was told long ago.
    pub(crate) fn forget(&mut self, now: Instant) {
        self.told.retain(|_, told| now.duration_since(told.at) < MEMORY);
        self.deleted.retain(|_, at| now.duration_since(*at) < MEMORY);
        self.left = self.len();
    }

    /// Forgets what was told long ago once there is twice as much as the last time, so that each
    /// word pays for the look at one other.
    fn forget_in_bulk(&mut self, now: Instant) {
        if self.len() >= 2 * self.left.max(FEW) {
            self.forget(now);
        }
    }

    fn len(&self) -> usize {
        self.told.len() + self.deleted.len()
    }

    /// Remembers a word if it is newer than what was told.
    fn is_news(&mut self, room: RoomId, rev: i64, user: UserId, is_member: bool, at: Instant) -> bool {
        let known = self.told.get(&(room, user));
        if self.deleted.contains_key(&room) || known.is_some_and(|told| told.covers(rev, is_member)) {
            return false;
        }
        let rev = known.map_or(rev, |told| told.rev.max(rev));
        self.forget_in_bulk(at);
        self.told.insert((room, user), Told { rev, is_member, at });
        true
    }
}

impl Told {
    fn covers(&self, rev: i64, is_member: bool) -> bool {
        // A node of a version that gives no rev; somebody must not hear on because of that.
        let has_no_rev = rev == 0 && !is_member;
        if has_no_rev {
            return !self.is_member;
        }
        (self.rev, self.is_member) >= (rev, is_member)
    }
}

/// The end of a membership that a notice tells of.
fn removal(event: &Event) -> Option<Event> {
    let (Event::MessageStored(detail) | Event::MessageChanged(detail)) = event else {
        return None;
    };
    let Content::Notice(notice) = &detail.message.content else {
        return None;
    };
    if !matches!(notice.kind, NoticeKind::MemberLeft | NoticeKind::MemberRemoved) {
        return None;
    }
    Some(Event::MemberRemoved {
        room_id: detail.message.room_id,
        rev: detail.message.rev,
        user_id: notice.subject?,
        reason: notice.kind.removal_reason(),
    })
}

#[cfg(test)]
#[path = "memberships_tests.rs"]
pub(crate) mod tests;
