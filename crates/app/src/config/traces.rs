//! `traces`: where OpenTelemetry traces are sent, if anywhere.

use serde::{Deserialize, Serialize};

use super::check::Faults;
use super::masked::Address;

/// Traces.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Traces {
    /// Base address of a collector that takes OTLP over HTTP; empty: no traces.
    pub endpoint: Address,
    /// Share of requests and calls that are traced, 0 to 1.
    pub sample: f64,
}

impl Default for Traces {
    fn default() -> Self {
        Self {
            endpoint: Address::default(),
            sample: 1.0,
        }
    }
}

impl Traces {
    pub(super) fn check(&self, faults: &mut Faults) {
        let endpoint = self.endpoint.expose();
        let is_url = ["http://", "https://"]
            .iter()
            .any(|scheme| endpoint.strip_prefix(scheme).is_some_and(|host| !host.is_empty()));
        if !endpoint.is_empty() && !is_url {
            faults.add("traces.endpoint", "must be an address such as http://127.0.0.1:4318");
        }
        faults.between("traces.sample", self.sample, 0.0, 1.0);
    }
}
