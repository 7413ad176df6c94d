//! Keyed hashes: what nodes tell each other of names and addresses instead of them.

use std::fmt::Write as _;

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// HMAC (RFC 2104) with SHA-256: only nodes with the same key can tell which hashes belong together.
#[derive(Clone)]
pub(crate) struct KeyedHash(Hmac<Sha256>);

impl KeyedHash {
    /// What has that key turns a text into the same hash everywhere.
    pub(crate) fn new(key: &[u8]) -> Self {
        #[expect(
            clippy::expect_used,
            reason = "HMAC takes keys of any length; the trait has others too"
        )]
        let keyed = Hmac::new_from_slice(key).expect("a key of any length");
        Self(keyed)
    }

    /// The hash of a text, in hexadecimal digits.
    pub(crate) fn of(&self, text: &str) -> String {
        let hash = self.0.clone().chain_update(text).finalize().into_bytes();
        hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
