//! The use cases over ports in memory, with a clock that is moved by hand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends where something unexpected comes"
)]

mod accounts;
mod clock;
mod direct_uploads;
mod healing;
mod invitations;
mod messages;
mod overtaken;
mod preferences;
mod removals;
mod rooms;
mod standstill;
mod world;
