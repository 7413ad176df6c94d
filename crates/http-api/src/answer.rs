//! Success as an answer: the envelope around an object of `wire`.

use actix_web::body::BoxBody;
use actix_web::http::header::{HeaderValue, SET_COOKIE};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use wire::{Empty, Envelope};

/// `{"code": 0, "message": "success", "data": …}`, and perhaps cookies.
#[derive(Debug)]
pub(crate) struct Answer<T> {
    data: T,
    cookies: Vec<HeaderValue>,
}

impl<T> Answer<T> {
    /// Answers with `data`.
    pub(crate) fn new(data: T) -> Self {
        Self {
            data,
            cookies: Vec::new(),
        }
    }

    /// Also sets cookies.
    pub(crate) fn with_cookies(mut self, cookies: impl IntoIterator<Item = HeaderValue>) -> Self {
        self.cookies.extend(cookies);
        self
    }
}

impl Answer<Empty> {
    /// Answers `{}`.
    pub(crate) fn empty() -> Self {
        Self::new(Empty {})
    }
}

impl<T: Serialize> Responder for Answer<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        for cookie in self.cookies {
            answer.append_header((SET_COOKIE, cookie));
        }
        answer.json(Envelope::success(self.data))
    }
}

/// Data of one of two kinds.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum OneOf<A, B> {
    /// The first kind.
    First(A),
    /// The second kind.
    Second(B),
}
