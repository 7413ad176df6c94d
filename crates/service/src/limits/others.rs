//! What other nodes are told of the limits that people use here.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::port::{Spender, Spending, Spendings};

use super::{Limit, Rate};
use crate::keyed_hash::KeyedHash;

/// The other nodes, and what they are still to be told.
///
/// A node tells every use of a bucket that is more than half empty, and all others as a sum once
/// it comes to half a bucket: whoever uses a limit steadily uses up that of all nodes. What a
/// bucket has got back since is forgotten, so that nothing is told of most people.
pub(super) struct Others {
    spendings: Arc<dyn Spendings>,
    hash: KeyedHash,
    untold: Mutex<HashMap<(Limit, Spender), Untold>>,
}

struct Untold {
    times: u32,
    /// When the bucket is full again, if it is not used any more.
    full_at: Instant,
}

impl Others {
    /// Other nodes that have the same secret.
    pub(super) fn new(spendings: Arc<dyn Spendings>, secret: &[u8]) -> Self {
        Self {
            spendings,
            hash: KeyedHash::new(secret),
            untold: Mutex::default(),
        }
    }

    /// Addresses are nothing for other nodes to read; on all of them they go by the same name.
    pub(super) fn hashed(&self, spender: Spender) -> Spender {
        match spender {
            Spender::Address(address) => Spender::Address(self.hash.of(&address)),
            spender => spender,
        }
    }

    /// Notes a use that was granted, after which the bucket holds `left`.
    pub(super) fn note(&self, (limit, rate): (Limit, Rate), spender: Spender, times: NonZeroU32, left: u32) {
        let half = rate.burst.get() / 2;
        let was_full = left.saturating_add(times.get()) >= rate.burst.get();
        let times = {
            let mut untold = self.lock();
            let key = (limit, spender.clone());
            let before = untold
                .remove(&key)
                .filter(|_| !was_full)
                .map_or(0, |untold| untold.times);
            let times = times.saturating_add(before);
            if left >= half && times.get() <= half {
                let times = times.get();
                let full_at = Instant::now() + rate.refill();
                untold.insert(key, Untold { times, full_at });
                return;
            }
            times
        };
        self.spendings.tell(&Spending {
            limit: limit.name().to_owned(),
            spender,
            times,
        });
    }

    /// Forgets those whose buckets are full again.
    pub(super) fn tidy(&self) {
        let now = Instant::now();
        let mut untold = self.lock();
        untold.retain(|_, untold| untold.full_at > now);
        untold.shrink_to_fit();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Limit, Spender), Untold>> {
        self.untold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
