//! Moments inside of texts, so that a delivery tells how old it is without being parsed.

use std::fmt::Write;
use std::time::{Duration, Instant};

use memchr::memmem::Finder;

/// What stands before a moment; nothing else in a delivery looks like it.
const MARK: &str = "@sent:";
const DIGITS: usize = 12;
/// Characters of a text. With what the servers put around it a delivery has 200 bytes or more.
const TEXT: usize = 128;

/// Writes and finds moments, as microseconds since the generator began.
pub(crate) struct Stamps {
    began: Instant,
    finder: Finder<'static>,
}

impl Stamps {
    pub(crate) fn new() -> Self {
        Self {
            began: Instant::now(),
            finder: Finder::new(MARK),
        }
    }

    /// A text of the usual length that says when it was to be sent.
    pub(crate) fn text(&self, moment: Instant) -> String {
        let micros = moment.saturating_duration_since(self.began).as_micros();
        let mut text = String::with_capacity(TEXT);
        // Writing into a string does not fail.
        let _ = write!(text, "{MARK}{micros:0DIGITS$} ");
        while text.len() < TEXT {
            text.push_str("the quick brown fox jumps over the lazy dog ");
        }
        text.truncate(TEXT);
        text
    }

    /// How old a delivery is.
    pub(crate) fn age(&self, delivery: &[u8], now: Instant) -> Option<Duration> {
        let at = self.finder.find(delivery)? + MARK.len();
        let digits = std::str::from_utf8(delivery.get(at..at + DIGITS)?).ok()?;
        let sent = Duration::from_micros(digits.parse().ok()?);
        Some(now.saturating_duration_since(self.began + sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_age_from_within_a_delivery() {
        let stamps = Stamps::new();
        let sent = stamps.began + Duration::from_millis(1500);
        let text = stamps.text(sent);
        assert_eq!(text.len(), TEXT);
        let delivery = format!("{{\"user\":\"a@b\",\"text\":\"{text}\"}}");
        let age = stamps.age(delivery.as_bytes(), sent + Duration::from_micros(250));
        assert_eq!(age, Some(Duration::from_micros(250)));
    }

    #[test]
    fn other_bytes_have_no_age() {
        let stamps = Stamps::new();
        for other in ["", "hello", "@sent:", "@sent:12345678901", "@sent:12345678901x"] {
            assert_eq!(stamps.age(other.as_bytes(), Instant::now()), None, "{other}");
        }
    }
}
