//! What becomes of an event of another node: it is told now, or later, or read from the database.
//!
//! Publishers of this node wait while its connections are told more slowly than things happen;
//! those of other nodes know nothing of that. So nothing of theirs is queued then but what is
//! short and must not wait.

use std::time::Duration;

use domain::{Event, RoomId};

/// What was said longer ago than this is late: who is in a room is rather read from the database.
pub(super) const LATE: Duration = Duration::from_secs(4);

/// What becomes of an event.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is told at once.
    Told,
    /// The newest word of its kind is told once there is less to do.
    Later,
    /// The room is healed from the database up to that rev at least.
    Moved(RoomId, i64),
    /// The database is asked who is in which room.
    Memberships,
    /// It counts at its moment only.
    Dropped,
}

/// The fate of an event where listeners may be behind, and the event may be late.
pub(super) fn fate(event: &Event, is_behind: bool, is_late: bool) -> Fate {
    match event {
        Event::MessageStored(detail) | Event::MessageChanged(detail) if is_behind => {
            Fate::Moved(detail.message.room_id, detail.message.rev)
        }
        Event::Typing { .. } | Event::Presence { .. } if is_behind || is_late => Fate::Dropped,
        Event::Read { .. } | Event::UserChanged(_) if is_behind => Fate::Later,
        Event::MembersAdded { .. } if is_behind || is_late => Fate::Memberships,
        // To nobody but the one who is removed: that one must not hear on.
        Event::MemberRemoved { .. } if is_late => Fate::Memberships,
        _ => Fate::Told,
    }
}
