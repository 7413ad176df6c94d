//! The ports' fan-out side: events and presence.
//!
//! A node that stands alone has both inside its process. In a [`Cluster`] the nodes tell each
//! other, through Redis, and whoever missed something reads it from the database.

mod broker;
mod cluster;
mod listeners;
mod memberships;
mod presence;

pub use broker::{InProcessBroker, InProcessBrokerParameters};
pub use cluster::{Cluster, ClusterError, ClusterStats};
pub use presence::{InProcessPresence, InProcessPresenceParameters};
