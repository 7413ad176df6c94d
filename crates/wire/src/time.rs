//! Times on the wire: RFC 3339 in UTC with milliseconds, `2026-01-31T08:15:30.123Z`.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Timelike};
use domain::Timestamp;
use serde::{Serialize, Serializer};

use crate::Failure;

/// Writes a moment.
#[must_use]
pub fn text(at: Timestamp) -> String {
    DateTime::from_timestamp_millis(at.0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A moment as it is written. Each message has two, so they are put together digit by digit.
#[derive(Debug, Clone, Copy)]
pub struct Moment(
    /// The moment.
    pub Timestamp,
);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let at = DateTime::from_timestamp_millis(self.0.0).unwrap_or_default();
        let Some(year) = u32::try_from(at.year()).ok().filter(|year| *year <= 9999) else {
            return serializer.serialize_str(&text(self.0));
        };
        let [[y1, y2], [y3, y4]] = [two(year / 100), two(year)];
        let [[o1, o2], [d1, d2]] = [two(at.month()), two(at.day())];
        let [[h1, h2], [m1, m2], [s1, s2]] = [two(at.hour()), two(at.minute()), two(at.second())];
        let millis = at.timestamp_subsec_millis();
        let ([_, f1], [f2, f3]) = (two(millis / 100), two(millis));
        let text = [
            y1, y2, y3, y4, b'-', o1, o2, b'-', d1, d2, b'T', h1, h2, b':', m1, m2, b':', s1, s2, b'.', f1, f2, f3,
            b'Z',
        ];
        serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

/// The last two digits of a number.
fn two(number: u32) -> [u8; 2] {
    let digit = |number: u32| b"0123456789".get(number as usize % 10).copied().unwrap_or(b'0');
    [digit(number / 10), digit(number)]
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
pub(crate) fn parse_moment_or_day(field: &str, text: &str) -> Result<Timestamp, Failure> {
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
    fn a_moment_in_an_object_reads_the_same() {
        for at in [
            0,
            1,
            -1,
            1_769_847_330_123,
            951_782_400_999,
            253_402_300_799_999,
            253_402_300_800_000,
            -99_999_999_999_999,
            i64::MAX,
        ] {
            let at = Timestamp(at);
            assert_eq!(serde_json::json!(Moment(at)), text(at));
        }
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
