//! What the operator decides about the HTTP edge.

use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

/// The operator's choices.
#[derive(Clone)]
pub struct HttpOptions {
    /// Where people reach this server, for example `https://chat.example.org`; may be empty.
    pub base_url: String,
    /// Proxies whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Vec<Network>,
    /// Origins of other pages that may use the API, for example `https://app.example.org`.
    pub allowed_origins: Vec<String>,
    /// Sends cookies over TLS only.
    pub secure_cookies: bool,
    /// Opens `/metrics` to callers that are not local.
    pub metrics_token: Option<String>,
    /// Largest upload, in bytes. The service has the last word; this one stops early.
    pub upload_max: u64,
    /// How long a client may take for a JSON body, and for each piece of an upload.
    pub body_timeout: Duration,
    /// How long an upload may take as a whole.
    pub upload_timeout: Duration,
    /// How long the use cases may take for anything else, once the body is there.
    pub patience: Duration,
    /// More places that pages may connect to, such as the object storage that takes uploads.
    pub connect_sources: Vec<String>,
    /// Serves the documents of the API and their viewer.
    pub swagger: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            trusted_proxies: Vec::new(),
            allowed_origins: Vec::new(),
            secure_cookies: false,
            metrics_token: None,
            upload_max: 25 * 1024 * 1024,
            body_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(15 * 60),
            patience: Duration::from_secs(25),
            connect_sources: Vec::new(),
            swagger: true,
        }
    }
}

impl HttpOptions {
    /// True for a proxy that is trusted.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(address))
    }

    /// True for an origin on the list.
    pub(crate) fn allows_origin(&self, origin: &str) -> bool {
        self.allowed_origins
            .iter()
            .any(|allowed| allowed.trim_end_matches('/').eq_ignore_ascii_case(origin))
    }
}

/// A single address, or a network in CIDR form (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

/// Says that a text is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither an IP address nor a network such as 10.0.0.0/8")]
pub struct NetworkError(String);

impl Network {
    /// True for an address of this network.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                same_start(own.to_bits().into(), other.to_bits().into(), self.prefix, 32)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => same_start(own.to_bits(), other.to_bits(), self.prefix, 128),
            _ => false,
        }
    }
}

fn same_start(a: u128, b: u128, prefix: u8, width: u32) -> bool {
    let rest = width.saturating_sub(prefix.into());
    (a ^ b).checked_shr(rest).unwrap_or(0) == 0
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let wrong = || NetworkError(text.to_owned());
        let (address, prefix) = text
            .split_once('/')
            .map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Ok(width), |prefix| prefix.parse().map_err(|_| wrong()))?;
        if prefix > width {
            return Err(wrong());
        }
        Ok(Self { address, prefix })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        let holds =
            |network: &str, address: &str| network.parse::<Network>().unwrap().contains(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.200.3.4"));
        assert!(!holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("127.0.0.1", "127.0.0.1"));
        assert!(holds("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(!holds("127.0.0.1", "127.0.0.2"));
        assert!(holds("0.0.0.0/0", "8.8.8.8"));
        assert!(holds("fd00::/8", "fd12::1"));
        assert!(!holds("fd00::/8", "fe80::1"));
        assert!(holds("::/0", "2001:db8::1"));
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0.0/x", "::1/129", "10.0.0/8"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
