//! The table of codes: what a client can be told, over HTTP and over the socket.

use std::time::Duration;

use service::Error;

/// One code of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeRow {
    /// The number in the envelope.
    pub code: u16,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What the socket does besides answering with the envelope.
    pub on_socket: OnSocket,
    /// What it means, in a few words.
    pub meaning: &'static str,
}

/// What the socket does with a failed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSocket {
    /// Answers with the envelope; the connection goes on.
    Envelope,
    /// Answers with an error of the transport, `PIT-` and this number.
    TransportError,
    /// Cannot happen there.
    Never,
}

/// When to try again on a server that is full: somebody has to make room first.
const FULL_WAIT: Duration = Duration::from_secs(10);

/// Every code, in rising order. 0 is success.
pub const CODES: &[CodeRow] = &[
    row(0, 200, OnSocket::Envelope, "success"),
    row(
        400,
        400,
        OnSocket::Envelope,
        "bad request: body, query or field not valid",
    ),
    row(401, 401, OnSocket::TransportError, "not authenticated"),
    row(403, 403, OnSocket::Envelope, "authenticated, not allowed"),
    row(
        404,
        404,
        OnSocket::Envelope,
        "no such thing, or not visible to the caller",
    ),
    row(405, 405, OnSocket::Never, "the path does not know this method"),
    row(409, 409, OnSocket::Envelope, "conflict with the present state"),
    row(413, 413, OnSocket::Never, "too large"),
    row(415, 415, OnSocket::Never, "media type not supported"),
    row(429, 429, OnSocket::Envelope, "too many requests"),
    row(500, 500, OnSocket::Envelope, "internal error"),
    row(503, 503, OnSocket::Envelope, "overloaded or shutting down"),
    row(1001, 409, OnSocket::Envelope, "email already in use"),
    row(1002, 401, OnSocket::Envelope, "wrong email or password"),
    row(1003, 401, OnSocket::TransportError, "user id is empty"),
    row(1004, 400, OnSocket::Envelope, "not enough parameters"),
    row(1005, 409, OnSocket::Envelope, "user name already in use"),
];

const fn row(code: u16, status: u16, on_socket: OnSocket, meaning: &'static str) -> CodeRow {
    CodeRow {
        code,
        status,
        on_socket,
        meaning,
    }
}

/// A failed request, ready to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The code; it stands in [`CODES`].
    pub code: u16,
    /// The text for the caller.
    pub message: String,
    /// When to try again.
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// A failure with its own text.
    #[must_use]
    pub fn new(code: u16, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after: None,
        }
    }

    /// A failure in the words of the table.
    #[must_use]
    pub fn of(code: u16) -> Self {
        Self::new(code, row_of(code).meaning)
    }

    /// A parameter that the request needs is missing (code 1004).
    #[must_use]
    pub fn missing(parameter: &str) -> Self {
        Self::new(1004, format!("not enough parameters: {parameter}"))
    }

    /// When to try again, in whole seconds, at least one.
    #[must_use]
    pub fn retry_after_seconds(&self) -> Option<u64> {
        let wait = self.retry_after?;
        Some((wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1))
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub fn status(&self) -> u16 {
        row_of(self.code).status
    }
}

/// The row of a code; that of 500 for a code that the table lacks.
#[must_use]
pub fn row_of(code: u16) -> CodeRow {
    const INTERNAL: CodeRow = row(500, 500, OnSocket::Envelope, "internal error");
    CODES.iter().copied().find(|row| row.code == code).unwrap_or(INTERNAL)
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let (code, retry_after) = match error {
            Error::Invalid(_) => (400, None),
            Error::Unauthorized => (401, None),
            Error::EmptyUserId => (1003, None),
            Error::WrongCredentials => (1002, None),
            Error::Forbidden(_) => (403, None),
            Error::NotFound => (404, None),
            Error::Conflict(_) => (409, None),
            Error::EmailTaken => (1001, None),
            Error::UserNameTaken => (1005, None),
            Error::Outdated => (409, None),
            Error::TooLarge { .. } | Error::QuotaReached { .. } => (413, None),
            Error::TooManyRequests { retry_after } => (429, Some(*retry_after)),
            Error::Overloaded { retry_after } => (503, Some(*retry_after)),
            Error::Full => (503, Some(FULL_WAIT)),
            Error::Internal(_) => (500, None),
        };
        Self {
            code,
            message: error.to_string(),
            retry_after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_no_empty_cell_and_no_double() {
        for pair in CODES.windows(2) {
            assert!(pair[0].code < pair[1].code);
        }
        for row in CODES {
            assert!(!row.meaning.is_empty());
            assert_eq!(row.code == 0, row.status < 400, "{row:?}");
            assert!(row.code >= 1000 || row.code == 0 || row.code == row.status, "{row:?}");
        }
    }

    #[test]
    fn every_error_of_the_use_cases_stands_in_the_table() {
        let errors = [
            Error::from(domain::Invalid::new("name", "is odd")),
            Error::Unauthorized,
            Error::EmptyUserId,
            Error::WrongCredentials,
            Error::Forbidden("no"),
            Error::NotFound,
            Error::Conflict("no"),
            Error::EmailTaken,
            Error::UserNameTaken,
            Error::TooLarge { limit: 1 },
            Error::QuotaReached { quota: 1 },
            Error::TooManyRequests {
                retry_after: Duration::from_secs(1),
            },
            Error::overloaded(),
            Error::Full,
            Error::internal("secret detail"),
        ];
        for error in &errors {
            let failure = Failure::from(error);
            assert_eq!(row_of(failure.code).code, failure.code);
            assert!(!failure.message.contains("secret"));
        }
    }
}
