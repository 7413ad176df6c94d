//! What nodes say to each other, as JSON.
//!
//! The types mirror the domain's, which know no serde. Nodes of different versions meet during a
//! rolling update: fields that are unknown are ignored, and so is a whole kind.

mod event;
mod message;
mod person;
mod preference;
mod reason;

use domain::port::{SignInTry, Spending};
use domain::{Event, RoomId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use event::Body;

/// Frames of another version cannot be read.
const VERSION: u8 = 1;
/// Above this a message is not sent itself: receivers read it from the database.
const MESSAGE_BYTES_MAX: usize = 256 * 1024;

/// What a node says.
#[derive(Debug, Clone)]
pub(crate) enum Saying {
    /// Something happened.
    Event(Box<Event>),
    /// A room stands at this rev now; what happened is in the database.
    Moved(RoomId, i64),
    /// It is alive; so many people are connected to it, with this digest.
    Alive {
        /// When it said so, by its own clock.
        at: Timestamp,
        /// How many people are connected to it.
        people: u64,
        /// Tells one set of people from another.
        digest: u64,
    },
    /// Somebody has come to it or gone from it.
    Presence {
        /// Who.
        user: UserId,
        /// Come or gone.
        online: bool,
        /// When.
        at: Timestamp,
    },
    /// All the people who are connected to it.
    People {
        /// The node that has asked; every node where that is not known.
        to: Option<u64>,
        /// Them.
        users: Vec<UserId>,
    },
    /// That node, or every node, shall say who is connected to it.
    WhoIsThere(Option<u64>),
    /// Somebody tries to sign in there.
    SignIn(SignInTry),
    /// Somebody used a limit there.
    Spent(Spending),
    /// It can be heard again, or for the first time.
    Hello,
    /// It ends.
    Bye,
}

impl Saying {
    /// Whether it tells who is in a room: old words on that are worse than none.
    pub(super) fn is_of_memberships(&self) -> bool {
        let Self::Event(event) = self else { return false };
        matches!(**event, Event::MembersAdded { .. } | Event::MemberRemoved { .. })
    }
}

/// A frame that could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It is no frame of this version.
    #[error("a frame of another node cannot be read: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Its version is another one.
    #[error("another node speaks version {0}")]
    Version(u8),
    /// It is of a kind that this version does not know.
    #[error("another node said something of an unknown kind")]
    Unknown,
}

#[derive(Serialize, Deserialize)]
struct Frame {
    v: u8,
    n: u64,
    b: Body,
}

#[derive(Deserialize)]
struct Version {
    v: u8,
}

/// The bytes of what a node says.
pub(crate) fn encode(node: u64, saying: &Saying) -> Result<Vec<u8>, serde_json::Error> {
    let bytes = serde_json::to_vec(&frame(node, saying))?;
    if bytes.len() > MESSAGE_BYTES_MAX
        && let Saying::Event(event) = saying
        && let Event::MessageStored(detail) | Event::MessageChanged(detail) = &**event
    {
        let moved = Saying::Moved(detail.message.room_id, detail.message.rev);
        return serde_json::to_vec(&frame(node, &moved));
    }
    Ok(bytes)
}

fn frame(node: u64, saying: &Saying) -> Frame {
    Frame {
        v: VERSION,
        n: node,
        b: saying.into(),
    }
}

/// Who said it, and what.
pub(crate) fn decode(bytes: &[u8]) -> Result<(u64, Saying), Unreadable> {
    let frame = match serde_json::from_slice::<Frame>(bytes) {
        Ok(frame) if frame.v == VERSION => frame,
        Ok(frame) => return Err(Unreadable::Version(frame.v)),
        Err(error) => match serde_json::from_slice::<Version>(bytes) {
            Ok(Version { v }) if v != VERSION => return Err(Unreadable::Version(v)),
            _ => return Err(error.into()),
        },
    };
    let saying = frame.b.saying().ok_or(Unreadable::Unknown)?;
    Ok((frame.n, saying))
}

#[cfg(test)]
mod tests;
