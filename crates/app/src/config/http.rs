//! `http`: the listener for the API, the web app and uploads.

use http_api::Network;
use serde::{Deserialize, Serialize};

use super::check::{Faults, host};
use super::masked::Secret;
use super::units::Span;

/// The HTTP listener.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    /// Address or name to listen at.
    pub host: String,
    /// Port; 0 lets the system choose a free one.
    pub port: u16,
    /// How long a client may take for a JSON body, and for each piece of an upload.
    pub body_timeout: Span,
    /// Worker threads; 0 is one per processor.
    pub workers: usize,
    /// Where browsers reach the server, such as `https://chat.example.org`; empty: as they ask.
    pub base_url: String,
    /// Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub trusted_proxies: Vec<String>,
    /// Opens `/metrics` to those who bring it as bearer token; without it only to local callers.
    pub metrics_token: Secret,
    /// Serves the API's documents and their viewer at `/swagger/`.
    pub swagger: bool,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8000,
            body_timeout: Span::seconds(30),
            workers: 0,
            base_url: String::new(),
            trusted_proxies: Vec::new(),
            metrics_token: Secret::default(),
            swagger: true,
        }
    }
}

impl Http {
    /// The trusted proxies as networks.
    #[must_use]
    pub fn networks(&self) -> Vec<Network> {
        self.trusted_proxies
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect()
    }

    pub(super) fn check(&self, faults: &mut Faults, is_prod: bool) {
        host(faults, "http.host", &self.host);
        faults.between(
            "http.body_timeout",
            self.body_timeout,
            Span::seconds(1),
            Span::minutes(10),
        );
        workers(faults, "http.workers", self.workers);
        if !self.base_url.is_empty() {
            let rest = self
                .base_url
                .strip_prefix("https://")
                .or(self.base_url.strip_prefix("http://"));
            if !rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '?', '#', ' ', '@'])) {
                faults.add(
                    "http.base_url",
                    "must be http:// or https:// and a host, without a path",
                );
            } else if is_prod && self.base_url.starts_with("http://") {
                faults.add(
                    "http.base_url",
                    "must be https:// in prod, since cookies never travel without TLS there",
                );
            }
        }
        if self.networks().len() != self.trusted_proxies.len() {
            faults.add(
                "http.trusted_proxies",
                "must be addresses or networks such as 127.0.0.1 or 10.0.0.0/8",
            );
        }
        if !self.metrics_token.is_empty() && self.metrics_token.expose().len() < 16 {
            faults.add(
                "http.metrics_token",
                "must have 16 bytes or more; leave it empty for local callers only",
            );
        }
    }
}

/// More workers than that is a slip of the finger.
pub(super) fn workers(faults: &mut Faults, key: &str, count: usize) {
    if count > 1024 {
        faults.add(key, "must be at most 1024; 0 is one per processor");
    }
}
