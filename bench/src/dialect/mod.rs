//! What the two servers are told and what they answer, behind one trait.

mod banter;
mod socket_io;

use anyhow::Result;

pub(crate) use banter::Banter;
pub(crate) use socket_io::SocketIo;

use crate::frame::Opcode;

/// A place to connect from: whose it is and which room it speaks in.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    /// Signs the connection in.
    pub(crate) token: String,
    /// The room's id.
    pub(crate) room: i64,
    /// Banter alone: enter the room by `room.join`. Else being signed in is enough, because who is
    /// a member hears the room.
    pub(crate) join: bool,
}

/// How far a connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The server has not greeted yet.
    Greeting,
    /// Signed in, or about to be; the room is not confirmed yet.
    Entering,
    /// It hears the room.
    Ready,
}

/// What came with the bytes of one read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Messages of the room.
    pub(crate) deliveries: u32,
    /// Answers to requests.
    pub(crate) answers: u32,
}

/// One connection's side of the talk while a message is read.
pub(crate) struct Listener<'a> {
    /// How far it has come.
    pub(crate) stage: &'a mut Stage,
    /// Whose it is.
    pub(crate) seat: &'a Seat,
    /// What was heard so far.
    pub(crate) heard: &'a mut Heard,
    /// Messages to say in return.
    pub(crate) replies: &'a mut Vec<Vec<u8>>,
    /// Takes each delivery's bytes.
    pub(crate) on_delivery: &'a mut dyn FnMut(&[u8]),
}

/// A protocol, from the side of a client.
pub(crate) trait Dialect {
    /// Path and query of the upgrade.
    fn path(&self) -> &'static str;

    /// The kind of frame that messages travel in.
    fn opcode(&self) -> Opcode;

    /// What a client says before it has heard anything.
    fn greeting(&self, seat: &Seat) -> Result<Option<Vec<u8>>>;

    /// Takes one message of the server.
    fn receive(&self, message: &[u8], listener: &mut Listener<'_>) -> Result<()>;

    /// Says a text in the seat's room.
    fn say(&self, seat: &Seat, text: &str) -> Result<Vec<u8>>;

    /// A cheap request.
    fn ask(&self) -> Result<Vec<u8>>;
}

#[cfg(test)]
mod testing {
    use super::{Dialect, Heard, Listener, Result, Seat, Stage};

    /// Lets a dialect take one message: what is heard, the stage reached, and the replies.
    pub(super) fn receive(
        dialect: &impl Dialect,
        mut stage: Stage,
        message: &[u8],
        on_delivery: &mut dyn FnMut(&[u8]),
    ) -> Result<(Heard, Stage, Vec<Vec<u8>>)> {
        let (mut heard, mut replies) = (Heard::default(), Vec::new());
        let seat = Seat {
            token: "t".to_owned(),
            room: 7,
            join: true,
        };
        let mut listener = Listener {
            stage: &mut stage,
            seat: &seat,
            heard: &mut heard,
            replies: &mut replies,
            on_delivery,
        };
        dialect.receive(message, &mut listener)?;
        Ok((heard, stage, replies))
    }
}
