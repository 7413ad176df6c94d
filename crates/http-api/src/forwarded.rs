//! Who the caller is when proxies stand between: only what trusted proxies say counts.

use std::net::{IpAddr, SocketAddr};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HOST, HeaderMap, HeaderName};
use actix_web::{HttpRequest, http::Uri};

use crate::HttpOptions;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// Proxies in a row that are looked at.
const HOPS_MAX: usize = 32;

/// The parts of a request that say where it came from.
pub(crate) struct Source<'a> {
    peer: Option<SocketAddr>,
    headers: &'a HeaderMap,
    uri: &'a Uri,
}

impl<'a> From<&'a HttpRequest> for Source<'a> {
    fn from(request: &'a HttpRequest) -> Self {
        Self {
            peer: request.peer_addr(),
            headers: request.headers(),
            uri: request.uri(),
        }
    }
}

impl<'a> From<&'a ServiceRequest> for Source<'a> {
    fn from(request: &'a ServiceRequest) -> Self {
        Self {
            peer: request.peer_addr(),
            headers: request.headers(),
            uri: request.uri(),
        }
    }
}

impl Source<'_> {
    /// The caller's address: the peer's, or the right-most address that no trusted proxy has.
    pub(crate) fn address(&self, options: &HttpOptions) -> Option<IpAddr> {
        options.address_of(self.peer, self.headers)
    }

    /// The host that the caller asked for, with its port.
    pub(crate) fn host(&self, options: &HttpOptions) -> Option<&str> {
        let is_trusted = self.peer.is_some_and(|peer| options.trusts(peer.ip()));
        let forwarded = is_trusted.then(|| self.text(FORWARDED_HOST)).flatten();
        forwarded
            .and_then(|hosts| hosts.split(',').next())
            .map(str::trim)
            .or_else(|| self.text(HOST))
            .or_else(|| self.uri.authority().map(|authority| authority.as_str()))
    }

    /// True for a caller on this machine that no proxy speaks for.
    pub(crate) fn is_local(&self) -> bool {
        let is_forwarded = self
            .headers
            .keys()
            .any(|name| name == "forwarded" || name == "via" || name.as_str().starts_with("x-forwarded"));
        !is_forwarded && self.peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
    }

    fn text(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl HttpOptions {
    /// The address of a caller whose request came from that peer with these headers.
    #[must_use]
    pub fn address_of(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?.ip().to_canonical();
        let hops = headers
            .get_all(FORWARDED_FOR)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let hops: Vec<&str> = hops.collect();
        Some(right_most_untrusted(peer, &hops, |address| self.trusts(address)))
    }
}

fn right_most_untrusted(peer: IpAddr, hops: &[&str], trusts: impl Fn(IpAddr) -> bool) -> IpAddr {
    let mut address = peer;
    for hop in hops.iter().rev().take(HOPS_MAX) {
        if !trusts(address) {
            return address;
        }
        // A proxy that cannot say whom it serves stands for the caller itself.
        let Some(next) = parse(hop) else { return address };
        address = next;
    }
    address
}

fn parse(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let address = hop
        .parse::<IpAddr>()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(peer: &str, hops: &[&str]) -> String {
        let trusts = |address: IpAddr| address.to_string().starts_with("10.");
        right_most_untrusted(peer.parse().unwrap(), hops, trusts).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(address("198.51.100.7", &["203.0.113.1"]), "198.51.100.7");
    }

    #[test]
    fn behind_proxies_the_right_most_stranger_counts() {
        assert_eq!(address("10.0.0.1", &["203.0.113.1"]), "203.0.113.1");
        assert_eq!(
            address("10.0.0.1", &["1.2.3.4", "203.0.113.1", "10.0.0.2"]),
            "203.0.113.1"
        );
        assert_eq!(address("10.0.0.1", &["203.0.113.1:4711"]), "203.0.113.1");
        assert_eq!(address("10.0.0.1", &["[2001:db8::1]:80"]), "2001:db8::1");
    }

    #[test]
    fn nonsense_ends_the_chain() {
        assert_eq!(address("10.0.0.1", &["203.0.113.1", "unknown"]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &["10.0.0.3", "10.0.0.2"]), "10.0.0.3");
    }
}
