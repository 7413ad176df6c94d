//! Write transactions: begun so that they cannot deadlock with themselves, and done again when
//! they lost a race.

use std::time::Duration;

use crate::error::RepositoryError;

/// Most times that a transaction is tried.
const ATTEMPTS: u32 = 8;

/// Counts the attempts of one transaction.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    made: u32,
}

impl Attempts {
    /// True when the work should be done again after this error; has waited a little then.
    pub(crate) async fn again(&mut self, error: &RepositoryError) -> bool {
        self.made += 1;
        if self.made >= ATTEMPTS || !error.is_lost_race() {
            return false;
        }
        tracing::debug!(attempt = self.made, %error, "a transaction lost a race and is done again");
        tokio::time::sleep(Duration::from_millis(u64::from(self.made * self.made))).await;
        true
    }
}

/// Does `$work`, an expression over the transaction `$tx`, in one transaction: all of it is
/// stored or nothing. It is done again when it lost a race, so it must not change anything else.
///
/// A macro, since a function that takes an async closure over the transaction could not promise
/// that its future is `Send`.
macro_rules! transaction {
    ($db:expr, $tx:ident => $work:expr) => {{
        let mut attempts = $crate::transaction::Attempts::default();
        loop {
            let result: Result<_, $crate::error::RepositoryError> = async {
                let $tx = $db.begin().await?;
                let value = $work?;
                $tx.commit().await?;
                Ok(value)
            }
            .await;
            match result {
                Ok(value) => break Ok(value),
                Err(error) => {
                    if !attempts.again(&error).await {
                        break Err(error);
                    }
                }
            }
        }
    }};
}

pub(crate) use transaction;
