//! Servers, people and sockets for the tests.

mod disk;
mod mariadb;
mod nodes;
mod person;
mod redis;
mod relay;
mod schema;
mod server;
mod socket;

pub(crate) use disk::SmallDisk;
pub(crate) use mariadb::{MariaDb, mysql_dsn};
pub(crate) use nodes::{KEY, Nodes, has_database, hear_each_other, on, servers};
pub(crate) use person::{Answer, PASSWORD, Person, said_once, text_message};
pub(crate) use redis::{Redis, RedisCluster, redis_url};
pub(crate) use relay::Relay;
pub(crate) use server::{Backend, Server, new_dsn, on_each_backend, on_each_backend_with};
pub(crate) use socket::{Ended, Incoming, Socket};

/// A short text that no other test of this run uses.
pub(crate) fn unique(prefix: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A port that nobody uses at this moment.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Sends a signal to a running process.
async fn signal(process: &tokio::process::Child, signal: &str) {
    let id = process.id().expect("a running process").to_string();
    let sent = tokio::process::Command::new("kill").args(["-s", signal, &id]).status();
    assert!(sent.await.expect("kill").success());
}
