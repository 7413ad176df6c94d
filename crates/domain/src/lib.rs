//! What a chat is: entities, rules, errors, events, and the ports that the rules need.
//!
//! Nothing in here does I/O, knows a wire format, a database or an async runtime.
//! Adapters (`repository`, `broker`, `storage`) implement the ports; `service` calls them.

pub mod error;
pub mod event;
pub mod id;
pub mod invitation;
pub mod media;
pub mod member;
pub mod memo;
pub mod message;
pub mod page;
pub mod port;
pub mod preference;
pub mod room;
pub mod search;
pub mod session;
pub mod text;
pub mod time;
pub mod user;

pub use error::{Invalid, PortError};
pub use event::{Event, RemovalReason, RevocationReason};
pub use id::{MessageId, RoomId, SessionId, UserId};
pub use time::Timestamp;
