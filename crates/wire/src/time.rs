//! Times on the wire: RFC 3339 in UTC with milliseconds, `2026-01-31T08:15:30.123Z`.

use chrono::{DateTime, SecondsFormat};
use domain::Timestamp;

/// Writes a moment.
#[must_use]
pub fn text(at: Timestamp) -> String {
    DateTime::from_timestamp_millis(at.0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_milliseconds_and_a_z() {
        assert_eq!(text(Timestamp(1_769_847_330_123)), "2026-01-31T08:15:30.123Z");
        assert_eq!(text(Timestamp(0)), "1970-01-01T00:00:00.000Z");
    }
}
