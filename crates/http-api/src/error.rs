//! Failures as answers: the one place where this edge turns an error into a status and a body.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use wire::{Empty, Envelope, Failure};

/// What a handler answers instead of its result.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} {}", failure.code, failure.message)]
pub(crate) struct ApiError {
    failure: Failure,
    cookies: Vec<HeaderValue>,
    allow: Option<&'static str>,
}

/// What a handler answers.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// A failure in the words of the table of codes.
    pub(crate) fn of(code: u16) -> Self {
        Failure::of(code).into()
    }

    /// A failure with its own text.
    pub(crate) fn new(code: u16, message: impl Into<String>) -> Self {
        Failure::new(code, message).into()
    }

    /// Nobody is signed in. Always the same, whatever was wrong with the token.
    pub(crate) fn unauthorized() -> Self {
        (&service::Error::Unauthorized).into()
    }

    /// A fault of ours, written to the log here.
    pub(crate) fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        service::Error::internal(source).into()
    }

    /// The path exists, but not with this method.
    pub(crate) fn method_not_allowed(allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::of(405)
        }
    }

    /// The failure that stands for a bare HTTP status.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let status = status.as_u16();
        let is_known = wire::CODES.iter().any(|row| row.code == status);
        let fallback = if status < 500 { 400 } else { 500 };
        Self::of(if is_known { status } else { fallback })
    }

    /// Also sets cookies.
    pub(crate) fn with_cookies(mut self, cookies: impl IntoIterator<Item = HeaderValue>) -> Self {
        self.cookies.extend(cookies);
        self
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            cookies: Vec::new(),
            allow: None,
        }
    }
}

impl From<domain::Invalid> for ApiError {
    fn from(invalid: domain::Invalid) -> Self {
        wire::command::invalid(invalid).into()
    }
}

impl From<&service::Error> for ApiError {
    fn from(error: &service::Error) -> Self {
        if let service::Error::Internal(source) = error {
            tracing::error!(error = %source, cause = ?source.source().map(ToString::to_string), "internal error");
        }
        Failure::from(error).into()
    }
}

impl From<service::Error> for ApiError {
    fn from(error: service::Error) -> Self {
        Self::from(&error)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        if self.status_code() == StatusCode::UNAUTHORIZED {
            answer.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.failure.retry_after_seconds() {
            answer.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(methods) = self.allow {
            answer.insert_header((ALLOW, methods));
        }
        for cookie in &self.cookies {
            answer.append_header((SET_COOKIE, cookie.clone()));
        }
        answer.json(Envelope::<Empty>::from(&self.failure))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn headers_follow_the_failure() {
        let wait = service::Error::TooManyRequests {
            retry_after: Duration::from_millis(1500),
        };
        let answer = ApiError::from(wait).error_response();
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers().get(RETRY_AFTER).unwrap(), "2");

        let answer = ApiError::unauthorized().error_response();
        assert_eq!(answer.headers().get(WWW_AUTHENTICATE).unwrap(), "Bearer");
    }

    #[test]
    fn every_status_finds_a_code() {
        for (status, code) in [(404, 404), (405, 405), (406, 400), (416, 400), (502, 500), (503, 503)] {
            let error = ApiError::of_status(StatusCode::from_u16(status).unwrap());
            assert_eq!(error.failure.code, code);
        }
    }
}
