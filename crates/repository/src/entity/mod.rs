//! Rows, as the tables hold them. They never leave this crate.

pub(crate) mod friend;
pub(crate) mod invitation;
pub(crate) mod member;
pub(crate) mod membership_change;
pub(crate) mod message;
pub(crate) mod preference;
pub(crate) mod reaction;
pub(crate) mod room;
pub(crate) mod session;
pub(crate) mod upload;
pub(crate) mod user;

use crate::error::RepositoryError;

/// What to say of a row that cannot be converted.
pub(crate) fn bad_row(
    table: &'static str,
    column: &'static str,
    id: impl ToString,
    problem: impl ToString,
) -> RepositoryError {
    RepositoryError::Row {
        table,
        column,
        id: id.to_string(),
        problem: problem.to_string(),
    }
}
