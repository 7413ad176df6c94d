//! Pages of lists: every list has a bound.

use crate::Invalid;

/// Rows in a page when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Most rows in a page, whatever the caller says.
pub const MAX_LIMIT: u32 = 100;

/// How many rows a page may have: 1 to [`MAX_LIMIT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u32);

impl Limit {
    /// Takes what the caller asked for; more than [`MAX_LIMIT`] is cut to it.
    ///
    /// # Errors
    /// [`Invalid`] when it is below 1.
    pub fn new(asked: Option<i64>) -> Result<Self, Invalid> {
        match asked {
            None => Ok(Self(DEFAULT_LIMIT)),
            Some(n) if n < 1 => Err(Invalid::new("limit", "must be at least 1")),
            Some(n) => Ok(Self(u32::try_from(n).unwrap_or(MAX_LIMIT).min(MAX_LIMIT))),
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(DEFAULT_LIMIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_capped_and_never_below_one() {
        assert_eq!(Limit::new(None).unwrap().get(), 50);
        assert_eq!(Limit::new(Some(1_000_000)).unwrap().get(), 100);
        assert_eq!(Limit::new(Some(i64::MAX)).unwrap().get(), 100);
        assert!(Limit::new(Some(0)).is_err());
        assert!(Limit::new(Some(-1)).is_err());
    }
}
