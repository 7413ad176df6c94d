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

impl From<&Failure> for Envelope<Empty> {
    fn from(failure: &Failure) -> Self {
        Self {
            code: failure.code,
            message: Cow::Owned(failure.message.clone()),
            data: Empty {},
        }
    }
}
