//! A value computed once and kept beside what it was computed from.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

/// A place for what is made of the value that it belongs to, so that it is made once for all who
/// share the value. Copies of the value have an empty one, and it counts for nothing where values
/// are compared.
pub struct Memo<T>(OnceLock<T>);

impl<T> Memo<T> {
    /// What is kept, if there is anything.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.0.get()
    }

    /// What is kept, which is made now if there is nothing.
    pub fn get_or_make(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Memo<T> {}

impl<T> Hash for Memo<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<T> fmt::Debug for Memo<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_made_once_and_copies_have_none() {
        let memo = Memo::default();
        assert_eq!(memo.get(), None);
        assert_eq!(memo.get_or_make(|| 1), &1);
        assert_eq!(memo.get_or_make(|| 2), &1);
        assert_eq!(memo.clone().get(), None);
        assert_eq!(memo, Memo::default());
    }
}
