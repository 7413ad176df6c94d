//! The JSON that both edges share: objects, commands, the envelope and the table of codes.
//!
//! HTTP and WebSocket answer with the same objects and the same codes because both take them
//! from here. Times are RFC 3339 in UTC with milliseconds, ids are numbers, names are camelCase.

pub mod code;
pub mod command;
pub mod decode;
pub mod envelope;
mod fields;
pub mod id;
pub mod invitation;
pub mod message;
#[cfg(feature = "openapi")]
mod openapi;
pub mod preference;
pub mod push;
pub mod room;
pub mod search;
pub mod session;
pub mod sync;
pub mod time;
pub mod user;

pub use code::{CODES, CodeRow, Failure};
pub use decode::decode;
pub use envelope::{Empty, Envelope, Hint};
pub use id::Id;
pub use message::Message;
pub use room::Room;
pub use user::{Profile, User};
