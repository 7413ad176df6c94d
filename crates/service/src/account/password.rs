//! Hashing passwords: off the worker threads, in a bounded pool.

use std::sync::Arc;

use domain::user::{PASSWORD_MAX, Password};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Most callers that wait for a place; more are told to come back.
const WAITING_MAX: usize = 128;

/// Hashes and compares with bcrypt (Provos and Mazières, 1999), a few at a time.
#[derive(Clone)]
pub struct PasswordHasher {
    cost: u32,
    /// One place for each core: hashing is all computing.
    places: Arc<Semaphore>,
    /// Those at a place and those who wait for one.
    line: Arc<Semaphore>,
    /// A hash that no password has, to spend the same time on unknown accounts.
    nobody: Arc<str>,
}

impl PasswordHasher {
    /// A hasher of that cost (4 to 31, each step doubles the time).
    #[must_use]
    pub fn new(cost: u32) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            cost,
            places: Arc::new(Semaphore::new(cores)),
            line: Arc::new(Semaphore::new(cores + WAITING_MAX)),
            nobody: format!(
                "$2b${cost:02}${}",
                "abcdefghijklmnopqrstuu".to_owned() + &"a".repeat(31)
            )
            .into(),
        }
    }

    /// Hashes a new password.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when too many wait already.
    pub async fn hash(&self, password: Password) -> Result<String> {
        let cost = self.cost;
        self.run(move || bcrypt::hash(password.expose(), cost)).await
    }

    /// Compares a password with a stored hash; with a hash that nobody has when there is none.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when too many wait already.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        let password = password.to_owned();
        // bcrypt ignores what comes after its length; a longer password is compared all the same,
        // so that its refusal takes as long as any other.
        let fits = password.len() <= PASSWORD_MAX;
        let matches = self.run(move || bcrypt::verify(password, &hash)).await?;
        Ok(matches && fits && exists)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> bcrypt::BcryptResult<T> + Send + 'static,
    ) -> Result<T> {
        let _waiting = self.line.clone().try_acquire_owned().map_err(|_| Error::overloaded())?;
        let place = self.places.clone().acquire_owned().await.map_err(Error::internal)?;
        let worked = tokio::task::spawn_blocking(move || {
            // The place is given back when the work is done, not when its caller goes away.
            let _place = place;
            work()
        });
        worked.await.map_err(Error::internal)?.map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_matches_its_password_only() {
        let hasher = PasswordHasher::new(4);
        let hash = hasher
            .hash(Password::parse("password", "correct horse").unwrap())
            .await
            .unwrap();
        assert!(hasher.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!hasher.verify("correct mouse", Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&"x".repeat(1_000_000), Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn the_longest_password_is_taken_whole_and_nothing_longer_matches_it() {
        let hasher = PasswordHasher::new(4);
        let longest = "x".repeat(PASSWORD_MAX);
        let hash = hasher
            .hash(Password::parse("password", &longest).unwrap())
            .await
            .unwrap();
        assert!(hasher.verify(&longest, Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&longest[1..], Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&format!("{longest}y"), Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn the_hash_of_nobody_is_well_formed_and_matches_nothing() {
        let hasher = PasswordHasher::new(4);
        assert!(!hasher.verify("anything", None).await.unwrap());
        assert!(bcrypt::verify("anything", &hasher.nobody).is_ok());
    }
}
