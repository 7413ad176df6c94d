//! The WebSocket edge: Pitaya's client protocol on the outside, the use cases on the inside.
//!
//! A [`Gateway`] is made once per process. It serves `/ws` of the HTTP listener and every path of
//! the WebSocket listener, and listens to the broker: what happens in a room reaches the
//! connections of its members.
//!
//! | Module | Job |
//! |---|---|
//! | `server` | the listener that serves nothing but WebSockets |
//! | `transport` | WebSocket messages in, bounded queues of packets out |
//! | `connection` | one client's way from the upgrade to the end |
//! | `routes` | the calls that clients can make, one table |
//! | `message_json` | a message as bytes, written once for pushes and answers |
//! | `hub` | who is connected to this node, and who hears of what |
//!
//! Nothing in here knows a rule of the chat: who may do what is decided by `service`, and who
//! hears of what by the events that it publishes.

mod connection;
mod encode;
mod ending;
mod gateway;
mod guests;
mod hub;
mod message_json;
mod options;
mod routes;
mod server;
mod shared;
mod stats;
mod transport;
mod upgrade;

pub use ending::{Ending, Next};
pub use gateway::Gateway;
pub use options::{AddressOf, GatewayOptions};
pub use routes::{ROUTES, RouteKind, RouteRow, SERVER_TYPE};
pub use stats::Stats;
pub use transport::on_connect;
