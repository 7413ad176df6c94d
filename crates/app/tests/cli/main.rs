//! The binary as its operator meets it: exit codes, configuration, accounts, signals, backups.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test that calls them"
)]

mod accounts;
mod backup;
mod configuration;
mod serving;
mod support;
mod usage;
