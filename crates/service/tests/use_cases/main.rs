//! The use cases over ports in memory, with a clock that is moved by hand.

mod accounts;
mod messages;
mod rooms;
mod world;
