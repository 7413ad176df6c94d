//! Failed sign-ins, counted so that guessing gets slow.
//!
//! Every try is counted before the password is looked at, so that a thousand tries at once are
//! no way around; a success takes its try back. What was typed, and from where, is kept as keyed
//! hashes only: they are short, however much was typed, and nothing for other nodes to read, which
//! are told of what is counted.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::port::{SignInTries, SignInTry, SignInTryListener};
use domain::{Timestamp, UserId};
use quick_cache::sync::Cache;

use crate::keyed_hash::KeyedHash;
use crate::limits::network_of;
use crate::{Error, Result};

/// For how long a failure counts.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Failures of one account from one address.
const PER_ACCOUNT_AND_ADDRESS: usize = 5;
/// Failures from one address, over all accounts.
const PER_ADDRESS: usize = 100;
/// Most accounts and addresses that are remembered.
const CAPACITY: usize = 100_000;

type Failures = Arc<Mutex<VecDeque<Failure>>>;

/// A try that counts.
#[derive(Debug, Clone, Copy)]
struct Failure {
    /// By the clock of the node where it was made: by this it is found when it is taken back.
    made_at: Timestamp,
    /// By this node's clock, whatever those of others say: by this it is old one day.
    counted_at: Timestamp,
    /// Its password is being looked at here: it may yet be right.
    is_in_work: bool,
}

/// Counts tries.
pub struct Attempts {
    failures: Cache<String, Failures>,
    enabled: bool,
    /// Of a secret that only this node knows, and those that it tells.
    hash: KeyedHash,
    others: Option<Arc<dyn SignInTries>>,
}

/// A counted try.
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    keys: [String; 2],
    at: Timestamp,
}

impl Attempts {
    /// Counts tries, or lets all through.
    #[must_use]
    pub fn new(enabled: bool) -> Self {
        Self {
            failures: Cache::new(CAPACITY),
            enabled,
            hash: KeyedHash::new(&rand::random::<[u8; 32]>()),
            others: None,
        }
    }

    /// Tells other nodes of all that is counted from now on; they have the same secret.
    #[must_use]
    pub fn told_to(mut self, tries: Arc<dyn SignInTries>, secret: &[u8]) -> Self {
        self.hash = KeyedHash::new(secret);
        self.others = Some(tries);
        self
    }

    /// How an account is called here, by whichever of its names it is tried.
    pub(super) fn account(id: UserId) -> String {
        format!("#{id}")
    }

    /// Counts a try to sign in to `account` from `address`.
    ///
    /// # Errors
    /// [`Error::TooManyRequests`] when there were too many; it is not counted then.
    pub(super) fn begin(&self, account: &str, address: &str, now: Timestamp) -> Result<Attempt<'_>> {
        let address = network_of(address);
        let keys = [format!("{account}\n{address}"), address].map(|key| self.hash.of(&key));
        if self.enabled {
            let [pair, all] = &keys;
            let wait = self
                .wait(all, PER_ADDRESS, now)
                .or_else(|| self.wait(pair, PER_ACCOUNT_AND_ADDRESS, now));
            if let Some(retry_after) = wait {
                return Err(Error::TooManyRequests { retry_after });
            }
            self.count(&keys, now, now, true);
            self.tell(&keys, now, false);
        }
        Ok(Attempt {
            attempts: self,
            keys,
            at: now,
        })
    }

    /// How long to wait when there were `most` failures. Asking takes no room.
    fn wait(&self, key: &str, most: usize, now: Timestamp) -> Option<Duration> {
        wait(&self.failures.get(key)?, most, now)
    }

    fn count(&self, keys: &[String; 2], made_at: Timestamp, now: Timestamp, is_in_work: bool) {
        let failure = Failure {
            made_at,
            counted_at: now,
            is_in_work,
        };
        for key in keys {
            let failures = self.failures_of(key);
            failures
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push_back(failure);
        }
    }

    /// Forgets the account's failures from the address, and the one try of the address.
    fn forgive(&self, [pair, all]: &[String; 2], made_at: Timestamp) {
        self.failures.remove(pair);
        let Some(all) = self.failures.get(all) else { return };
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(position) = all.iter().rposition(|one| one.made_at == made_at) {
            all.remove(position);
        }
    }

    fn tell(&self, keys: &[String; 2], at: Timestamp, has_succeeded: bool) {
        if let Some(others) = &self.others {
            others.tell(&SignInTry {
                keys: keys.clone(),
                at,
                has_succeeded,
            });
        }
    }

    fn failures_of(&self, key: &str) -> Failures {
        match self
            .failures
            .get_or_insert_with(key, || Ok::<_, std::convert::Infallible>(Failures::default()))
        {
            Ok(failures) => failures,
            Err(never) => match never {},
        }
    }
}

impl Attempt<'_> {
    /// The password was right: the account's failures from there are forgotten.
    pub(super) fn succeeded(self) {
        self.attempts.forgive(&self.keys, self.at);
        self.attempts.tell(&self.keys, self.at, true);
    }
}

impl Drop for Attempt<'_> {
    /// Whatever comes of it, nobody looks at the password any more.
    fn drop(&mut self) {
        for key in &self.keys {
            let Some(failures) = self.attempts.failures.get(key) else {
                continue;
            };
            let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
            let mut own = failures.iter_mut().rev();
            if let Some(own) = own.find(|one| one.is_in_work && one.made_at == self.at) {
                own.is_in_work = false;
            }
        }
    }
}

impl SignInTryListener for Attempts {
    fn hear(&self, attempt: SignInTry, now: Timestamp) {
        if !self.enabled {
            return;
        }
        if attempt.has_succeeded {
            self.forgive(&attempt.keys, attempt.at);
        } else {
            self.count(&attempt.keys, attempt.at, now, false);
        }
    }
}

/// How long to wait when `most` failures lie within the window.
fn wait(failures: &Failures, most: usize, now: Timestamp) -> Option<Duration> {
    let mut failures = failures.lock().unwrap_or_else(PoisonError::into_inner);
    // A clock that was set back keeps nobody waiting for longer than the window.
    for failure in failures.iter_mut() {
        failure.counted_at = failure.counted_at.min(now);
    }
    while failures
        .front()
        .is_some_and(|oldest| now.since(oldest.counted_at) >= WINDOW)
    {
        failures.pop_front();
    }
    let oldest = failures.front()?.counted_at;
    let soon = Duration::from_secs(1);
    (failures.len() >= most).then(|| match failures.iter().any(|failure| failure.is_in_work) {
        true => soon,
        false => WINDOW.saturating_sub(now.since(oldest)).max(soon),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(n: i64) -> Timestamp {
        Timestamp(n * 1000)
    }

    #[test]
    fn the_sixth_failure_in_a_row_has_to_wait() {
        let attempts = Attempts::new(true);
        for n in 0..5 {
            assert!(attempts.begin("alice", "1.2.3.4", seconds(n)).is_ok());
        }
        let Err(Error::TooManyRequests { retry_after }) = attempts.begin("alice", "1.2.3.4", seconds(5)).map(drop)
        else {
            panic!("the sixth try was let through");
        };
        assert_eq!(retry_after, Duration::from_secs(15 * 60 - 5));
        assert!(
            attempts.begin("alice", "5.6.7.8", seconds(5)).is_ok(),
            "the owner signs in from elsewhere"
        );
        assert!(
            attempts.begin("alice", "1.2.3.4", seconds(15 * 60 + 1)).is_ok(),
            "the window moves on"
        );
    }

    #[test]
    fn while_passwords_are_looked_at_nobody_waits_for_long() {
        let attempts = Attempts::new(true);
        let in_work: Vec<_> = (0..5)
            .map(|_| attempts.begin("alice", "1.2.3.4", seconds(0)).unwrap())
            .collect();
        let wait = || match attempts.begin("alice", "1.2.3.4", seconds(0)).map(drop) {
            Err(Error::TooManyRequests { retry_after }) => retry_after.as_secs(),
            other => panic!("{other:?}"),
        };
        assert_eq!(wait(), 1);
        drop(in_work);
        assert_eq!(wait(), 15 * 60);
    }

    #[test]
    fn success_forgets_the_failures_before_it() {
        let attempts = Attempts::new(true);
        for n in 0..50 {
            attempts.begin("alice", "1.2.3.4", seconds(n)).unwrap().succeeded();
        }
    }

    /// Remembers what is told.
    #[derive(Default)]
    struct Tells(Mutex<Vec<SignInTry>>);

    impl SignInTries for Tells {
        fn tell(&self, attempt: &SignInTry) {
            self.0.lock().unwrap().push(attempt.clone());
        }
    }

    #[test]
    fn what_was_typed_is_told_to_nobody() {
        let told = |secret: &[u8]| {
            let tells = Arc::new(Tells::default());
            let attempts = Attempts::new(true).told_to(tells.clone(), secret);
            attempts
                .begin("alice@mail.example", "1.2.3.4", seconds(1))
                .unwrap()
                .succeeded();
            tells.0.lock().unwrap().clone()
        };
        let tries = told(b"secret");
        assert_eq!(tries.len(), 2);
        for attempt in &tries {
            assert_eq!(attempt.keys, tries[0].keys);
            for key in &attempt.keys {
                assert!(
                    key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()),
                    "{key}"
                );
            }
        }
        let others = told(b"another secret");
        assert!(tries[0].keys[0] != others[0].keys[0] && tries[0].keys[1] != others[0].keys[1]);
    }

    #[test]
    fn failures_on_one_node_count_on_the_other_whatever_its_clock_says() {
        /// Another node, and how many milliseconds its clock is ahead.
        struct Other(Arc<Attempts>, i64);
        impl SignInTries for Other {
            fn tell(&self, attempt: &SignInTry) {
                self.0.hear(attempt.clone(), Timestamp(attempt.at.0 + self.1));
            }
        }
        for skew in [0, 3600, -3600] {
            let there = Attempts::new(true).told_to(Arc::new(Tells::default()), b"secret");
            let there = Arc::new(there);
            let tries = Arc::new(Other(there.clone(), skew * 1000));
            let here = Attempts::new(true).told_to(tries, b"secret");
            for n in 0..4 {
                assert!(here.begin("alice", "1.2.3.4", seconds(n)).is_ok());
            }
            let last = here.begin("alice", "1.2.3.4", seconds(4)).unwrap();
            assert!(there.begin("alice", "1.2.3.4", seconds(5 + skew)).is_err(), "{skew}");
            assert!(
                there.begin("alice", "1.2.3.4", seconds(15 * 60 + 6 + skew)).is_ok(),
                "they count as long as they do here: {skew}"
            );
            last.succeeded();
            assert_eq!(there.failures_of(&here.hash.of("1.2.3.4")).lock().unwrap().len(), 1);
        }
    }

    #[test]
    fn success_on_one_node_is_known_on_the_other() {
        struct Other(Arc<Attempts>);
        impl SignInTries for Other {
            fn tell(&self, attempt: &SignInTry) {
                self.0.hear(attempt.clone(), seconds(9));
            }
        }
        let there = Attempts::new(true).told_to(Arc::new(Tells::default()), b"secret");
        let there = Arc::new(there);
        let here = Attempts::new(true).told_to(Arc::new(Other(there.clone())), b"secret");
        let mut tries: Vec<_> = (0..5)
            .map(|n| here.begin("alice", "1.2.3.4", seconds(n)).unwrap())
            .collect();
        assert!(there.begin("alice", "1.2.3.4", seconds(9)).is_err());
        tries.pop().unwrap().succeeded();
        assert!(
            there.begin("alice", "1.2.3.4", seconds(9)).is_ok(),
            "the owner is known there too"
        );
    }

    #[test]
    fn one_password_on_many_accounts_is_stopped_by_address() {
        let attempts = Attempts::new(true);
        let tries = (0..1000).filter(|n| attempts.begin(&format!("user{n}"), "1.2.3.4", seconds(0)).is_ok());
        assert_eq!(tries.count(), PER_ADDRESS);
    }

    #[test]
    fn tries_take_little_room_whatever_was_typed() {
        let attempts = Attempts::new(true);
        for n in 0..1000 {
            let _ = attempts.begin(&format!("{n}{}", "x".repeat(10_000)), "1.2.3.4", seconds(0));
        }
        assert!(
            attempts.failures.len() <= PER_ADDRESS + 1,
            "those that are not counted take none"
        );
        assert!(attempts.failures.iter().all(|(key, _)| key.len() <= 64));
    }
}
