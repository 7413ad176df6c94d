//! The ports' fan-out side, for a node that stands alone: events and presence inside one process.
//!
//! A cluster replaces both components by ones that speak to the other nodes; nothing here knows
//! of them.

mod broker;
mod presence;

pub use broker::{InProcessBroker, InProcessBrokerParameters};
pub use presence::{InProcessPresence, InProcessPresenceParameters};
