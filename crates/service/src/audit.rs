//! Who used power over others: lines of the log under the name `audit`, which are written whatever
//! its level is. They hold ids and no words.

use std::fmt::Display;

use domain::{RoomId, UserId};

/// Notes that somebody did that to `subject`, perhaps in a room.
pub(crate) fn note(actor: UserId, action: &'static str, room: Option<RoomId>, subject: impl Display) {
    let room = room.map(|room| room.0);
    tracing::info!(target: "audit", %actor, action, room, %subject, "audit");
}
