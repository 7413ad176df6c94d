//! Reading a room: a page of its history, and the mark up to which somebody has read.

use domain::message::Anchor;
use serde::Deserialize;

use crate::{Failure, Id};

/// A page of history to read: at most one of the three places.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// The room.
    pub id: Id,
    /// Messages just before this seq.
    pub before_seq: Option<Id>,
    /// Messages just after this seq.
    pub after_seq: Option<Id>,
    /// Messages around this seq.
    pub around_seq: Option<Id>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
}

impl History {
    /// Where the page begins: with the newest message when no place is given.
    ///
    /// # Errors
    /// [`Failure`] with code 400 when several are given or one is negative.
    pub fn anchor(&self) -> Result<Anchor, Failure> {
        let (field, seq, anchor) = match (self.before_seq, self.after_seq, self.around_seq) {
            (None, None, None) => return Ok(Anchor::Newest),
            (Some(Id(seq)), None, None) => ("beforeSeq", seq, Anchor::Before(seq)),
            (None, Some(Id(seq)), None) => ("afterSeq", seq, Anchor::After(seq)),
            (None, None, Some(Id(seq))) => ("aroundSeq", seq, Anchor::Around(seq)),
            _ => {
                return Err(Failure::new(
                    400,
                    "beforeSeq, afterSeq, aroundSeq: only one of them may be given",
                ));
            }
        };
        if seq < 0 {
            return Err(Failure::new(400, format!("{field}: must not be negative")));
        }
        Ok(anchor)
    }
}

/// A read mark to move.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Read {
    /// The room.
    pub id: Id,
    /// seq up to which the caller has read.
    pub seq: Id,
}
