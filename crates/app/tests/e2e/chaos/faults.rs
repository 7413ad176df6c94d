//! What goes wrong in a round.

use std::time::Duration;

use rand::Rng;
use rand::rngs::StdRng;
use tokio::time::sleep;

use super::deployment::{Deployment, Shared};
use super::model::Model;

/// A fault, or several that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The only node is killed, up to three times.
    Killed,
    /// Its disk is full for a while.
    DiskFull,
    /// It is stopped and started in order.
    Restarted,
    /// One of two nodes is killed.
    NodeKilled,
    /// Both nodes are restarted in order, one after the other.
    Rolling,
    /// Redis is killed and comes back.
    RedisKilled,
    /// Redis stands still.
    RedisFrozen,
    /// One node loses Redis.
    RedisCutOff,
    /// Redis and a node are killed.
    RedisAndNodeKilled,
    /// MariaDB is killed and comes back.
    DatabaseKilled,
    /// MariaDB stands still.
    DatabaseFrozen,
    /// One node loses all its connections to MariaDB.
    DatabaseCutOff,
}

/// The faults of consecutive seeds. Those that lose the most come more often.
const ORDER: [Fault; 15] = [
    Fault::Killed,
    Fault::NodeKilled,
    Fault::DiskFull,
    Fault::RedisKilled,
    Fault::Restarted,
    Fault::DatabaseCutOff,
    Fault::Killed,
    Fault::RedisCutOff,
    Fault::DiskFull,
    Fault::DatabaseKilled,
    Fault::Rolling,
    Fault::Killed,
    Fault::RedisFrozen,
    Fault::DatabaseFrozen,
    Fault::RedisAndNodeKilled,
];

impl Fault {
    pub(super) fn of_seed(seed: u64) -> Self {
        let place = seed % ORDER.len() as u64;
        ORDER[usize::try_from(place).expect("a small number")]
    }

    /// True when it needs the deployment of one node.
    pub(super) fn is_of_one(self) -> bool {
        matches!(self, Self::Killed | Self::DiskFull | Self::Restarted)
    }

    /// True when nothing but an orderly end takes connections away.
    pub(super) fn is_orderly(self) -> bool {
        matches!(self, Self::Restarted | Self::Rolling)
    }
}

/// Lets it happen, at a moment and for a time that chance decides, and mends everything again.
pub(super) async fn strike(fault: Fault, all: &mut Deployment, model: &Model, rng: &mut StdRng) {
    model.acknowledged(rng.random_range(5..60)).await;
    let victim = rng.random_range(0..all.nodes.len());
    match fault {
        Fault::Killed => {
            for _ in 0..rng.random_range(1..=3) {
                kill(all, 0, model).await;
                start(all, 0, model).await;
                a_moment(rng, 1..400).await;
            }
        }
        Fault::DiskFull => {
            let disk = all.disk.as_ref().expect("a small disk");
            disk.fill();
            a_moment(rng, 50..900).await;
            disk.free();
        }
        Fault::Restarted => {
            stop(all, 0, model).await;
            start(all, 0, model).await;
        }
        Fault::NodeKilled => {
            kill(all, victim, model).await;
            a_moment(rng, 1..300).await;
            start(all, victim, model).await;
        }
        Fault::Rolling => {
            for place in 0..all.nodes.len() {
                stop(all, place, model).await;
                start(all, place, model).await;
                a_moment(rng, 1..100).await;
            }
        }
        Fault::RedisKilled => {
            shared(all).redis.kill().await;
            a_moment(rng, 10..900).await;
            shared(all).redis.restart().await;
        }
        Fault::RedisFrozen => {
            shared(all).redis.freeze().await;
            a_moment(rng, 100..1500).await;
            shared(all).redis.thaw().await;
        }
        Fault::RedisCutOff => {
            let wire = all.nodes[victim].to_redis.as_ref().expect("a wire");
            wire.cut();
            a_moment(rng, 10..1500).await;
            wire.mend();
        }
        Fault::RedisAndNodeKilled => {
            shared(all).redis.kill().await;
            kill(all, victim, model).await;
            a_moment(rng, 1..300).await;
            start(all, victim, model).await;
            shared(all).redis.restart().await;
        }
        Fault::DatabaseKilled => {
            shared(all).database.kill().await;
            a_moment(rng, 1..300).await;
            shared(all).database.restart().await;
        }
        Fault::DatabaseFrozen => {
            shared(all).database.freeze().await;
            a_moment(rng, 50..1200).await;
            shared(all).database.thaw().await;
        }
        Fault::DatabaseCutOff => {
            for _ in 0..rng.random_range(1..=4) {
                let wire = all.nodes[victim].to_database.as_ref().expect("a wire");
                wire.cut();
                a_moment(rng, 1..300).await;
                wire.mend();
                a_moment(rng, 1..200).await;
            }
        }
    }
}

async fn a_moment(rng: &mut StdRng, millis: std::ops::Range<u64>) {
    sleep(Duration::from_millis(rng.random_range(millis))).await;
}

fn shared(all: &mut Deployment) -> &mut Shared {
    all.shared.as_mut().expect("MariaDB and Redis")
}

async fn kill(all: &mut Deployment, place: usize, model: &Model) {
    all.nodes[place].server.kill().await;
    all.nodes[place].is_up = false;
    model.set_addresses(all.addresses());
    if let Some(disk) = &all.disk {
        disk.holds_a_sound_database().await;
    }
}

async fn stop(all: &mut Deployment, place: usize, model: &Model) {
    // A proxy stops sending people to a node before it is stopped.
    all.nodes[place].is_up = false;
    model.set_addresses(all.addresses());
    all.nodes[place].server.stop().await;
}

async fn start(all: &mut Deployment, place: usize, model: &Model) {
    let node = &mut all.nodes[place];
    node.server = node.server.restarted().await;
    node.is_up = true;
    model.set_addresses(all.addresses());
}
