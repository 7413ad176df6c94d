//! Collects what is wrong with values that have the right type.

use std::fmt::Display;
use std::net::IpAddr;

use super::Config;

/// Faults by key.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(String, String)>);

impl Faults {
    /// Says that a key has that fault.
    pub(super) fn add(&mut self, key: &str, text: impl Into<String>) {
        self.0.push((key.to_owned(), text.into()));
    }

    /// Says so when a value is not within its bounds.
    pub(super) fn between<T: PartialOrd + Display>(&mut self, key: &str, value: T, least: T, most: T) {
        if value < least || value > most {
            self.add(key, format!("must be from {least} to {most}"));
        }
    }
}

/// Everything that is wrong with the values, also of one against another.
pub(super) fn check(config: &Config) -> Vec<(String, String)> {
    let mut faults = Faults::default();
    let is_prod = config.is_prod();
    config.http.check(&mut faults, is_prod);
    config.ws.check(&mut faults);
    config.security.check(&mut faults, is_prod);
    config.data.check(&mut faults);
    config.chat.check(&mut faults);
    if config.data.is_shared() && config.security.jwt.key.is_empty() {
        let text = "must be given where data.redis.url is, the same on every node";
        faults.add("security.jwt.key", text);
    }
    config.log.check(&mut faults);
    config.traces.check(&mut faults);
    if config.http.port != 0 && config.http.port == config.ws.port && config.http.host == config.ws.host {
        faults.add("ws.port", "is the port of the HTTP listener too");
    }
    faults.0
}

/// A listener needs a name without anything around it.
pub(super) fn host(faults: &mut Faults, key: &str, host: &str) {
    let is_name = !host.is_empty()
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if !is_name && host.parse::<IpAddr>().is_err() {
        faults.add(
            key,
            "must be an address or a host name, such as 127.0.0.1, 0.0.0.0 or ::",
        );
    }
}
