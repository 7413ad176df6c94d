//! How often somebody may do something: one bucket for each limit and each person or address.
//!
//! Buckets are in memory, so that a request pays no more than a look into a table. Several nodes
//! share them loosely: the others are told of who has used up more than half of a bucket, at once
//! or little by little, so that ordinary talk costs them nothing.

mod others;

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::port::{Spender, Spending, SpendingListener, Spendings};
use domain::user::User;
use domain::{Timestamp, UserId};
use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::{NoOpMiddleware, StateInformationMiddleware};
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use shaku::{Component, Interface};

use self::others::Others;
use crate::{Error, Result};

/// For how long an account counts as new.
const NEW: Duration = Duration::from_secs(24 * 60 * 60);
/// How often what a new account makes is counted.
const NEW_TIMES: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Saying something, and saying it anew.
    Message,
    /// Changing anything else that others are told of: reactions, memberships, profiles.
    Change,
    /// Looking people, open rooms and invitations up.
    Lookup,
    /// Searching messages.
    Search,
    /// Making rooms, friends and invitations.
    Create,
    /// Uploading files.
    Upload,
    /// Registering, for each address.
    Register,
}

impl Limit {
    /// Every limit.
    pub const ALL: [Self; 7] = [
        Self::Message,
        Self::Change,
        Self::Lookup,
        Self::Search,
        Self::Create,
        Self::Upload,
        Self::Register,
    ];

    /// The word for it, in the configuration and between nodes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Change => "change",
            Self::Lookup => "lookup",
            Self::Search => "search",
            Self::Create => "create",
            Self::Upload => "upload",
            Self::Register => "register",
        }
    }
}

/// `count` times in `per`, and `burst` times at once after a rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How often.
    pub count: NonZeroU32,
    /// In how long.
    pub per: Duration,
    /// How often at once.
    pub burst: NonZeroU32,
}

impl Rate {
    fn quota(self) -> Option<Quota> {
        Some(Quota::with_period(self.per / self.count.get())?.allow_burst(self.burst))
    }

    /// How long an empty bucket takes until it is full.
    fn refill(self) -> Duration {
        self.per / self.count.get() * self.burst.get()
    }
}

/// Holds people to the limits.
pub trait Limits: Interface {
    /// Uses a limit `times`.
    ///
    /// # Errors
    /// [`Error::TooManyRequests`] when it is used up.
    fn take_times(&self, limit: Limit, spender: Spender, times: NonZeroU32) -> Result<()>;

    /// Forgets those who have rested long enough.
    fn tidy(&self);

    /// Uses a limit of a person.
    ///
    /// # Errors
    /// As [`take_times`](Self::take_times).
    fn take(&self, limit: Limit, user: UserId) -> Result<()> {
        self.take_times(limit, Spender::User(user), NonZeroU32::MIN)
    }

    /// Uses a limit of whoever is at a network address.
    ///
    /// # Errors
    /// As [`take_times`](Self::take_times).
    fn take_from(&self, limit: Limit, address: &str) -> Result<()> {
        self.take_times(limit, Spender::Address(network_of(address)), NonZeroU32::MIN)
    }

    /// Uses the limit of what a person makes, which is tighter for accounts that are new.
    ///
    /// # Errors
    /// As [`take_times`](Self::take_times).
    fn take_to_create(&self, user: &User, now: Timestamp) -> Result<()> {
        let is_new = now.since(user.created_at) < NEW;
        let times = if is_new { NEW_TIMES } else { NonZeroU32::MIN };
        self.take_times(Limit::Create, Spender::User(user.id), times)
    }
}

/// The limits of this node.
#[derive(Component)]
#[shaku(interface = Limits)]
pub struct RateLimits {
    /// Its buckets.
    buckets: Arc<Buckets>,
}

impl Limits for RateLimits {
    fn take_times(&self, limit: Limit, spender: Spender, times: NonZeroU32) -> Result<()> {
        self.buckets.take(limit, spender, times)
    }

    fn tidy(&self) {
        self.buckets.tidy();
    }
}

type Plain = RateLimiter<Spender, DashMapStateStore<Spender>, MonotonicClock, NoOpMiddleware<Instant>>;
type Bucket = RateLimiter<Spender, DashMapStateStore<Spender>, MonotonicClock, StateInformationMiddleware>;

/// The buckets of all limits, and the other nodes.
#[derive(Default)]
pub struct Buckets {
    limits: Vec<(Limit, Rate, Bucket)>,
    others: Option<Others>,
}

impl Buckets {
    /// Buckets for these limits; what is not among them is not limited.
    #[must_use]
    pub fn new(rates: impl IntoIterator<Item = (Limit, Rate)>) -> Self {
        let bucket = |(limit, rate): (Limit, Rate)| {
            let bucket = Plain::new(rate.quota()?, DashMapStateStore::default(), MonotonicClock);
            Some((limit, rate, bucket.with_middleware()))
        };
        Self {
            limits: rates.into_iter().filter_map(bucket).collect(),
            others: None,
        }
    }

    /// Tells other nodes who comes near a limit; they have the same secret.
    #[must_use]
    pub fn told_to(mut self, others: Arc<dyn Spendings>, secret: &[u8]) -> Self {
        self.others = Some(Others::new(others, secret));
        self
    }

    fn take(&self, limit: Limit, spender: Spender, times: NonZeroU32) -> Result<()> {
        let Some((_, rate, bucket)) = self.limits.iter().find(|(known, ..)| *known == limit) else {
            return Ok(());
        };
        let spender = match &self.others {
            Some(others) => others.hashed(spender),
            None => spender,
        };
        // More than ever fits costs all that does.
        let state = bucket.check_key_n(&spender, times.min(rate.burst));
        let state = state.map_err(Error::internal)?;
        let left = state.map_err(|refused| Error::TooManyRequests {
            retry_after: refused.wait_time_from(bucket.clock().now()),
        })?;
        if let Some(others) = &self.others {
            others.note((limit, *rate), spender, times, left.remaining_burst_capacity());
        }
        Ok(())
    }

    fn tidy(&self) {
        for (_, _, bucket) in &self.limits {
            bucket.retain_recent();
            bucket.shrink_to_fit();
        }
        if let Some(others) = &self.others {
            others.tidy();
        }
    }
}

impl SpendingListener for Buckets {
    fn hear(&self, spending: Spending) {
        let limit = self.limits.iter().find(|(limit, ..)| limit.name() == spending.limit);
        if let Some((_, rate, bucket)) = limit {
            // Who has used it up here already has to wait anyway.
            let _ = bucket.check_key_n(&spending.spender, spending.times.min(rate.burst));
        }
    }
}

/// The key under which an address is counted: IPv6 by its /64, since whoever has one address of it has all.
#[must_use]
pub fn network_of(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    const ONE: NonZeroU32 = NonZeroU32::MIN;

    /// Six at once, then one an hour: the tests do not wait for the next one.
    fn buckets() -> Buckets {
        let rate = Rate {
            count: NonZeroU32::new(1).unwrap(),
            per: Duration::from_secs(3600),
            burst: NonZeroU32::new(6).unwrap(),
        };
        Buckets::new([(Limit::Message, rate), (Limit::Register, rate)])
    }

    fn user(id: i64) -> Spender {
        Spender::User(UserId(id))
    }

    /// How often it goes well.
    fn count(buckets: &Buckets, limit: Limit, spender: &Spender) -> usize {
        (0..20)
            .filter(|_| buckets.take(limit, spender.clone(), ONE).is_ok())
            .count()
    }

    #[test]
    fn who_has_used_up_their_bucket_waits_and_nobody_else_does() {
        let buckets = buckets();
        assert_eq!(count(&buckets, Limit::Message, &user(1)), 6);
        let refused = buckets.take(Limit::Message, user(1), ONE);
        let Err(Error::TooManyRequests { retry_after }) = refused else {
            panic!("{refused:?}");
        };
        assert!(retry_after > Duration::from_secs(3000) && retry_after <= Duration::from_secs(3600));
        assert_eq!(count(&buckets, Limit::Message, &user(2)), 6);
        assert_eq!(count(&buckets, Limit::Register, &user(1)), 6);
        assert_eq!(count(&buckets, Limit::Search, &user(1)), 20, "it has no limit here");
    }

    #[test]
    fn what_counts_several_times_empties_a_bucket_sooner() {
        let buckets = buckets();
        let five = NonZeroU32::new(5).unwrap();
        assert!(buckets.take(Limit::Message, user(1), five).is_ok());
        assert!(buckets.take(Limit::Message, user(1), five).is_err());
        assert!(buckets.take(Limit::Message, user(1), ONE).is_ok());
        let more_than_fits = NonZeroU32::new(500).unwrap();
        assert!(buckets.take(Limit::Message, user(2), more_than_fits).is_ok());
        assert!(buckets.take(Limit::Message, user(2), ONE).is_err());
    }

    /// Another node, and what it is told.
    struct Other(Arc<Buckets>, Mutex<Vec<Spending>>);

    impl Spendings for Other {
        fn tell(&self, spending: &Spending) {
            self.1.lock().unwrap().push(spending.clone());
            self.0.hear(spending.clone());
        }
    }

    #[test]
    fn other_nodes_hear_of_those_who_come_near_a_limit_and_of_no_address() {
        let nobody = Arc::new(Other(Arc::default(), Mutex::default()));
        let there = Arc::new(buckets().told_to(nobody, b"secret"));
        let told = Arc::new(Other(there.clone(), Mutex::default()));
        let here = buckets().told_to(told.clone(), b"secret");
        let address = Spender::Address("192.0.2.7".to_owned());
        for _ in 0..3 {
            here.take(Limit::Register, address.clone(), ONE).unwrap();
        }
        assert!(told.1.lock().unwrap().is_empty());
        assert_eq!(count(&here, Limit::Register, &address), 3);
        assert_eq!(count(&there, Limit::Register, &address), 0, "it was used up elsewhere");
        let told = told.1.lock().unwrap();
        assert!(told.len() == 3 && !format!("{told:?}").contains("192.0.2"), "{told:?}");
    }

    #[test]
    fn who_uses_a_limit_steadily_uses_up_that_of_all_nodes() {
        let rate = Rate {
            count: NonZeroU32::new(1000).unwrap(),
            per: Duration::from_secs(1),
            burst: NonZeroU32::new(8).unwrap(),
        };
        let told = Arc::new(Other(Arc::default(), Mutex::default()));
        let others = Others::new(told.clone(), b"secret");
        // Two have been used before each, so that the bucket is never full and never half empty.
        for _ in 0..15 {
            others.note((Limit::Message, rate), user(1), ONE, 5);
        }
        let sums: Vec<u32> = told
            .1
            .lock()
            .unwrap()
            .iter()
            .map(|spending| spending.times.get())
            .collect();
        assert_eq!(sums, [5, 5, 5]);
        // Who rests in between owes nothing.
        for _ in 0..15 {
            others.note((Limit::Message, rate), user(2), ONE, 7);
        }
        assert_eq!(told.1.lock().unwrap().len(), 3);
    }

    #[test]
    fn an_address_of_ipv6_stands_for_all_of_its_network() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(network_of("2001:db8:1:2::9"), "2001:db8:1:2::/64");
        assert_eq!(network_of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of("192.0.2.7"), "192.0.2.7");
        assert_eq!(network_of(""), "");
    }
}
