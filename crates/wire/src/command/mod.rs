//! Commands: what clients send, the same on both edges where both have it.

mod history;
mod message;
mod page;
mod room;
mod user;

pub use history::{History, Read};
pub use message::{EditMessage, MediaMessage, React, ReadMessage, RecallMessage, SendMessage, Sending, TextMessage};
pub use page::{Page, after, limit};
pub use room::{CreateRoom, FindOpenRooms, UpdateRoom};
pub use user::{FindUsers, UpdateProfile};

use domain::Invalid;

use crate::Failure;

/// A broken rule as a failure.
#[must_use]
pub fn invalid(invalid: Invalid) -> Failure {
    Failure::new(400, invalid.to_string())
}
