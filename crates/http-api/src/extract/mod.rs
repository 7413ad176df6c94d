//! What handlers ask for in their signatures, with errors in our envelope.

mod body;
mod body_or_query;
mod current_user;
mod inject;
mod query;
mod request_context;

pub(crate) use body::{Body, decode, discard, is_json, read_json};
pub(crate) use body_or_query::BodyOrQuery;
pub(crate) use current_user::{CurrentUser, authenticate, bearer};
pub(crate) use inject::{Inject, edge};
pub(crate) use query::{Query, read_query};
pub(crate) use request_context::RequestContext;
