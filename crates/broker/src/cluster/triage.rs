//! Triage of what other nodes say: an event is told now, or deferred, or read from the database.
//!
//! Publishers of this node wait while its connections are told more slowly than things happen;
//! those of other nodes know nothing of that. So nothing of theirs is queued then but what is
//! short and must not wait.

use std::time::Duration;

use domain::{Event, RoomId};

/// What was said longer ago than this is late: who is in a room is rather read from the database.
pub(super) const LATE: Duration = Duration::from_secs(4);

/// What is done with an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Triage {
    /// It is told at once.
    Tell,
    /// The newest word of its kind is told once there is less to do.
    Defer,
    /// The room is healed from the database up to that rev at least.
    HealRoom(RoomId, i64),
    /// The database is asked who is in which room.
    HealMemberships,
    /// It counts at its moment only.
    Drop,
}

/// Where listeners may be behind, and the event may be late.
pub(super) fn triage(event: &Event, is_behind: bool, is_late: bool) -> Triage {
    match event {
        Event::MessageStored(detail) | Event::MessageChanged(detail) if is_behind => {
            Triage::HealRoom(detail.message.room_id, detail.message.rev)
        }
        Event::Typing { .. } | Event::Presence { .. } if is_behind || is_late => Triage::Drop,
        Event::Read { .. } | Event::UserChanged(_) if is_behind => Triage::Defer,
        Event::MembersAdded { .. } if is_behind || is_late => Triage::HealMemberships,
        // To nobody but the one who is removed: that one must not hear on.
        Event::MemberRemoved { .. } if is_late => Triage::HealMemberships,
        _ => Triage::Tell,
    }
}
