//! Byte ranges (RFC 9110, section 14).

/// Which bytes a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range {
    /// All of them.
    Whole,
    /// From the first to the last one, both inside the file.
    Part(u64, u64),
    /// None that the file has.
    Unsatisfiable,
}

impl Range {
    /// Reads a `Range` header for a file of `size` bytes. One that asks for several ranges, or
    /// that cannot be understood, is ignored.
    pub(crate) fn parse(header: &str, size: u64) -> Self {
        let Some(spec) = header.trim().strip_prefix("bytes=").map(str::trim) else {
            return Self::Whole;
        };
        let Some((first, last)) = spec.split_once('-') else {
            return Self::Whole;
        };
        match (number(first), number(last)) {
            (Some(Some(first)), Some(last)) => Self::from_to(first, last, size),
            (Some(None), Some(Some(count))) => Self::last(count, size),
            _ => Self::Whole,
        }
    }

    fn from_to(first: u64, last: Option<u64>, size: u64) -> Self {
        if last.is_some_and(|last| last < first) {
            return Self::Whole;
        }
        if first >= size {
            return Self::Unsatisfiable;
        }
        Self::Part(first, last.unwrap_or(u64::MAX).min(size - 1))
    }

    fn last(count: u64, size: u64) -> Self {
        if count == 0 || size == 0 {
            return Self::Unsatisfiable;
        }
        Self::Part(size.saturating_sub(count), size - 1)
    }
}

/// `Some(None)` for nothing, `None` for something that is no number.
fn number(text: &str) -> Option<Option<u64>> {
    if text.is_empty() {
        return Some(None);
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit are more bytes than any file has.
    is_number.then(|| Some(text.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_rfc_says() {
        for (header, range) in [
            ("bytes=0-499", Range::Part(0, 499)),
            ("bytes=500-", Range::Part(500, 999)),
            ("bytes=-200", Range::Part(800, 999)),
            ("bytes=-5000", Range::Part(0, 999)),
            ("bytes=0-99999999999999999999999", Range::Part(0, 999)),
            ("bytes=999-999", Range::Part(999, 999)),
            ("bytes=1000-", Range::Unsatisfiable),
            ("bytes=-0", Range::Unsatisfiable),
            ("bytes=5-4", Range::Whole),
            ("bytes=0-1,5-6", Range::Whole),
            ("bytes=a-b", Range::Whole),
            ("bytes=-", Range::Whole),
            ("bytes=5", Range::Whole),
            ("lines=0-4", Range::Whole),
            ("", Range::Whole),
        ] {
            assert_eq!(Range::parse(header, 1000), range, "{header}");
        }
    }

    #[test]
    fn an_empty_file_has_no_part() {
        assert_eq!(Range::parse("bytes=0-", 0), Range::Unsatisfiable);
        assert_eq!(Range::parse("bytes=-1", 0), Range::Unsatisfiable);
    }
}
