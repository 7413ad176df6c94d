//! `security`: sign-in, origins and limits.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use service::limits::{Limit, Rate};

use super::check::Faults;
use super::masked::Secret;
use super::pace::Pace;
use super::units::Span;

/// Shortest signing key, in bytes: what HS256 asks for (RFC 7518, section 3.2).
const KEY_MIN: usize = 32;
/// Words that only stand in keys that somebody copied from a page.
const EXAMPLE_WORDS: [&str; 7] = [
    "change-me",
    "changeme",
    "change_me",
    "example",
    "your-",
    "placeholder",
    "not-a-secret",
];

/// Who may register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Everybody.
    Open,
    /// Whom an admin has invited by a link.
    Invite,
    /// Only accounts that the operator makes from the command line.
    Closed,
}

/// The signing key and how long tokens hold.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwt {
    /// Signs access tokens. Empty in `local`: made once and kept in `<data.dir>/secret`.
    pub key: Secret,
    /// How long an access token holds.
    pub access_ttl: Span,
    /// How long a device stays signed in without being used.
    pub refresh_ttl: Span,
}

/// Limits on how often somebody may ask.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// False switches all limits off; for load tests.
    pub enabled: bool,
    /// Saying something, and saying it anew; each person.
    pub message: Pace,
    /// Changing anything else that others are told of; each person.
    pub change: Pace,
    /// Looking people, open rooms and invitations up; each person.
    pub lookup: Pace,
    /// Searching messages; each person.
    pub search: Pace,
    /// Making rooms, friends and invitations; each person.
    pub create: Pace,
    /// Uploading files; each person.
    pub upload: Pace,
    /// Registering; each address.
    pub register: Pace,
    /// Most connections of one address that are not signed in; 0: no limit.
    pub anonymous_connections: usize,
}

impl Default for RateLimit {
    fn default() -> Self {
        Self {
            enabled: true,
            message: Pace::new(10, Span::seconds(10), 20),
            change: Pace::new(120, Span::minutes(1), 120),
            lookup: Pace::new(120, Span::minutes(1), 120),
            search: Pace::new(60, Span::minutes(1), 30),
            create: Pace::new(1000, Span::days(1), 1000),
            upload: Pace::new(60, Span::minutes(1), 60),
            register: Pace::new(600, Span::minutes(60), 600),
            anonymous_connections: 250,
        }
    }
}

impl RateLimit {
    /// The limits that hold.
    #[must_use]
    pub fn rates(&self) -> Vec<(Limit, Rate)> {
        if !self.enabled {
            return Vec::new();
        }
        let pace = |limit| match limit {
            Limit::Message => self.message,
            Limit::Change => self.change,
            Limit::Lookup => self.lookup,
            Limit::Search => self.search,
            Limit::Create => self.create,
            Limit::Upload => self.upload,
            Limit::Register => self.register,
        };
        let rates = Limit::ALL.into_iter().map(|limit| Some((limit, pace(limit).rate()?)));
        rates.flatten().collect()
    }
}

/// Sign-in, origins and limits.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Security {
    /// The signing key and how long tokens hold.
    pub jwt: Jwt,
    /// Cost of a password hash; each step doubles the time that it takes.
    pub bcrypt_cost: u32,
    /// Origins, besides the page's own, whose pages may use the API and the gateway.
    pub allowed_origins: Vec<String>,
    /// Who may register.
    pub registration: Registration,
    /// Limits on how often somebody may ask.
    pub rate_limit: RateLimit,
}

impl Default for Security {
    fn default() -> Self {
        Self {
            jwt: Jwt {
                key: Secret::default(),
                access_ttl: Span::minutes(15),
                refresh_ttl: Span::days(30),
            },
            bcrypt_cost: 12,
            allowed_origins: Vec::new(),
            registration: Registration::Open,
            rate_limit: RateLimit::default(),
        }
    }
}

impl Security {
    pub(super) fn check(&self, faults: &mut Faults, is_prod: bool) {
        let key = self.jwt.key.expose();
        if is_prod && key.is_empty() {
            faults.add(
                "security.jwt.key",
                "is missing; prod needs one: 32 random bytes or more, as `openssl rand -base64 48` prints",
            );
        } else if is_example(key) {
            faults.add(
                "security.jwt.key",
                "is a published example; make your own with `openssl rand -base64 48`",
            );
        } else if is_prod && key.len() < KEY_MIN {
            faults.add(
                "security.jwt.key",
                format!("is too short for prod: it must have {KEY_MIN} bytes or more"),
            );
        } else if is_prod && is_monotonous(key) {
            faults.add(
                "security.jwt.key",
                "is too easy to guess; make one with `openssl rand -base64 48`",
            );
        }
        faults.between(
            "security.jwt.access_ttl",
            self.jwt.access_ttl,
            Span::seconds(5),
            Span::days(1),
        );
        faults.between(
            "security.jwt.refresh_ttl",
            self.jwt.refresh_ttl,
            Span::minutes(1),
            Span::days(365),
        );
        if self.jwt.refresh_ttl < self.jwt.access_ttl {
            faults.add(
                "security.jwt.refresh_ttl",
                "must not be shorter than security.jwt.access_ttl",
            );
        }
        faults.between(
            "security.bcrypt_cost",
            self.bcrypt_cost,
            if is_prod { 10 } else { 4 },
            16,
        );
        if self.allowed_origins.iter().any(|origin| !is_origin(origin)) {
            faults.add(
                "security.allowed_origins",
                "must be origins such as https://chat.example.org, without a path",
            );
        }
    }
}

fn is_example(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    EXAMPLE_WORDS.iter().any(|word| key.contains(word))
}

/// True for keys such as `aaaa…` or `12341234…`.
fn is_monotonous(key: &str) -> bool {
    key.bytes().collect::<BTreeSet<u8>>().len() < 10
}

fn is_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or(origin.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '*', '@', ' ']))
}
