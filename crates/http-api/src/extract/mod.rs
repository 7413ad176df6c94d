//! What handlers ask for in their signatures, with errors in our envelope.

mod body;
mod body_or_query;
mod current_user;
mod device;
mod inject;
mod query;

pub(crate) use body::{Body, decode, discard, is_json, read_json};
pub(crate) use body_or_query::BodyOrQuery;
pub(crate) use current_user::{CurrentUser, authenticate, bearer};
pub(crate) use device::Caller;
pub(crate) use inject::{Inject, edge};
pub(crate) use query::{Query, read_query};
