//! `chat`: the rules of the chat.

use domain::room::RoomName;
use serde::{Deserialize, Serialize};

use super::check::Faults;
use super::units::Span;

/// The rules of the chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    /// Name of the room that everybody who registers joins.
    pub lobby: String,
    /// For how long an author may edit a message; `0s`: no limit.
    pub edit_window: Span,
    /// For how long an author may take a message back; `0s`: no limit.
    pub recall_window: Span,
}

impl Default for Chat {
    fn default() -> Self {
        Self {
            lobby: "General".to_owned(),
            edit_window: Span::default(),
            recall_window: Span::default(),
        }
    }
}

impl Chat {
    pub(super) fn check(&self, faults: &mut Faults) {
        if let Err(invalid) = RoomName::parse(&self.lobby) {
            faults.add("chat.lobby", invalid.problem);
        }
    }
}
