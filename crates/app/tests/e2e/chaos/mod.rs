//! Chaos: people talk over real sockets while servers, disks, databases and wires fail, and a
//! model beside them knows what was acknowledged. Nothing may be lost, doubled, out of order, or
//! shown to somebody who was removed.
//!
//! What happens follows from a seed, but not when each thing happens: a seed makes a failure
//! likely again, not certain. `just chaos 500` plays 500 rounds, `just chaos 1 SEED` one of them.

mod deployment;
mod device;
mod faults;
mod model;
mod perform;
mod round;
mod steps;
mod verify;
mod view;

use std::time::Instant;

use deployment::Deployment;
use faults::Fault;

/// Rounds unless `BANTER_CHAOS_ROUNDS` says otherwise: each fault twice.
const ROUNDS: u64 = 30;
/// A deployment makes room for a new one after so many rounds, since its disk is small.
const LIFETIME: u64 = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_doubled_out_of_order_or_leaked_whatever_fails() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let rounds = setting("BANTER_CHAOS_ROUNDS").unwrap_or(ROUNDS);
    let first = setting("BANTER_CHAOS_SEED").unwrap_or_else(|| rand::random_range(0..1 << 32));
    println!("{rounds} rounds from seed {first}");
    let (mut one, mut two) = (None, None);
    for seed in first..first + rounds {
        let fault = Fault::of_seed(seed);
        let all = if fault.is_of_one() { &mut one } else { &mut two };
        if seed % LIFETIME == 0 {
            *all = None;
        }
        if all.is_none() {
            *all = if fault.is_of_one() {
                Deployment::one().await
            } else {
                Deployment::two().await
            };
        }
        let Some(all) = all else {
            let in_ci = std::env::var_os("CI").is_some();
            assert!(fault.is_of_one() || !in_ci, "MariaDB is not installed");
            println!("seed {seed}: {fault:?} left out: there is no MariaDB, or no disk can be mounted");
            continue;
        };
        let begun = Instant::now();
        println!("seed {seed}: {fault:?}");
        round::play(all, seed).await;
        println!("seed {seed}: well after {:.1} s", begun.elapsed().as_secs_f32());
    }
}
