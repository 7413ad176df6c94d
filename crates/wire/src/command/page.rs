//! Pages of lists: how long they may be, and behind which row they begin.

use domain::page::Limit;
use serde::Deserialize;

use super::invalid;
use crate::{Failure, Id};

/// A page of a list: how long, and behind what.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Page {
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub cursor: Option<Id>,
}

/// Reads how many rows a page may have.
///
/// # Errors
/// [`Failure`] with code 400 when it is below 1.
pub fn limit(asked: Option<Id>) -> Result<u32, Failure> {
    Limit::new(asked.map(|id| id.0)).map(Limit::get).map_err(invalid)
}

/// Reads behind which row a page begins; `field` is the cursor's name on the wire.
///
/// # Errors
/// [`Failure`] with code 400 when it is negative, which no id is.
pub fn after<T>(field: &str, asked: Option<Id>, wrap: impl Fn(i64) -> T) -> Result<Option<T>, Failure> {
    match asked {
        Some(Id(id)) if id < 0 => Err(Failure::new(400, format!("{field}: must not be negative"))),
        asked => Ok(asked.map(|id| wrap(id.0))),
    }
}
