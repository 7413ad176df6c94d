//! Servers, people and sockets for the tests.

mod nodes;
mod person;
mod redis;
mod schema;
mod server;
mod socket;

pub(crate) use nodes::{Nodes, has_database, hear_each_other, on, servers};
pub(crate) use person::{Answer, PASSWORD, Person, text_message};
pub(crate) use redis::{Redis, RedisCluster};
pub(crate) use server::{Backend, Server, on_each_backend};
pub(crate) use socket::{Ended, Socket};

/// A short text that no other test of this run uses.
pub(crate) fn unique(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
