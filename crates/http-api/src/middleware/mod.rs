//! What holds for all answers: request ids and log lines, headers, envelopes, and who may ask.

mod headers;
mod meter;
mod observe;
mod origin;
mod request_id;

pub(crate) use observe::observe;
pub(crate) use origin::guard;
