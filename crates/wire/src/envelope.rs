//! The envelope of every answer: `{"code": int, "message": string, "data": any}`.

use std::borrow::Cow;

use serde::Serialize;

use crate::Failure;

/// An answer.
#[derive(Debug, Clone, Serialize)]
pub struct Envelope<T> {
    /// 0 for success, else a code of [`crate::CODES`].
    pub code: u16,
    /// `success`, or what went wrong.
    pub message: Cow<'static, str>,
    /// What was asked for; `{}` where there is nothing to give.
    pub data: T,
}

/// `{}`: nothing to give.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct Empty {}

impl<T> Envelope<T> {
    /// A successful answer.
    pub fn success(data: T) -> Self {
        Self {
            code: 0,
            message: Cow::Borrowed("success"),
            data,
        }
    }
}

/// What helps a client that was refused; `{}` where nothing does.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// Seconds after which it may try again. Over HTTP the header `Retry-After` says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl From<&Failure> for Envelope<Hint> {
    fn from(failure: &Failure) -> Self {
        Self {
            code: failure.code,
            message: failure.message.clone().into(),
            data: Hint {
                retry_after: failure.retry_after_seconds(),
            },
        }
    }
}

impl From<&Failure> for Envelope<Empty> {
    fn from(failure: &Failure) -> Self {
        Self {
            code: failure.code,
            message: Cow::Owned(failure.message.clone()),
            data: Empty {},
        }
    }
}
