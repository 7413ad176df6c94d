//! Deciding anew what was overtaken.
//!
//! Whether somebody may change a room is decided by what was read before the change has its turn.
//! The change carries these grounds, and is refused if they do not hold any more; then it is
//! decided again, so that nobody acts with a role, or on a member, of a moment ago.

use crate::{Error, Result};

/// Whoever is overtaken so often in a row may ask again later.
const TRIES: usize = 8;

/// Tries until the decision is not overtaken.
pub(crate) async fn until_decided<T, F>(mut attempt: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 0..TRIES {
        match attempt().await {
            Err(Error::Outdated) => {}
            decided => return decided,
        }
    }
    Err(Error::overloaded())
}
