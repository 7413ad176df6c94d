//! Files of people: taking them in, and serving them to those who may see them.

mod disposition;
mod incoming;
mod range;
mod receive;
mod serve;

pub(crate) use incoming::Incoming;
pub(crate) use receive::receive;
pub(crate) use serve::mount;
