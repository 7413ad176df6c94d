//! Values that must not be seen in logs or in what the command line prints.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// What stands in the place of a secret.
const MASK: &str = "********";

/// A secret text. Printing and serialising it gives asterisks.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "" } else { MASK })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({self})")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An address that may hold a password: `scheme://user:password@host/...`. Printing and
/// serialising it hides the password and all that stands behind a `?`.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// The address with its password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Address {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (address, query) = match self.0.split_once('?') {
            Some((address, _)) => (address, "?…"),
            None => (self.0.as_str(), ""),
        };
        // A password that nobody encoded may itself hold `@` or `/`: the last `@` counts.
        match address
            .split_once("://")
            .and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)))
        {
            Some((scheme, (login, place))) => match login.split_once(':') {
                Some((user, _)) => write!(f, "{scheme}://{user}:{MASK}@{place}{query}"),
                None => write!(f, "{scheme}://{login}@{place}{query}"),
            },
            None => write!(f, "{address}{query}"),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(address: &str) -> String {
        Address(address.to_owned()).to_string()
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(
            shown("mysql://banter:hunter2@db:3306/banter"),
            "mysql://banter:********@db:3306/banter"
        );
        assert_eq!(
            shown("mysql://banter:p@ss/w:rd@db/banter"),
            "mysql://banter:********@db/banter"
        );
        assert_eq!(shown("mysql://root@db/banter"), "mysql://root@db/banter");
        assert_eq!(shown("sqlite://storage/banter.db"), "sqlite://storage/banter.db");
        assert_eq!(shown("mysql://db/banter?password=hunter2"), "mysql://db/banter?…");
    }

    #[test]
    fn a_secret_is_never_printed() {
        let secret = Secret::from("hunter2");
        assert!(!format!("{secret} {secret:?}").contains("hunter2"));
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#""********""#);
        assert_eq!(Secret::default().to_string(), "");
    }
}
