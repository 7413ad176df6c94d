//! The whole product from outside: the real binary, real sockets, real databases.
//!
//! Every test runs on SQLite, and on MariaDB too where `BANTER_TEST_MYSQL_DSN` names a server.
//! Every HTTP answer is checked against the OpenAPI document on its way.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test ends where something unexpected comes"
)]

mod abuse;
mod burst;
mod chaos;
mod cluster;
mod concurrency;
mod data;
mod faults;
mod input;
mod invitations;
mod media;
mod metrics;
mod operator;
mod permissions;
mod preferences;
mod rooms;
mod search;
mod sockets;
mod story;
mod support;
mod traces;
