//! Which compressed forms of a file a browser takes.

/// A way to make a file smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Brotli, the smaller one.
    Brotli,
    /// gzip.
    Gzip,
}

impl Encoding {
    /// Its name in headers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The extension of files in this form.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }
}

/// The encodings that an `Accept-Encoding` header takes, the best one first.
pub(crate) fn accepted(header: &str) -> Vec<Encoding> {
    [Encoding::Brotli, Encoding::Gzip]
        .into_iter()
        .filter(|encoding| header.split(',').any(|part| takes(part, encoding.name())))
        .collect()
}

fn takes(part: &str, name: &str) -> bool {
    let mut parameters = part.split(';').map(str::trim);
    let is_named = parameters
        .next()
        .is_some_and(|coding| coding.eq_ignore_ascii_case(name));
    let is_refused = parameters.any(|parameter| {
        parameter
            .strip_prefix("q=")
            .and_then(|weight| weight.parse::<f32>().ok())
            .is_some_and(|weight| weight <= 0.0)
    });
    is_named && !is_refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_form_comes_first() {
        use Encoding::{Brotli, Gzip};
        assert_eq!(accepted("gzip, deflate, br, zstd"), [Brotli, Gzip]);
        assert_eq!(accepted("br;q=0, gzip;q=0.5"), [Gzip]);
        assert_eq!(accepted("GZIP"), [Gzip]);
        assert_eq!(accepted("identity"), []);
        assert_eq!(accepted(""), []);
    }
}
