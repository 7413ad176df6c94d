//! Times on the wire: RFC 3339 in UTC with milliseconds, `2026-01-31T08:15:30.123Z`.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat};
use domain::Timestamp;

use crate::Failure;

/// Writes a moment.
#[must_use]
pub fn text(at: Timestamp) -> String {
    DateTime::from_timestamp_millis(at.0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Reads a moment, in whatever zone it is written.
///
/// # Errors
/// [`Failure`] with code 400 naming `field`.
pub fn parse(field: &str, text: &str) -> Result<Timestamp, Failure> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| Timestamp(at.timestamp_millis()))
        .map_err(|_| Failure::new(400, format!("{field}: must be a time such as 2026-01-31T08:15:30.123Z")))
}

/// Reads a moment, or the beginning of a day in UTC.
///
/// # Errors
/// [`Failure`] with code 400 naming `field`.
pub fn parse_moment_or_day(field: &str, text: &str) -> Result<Timestamp, Failure> {
    match text.parse::<NaiveDate>() {
        Ok(day) => Ok(Timestamp(day.and_time(NaiveTime::MIN).and_utc().timestamp_millis())),
        Err(_) => parse(field, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_milliseconds_and_a_z() {
        assert_eq!(text(Timestamp(1_769_847_330_123)), "2026-01-31T08:15:30.123Z");
        assert_eq!(text(Timestamp(0)), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn moments_of_any_zone_are_read() {
        for text in ["2026-01-31T08:15:30.123Z", "2026-01-31T16:15:30.123456+08:00"] {
            assert_eq!(parse("at", text).unwrap(), Timestamp(1_769_847_330_123), "{text}");
        }
        for text in [
            "",
            "2026-01-31",
            "31.1.2026",
            "2026-01-31T08:15:30",
            "2026-13-31T08:15:30Z",
        ] {
            assert!(parse("at", text).unwrap_err().message.starts_with("at: "), "{text}");
        }
    }
}
