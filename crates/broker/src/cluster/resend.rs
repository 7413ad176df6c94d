//! The resend buffer: what is kept for the others while Redis is gone, or too slow for the queue.
//!
//! Messages, memberships and ended sessions the others read from the database meanwhile. What is
//! left are changes whose last word counts, whenever it comes.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use domain::Event;

use super::codec::Saying;

/// Most sayings that are kept; of more the oldest are dropped.
const KEPT_MAX: usize = 4096;
/// Others need so long to be back too: whoever is not would miss what is said at once.
const OTHERS_RETURN: Duration = Duration::from_secs(4);

#[derive(Default)]
pub(super) struct ResendBuffer {
    sayings: VecDeque<Saying>,
    due: Option<Instant>,
}

impl ResendBuffer {
    /// Keeps a saying, if it is worth it; how many were dropped for it.
    pub(super) fn keep(&mut self, saying: Saying) -> usize {
        if !is_worth_keeping(&saying) {
            return 1;
        }
        let is_full = self.sayings.len() >= KEPT_MAX;
        if is_full {
            self.sayings.pop_front();
        }
        self.sayings.push_back(saying);
        usize::from(is_full)
    }

    /// Keeps what was said before all that is kept, as far as it is worth it; how many were dropped.
    pub(super) fn keep_before(&mut self, sayings: impl DoubleEndedIterator<Item = Saying>) -> usize {
        let mut dropped = 0;
        for saying in sayings.rev() {
            if is_worth_keeping(&saying) && self.sayings.len() < KEPT_MAX {
                self.sayings.push_front(saying);
            } else {
                dropped += 1;
            }
        }
        dropped
    }

    /// Whether a saying has to wait for older ones that were kept.
    pub(super) fn must_follow(&self, saying: &Saying) -> bool {
        !self.sayings.is_empty() && is_worth_keeping(saying)
    }

    /// The connection is back.
    pub(super) fn connected(&mut self, now: Instant) {
        self.due = Some(now + OTHERS_RETURN);
    }

    /// All that was kept, the oldest first, once it is time to say it.
    pub(super) fn take_due(&mut self, now: Instant) -> VecDeque<Saying> {
        if self.due.is_some_and(|due| now >= due) {
            std::mem::take(&mut self.sayings)
        } else {
            VecDeque::new()
        }
    }
}

fn is_worth_keeping(saying: &Saying) -> bool {
    let Saying::Event(event) = saying else {
        return false;
    };
    match &**event {
        Event::Read { .. }
        | Event::RoomChanged { .. }
        | Event::UserChanged(_)
        | Event::FriendAdded { .. }
        | Event::FriendRemoved { .. }
        | Event::PreferencesChanged { .. } => true,
        // The database tells them, and a late word on who is in a room could undo a newer one.
        Event::MessageStored(_)
        | Event::MessageChanged(_)
        | Event::MembersAdded { .. }
        | Event::MemberRemoved { .. }
        | Event::RoomDeleted { .. }
        | Event::SessionsRevoked { .. }
        | Event::Typing { .. }
        | Event::Presence { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use domain::{RoomId, UserId};

    use super::*;

    #[test]
    fn the_newest_of_what_counts_late_is_kept_in_order() {
        let read = |seq| {
            Saying::Event(Box::new(Event::Read {
                room_id: RoomId(1),
                user_id: UserId(1),
                read_seq: seq,
            }))
        };
        let mut buffer = ResendBuffer::default();
        let typing = Event::Typing {
            room_id: RoomId(1),
            user_id: UserId(1),
            on: true,
        };
        assert_eq!(buffer.keep(Saying::Event(Box::new(typing))), 1);
        assert_eq!(buffer.keep(Saying::Hello), 1);
        let dropped: usize = (0..5000).map(|seq| buffer.keep(read(seq))).sum();
        assert_eq!(dropped, 5000 - KEPT_MAX);
        assert!(buffer.must_follow(&read(5000)) && !buffer.must_follow(&Saying::Hello));
        let now = Instant::now();
        buffer.connected(now);
        assert!(buffer.take_due(now).is_empty(), "the others are not back yet");
        let later = now + OTHERS_RETURN;
        let seqs: Vec<i64> = buffer
            .take_due(later)
            .into_iter()
            .filter_map(|saying| match saying {
                Saying::Event(event) => match *event {
                    Event::Read { read_seq, .. } => Some(read_seq),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        assert_eq!(seqs, (904..5000).collect::<Vec<_>>());
        assert!(buffer.take_due(later).is_empty() && !buffer.must_follow(&read(5000)));
    }
}
