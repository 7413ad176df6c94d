//! How often something may be done, as people write it: `10/10s burst 20`, or `off`.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use service::limits::Rate;

use super::units::Span;

/// What stands for no limit.
const OFF: &str = "off";

/// A limit, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(Option<Rate>);

impl Pace {
    /// `count` times in `per`, and `burst` times at once.
    #[must_use]
    pub const fn new(count: u32, per: Span, burst: u32) -> Self {
        match (NonZeroU32::new(count), NonZeroU32::new(burst)) {
            (Some(count), Some(burst)) => Self(Some(Rate {
                count,
                per: per.duration(),
                burst,
            })),
            _ => Self(None),
        }
    }

    /// The limit, if there is one.
    #[must_use]
    pub const fn rate(self) -> Option<Rate> {
        self.0
    }
}

impl FromStr for Pace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == OFF {
            return Ok(Self(None));
        }
        parse(text).map(|rate| Self(Some(rate))).ok_or_else(|| {
            format!("{text:?} is no limit; write it as 10/10s, which is ten in ten seconds, 10/10s burst 20 or {OFF}")
        })
    }
}

fn parse(text: &str) -> Option<Rate> {
    let (rate, burst) = match text.split_once("burst") {
        Some((rate, burst)) => (rate, Some(burst.trim().parse().ok()?)),
        None => (text, None),
    };
    let (count, per) = rate.split_once('/')?;
    let count: NonZeroU32 = count.trim().parse().ok()?;
    let per: Span = per.parse().ok()?;
    // Shorter pauses than that cannot be told apart.
    let is_countable = per.duration().as_nanos() >= u128::from(count.get());
    is_countable.then_some(Rate {
        count,
        per: per.duration(),
        burst: burst.unwrap_or(count),
    })
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Rate { count, per, burst }) = self.0 else {
            return f.write_str(OFF);
        };
        write!(f, "{count}/{}", Span::from(per))?;
        if burst == count {
            Ok(())
        } else {
            write!(f, " burst {burst}")
        }
    }
}

impl Serialize for Pace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read_again() {
        for text in ["10/10s burst 20", "60/1m", "50/1d burst 20", "1/250ms", "off"] {
            assert_eq!(text.parse::<Pace>().unwrap().to_string(), text);
        }
        assert_eq!("10/10s burst 10".parse::<Pace>().unwrap().to_string(), "10/10s");
        assert_eq!("off".parse::<Pace>().unwrap().rate(), None);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "10",
            "10/",
            "0/10s",
            "10/10s burst 0",
            "10/0s",
            "10/10",
            "-1/1s",
            "10/1s burst x",
            "on",
        ] {
            assert!(text.parse::<Pace>().is_err(), "{text}");
        }
    }
}
