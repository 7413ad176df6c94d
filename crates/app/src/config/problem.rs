//! A fault in the configuration, told so that its owner can mend it.

use std::fmt;

/// Something is wrong with a key, or with a whole source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, such as `http.port`; empty when a whole source is at fault.
    pub key: String,
    /// Where the key stands: a file, an environment variable, or the defaults.
    pub source: String,
    /// What is wrong.
    pub text: String,
}

impl Problem {
    /// Says that the key, which stands in that source, has that fault.
    pub fn new(key: impl Into<String>, source: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            source: source.into(),
            text: text.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            write!(f, "{}: {}", self.source, self.text)
        } else {
            write!(f, "{}: {}: {}", self.source, self.key, self.text)
        }
    }
}
