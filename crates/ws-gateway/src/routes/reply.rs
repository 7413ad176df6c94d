//! Answers: the envelope, or an error of the transport.

use bytes::Bytes;
use pitaya_protocol::{CODE_INTERNAL_ERROR, ErrorBody};
use serde::Serialize;
use service::Error;
use tracing::Span;
use wire::code::{OnSocket, row_of};
use wire::{Empty, Envelope, Failure};

use crate::encode;

/// What a handler answers: the JSON of a successful answer, or why not.
pub(crate) type Reply = Result<Vec<u8>, Refusal>;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// An ordinary answer: the envelope with its code.
    Failure(Failure),
    /// An error of the transport, with the error flag.
    Transport(ErrorBody),
}

impl Refusal {
    /// Nobody is signed in.
    pub(crate) fn unauthorized() -> Self {
        Failure::from(&Error::Unauthorized).into()
    }

    /// A fault of the server.
    pub(crate) fn internal() -> Self {
        Self::Transport(ErrorBody::new(CODE_INTERNAL_ERROR, "internal error"))
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let row = row_of(failure.code);
        match row.on_socket {
            OnSocket::TransportError => Self::Transport(ErrorBody::new(format!("PIT-{}", row.status), failure.message)),
            OnSocket::Envelope | OnSocket::Never => Self::Failure(failure),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        if let Error::Internal(source) = &error {
            tracing::error!(error = %source, "a call failed");
        }
        Failure::from(&error).into()
    }
}

/// Counts a refusal by its code, and writes it into the call's trace.
pub(super) fn note(refusal: &Refusal, trace: &Span) {
    let code = match refusal {
        Refusal::Failure(failure) => failure.code.to_string(),
        Refusal::Transport(error) => error.code.trim_start_matches("PIT-").to_owned(),
    };
    trace.record("code", code.as_str());
    if code.starts_with('5') {
        trace.record("otel.status_code", "ERROR");
    }
    metrics::counter!("banter_errors_total", "edge" => "socket", "code" => code).increment(1);
}

/// A successful answer.
pub(super) fn success<T: Serialize>(data: &T) -> Reply {
    success_with(encode::success(data))
}

/// A successful answer of which the JSON is written already.
pub(super) fn success_with(json: serde_json::Result<Vec<u8>>) -> Reply {
    json.map_err(|error| {
        tracing::error!(%error, "could not write an answer");
        Refusal::internal()
    })
}

/// A successful answer that gives nothing.
pub(super) fn done() -> Reply {
    success(&Empty {})
}

/// The packet that answers request `id`.
pub(crate) fn packet(id: u64, reply: Reply) -> Option<Bytes> {
    let encoded = match reply {
        Ok(json) => encode::response(id, &json),
        Err(Refusal::Failure(failure)) => encode::failure_response(id, &Envelope::from(&failure)),
        Err(Refusal::Transport(error)) => encode::error_response(id, &error),
    };
    encoded
        .inspect_err(|error| tracing::error!(%error, "could not write an answer"))
        .ok()
}

/// The packet that answers request `id` with an error of the transport.
pub(crate) fn transport_error(id: u64, error: &ErrorBody) -> Option<Bytes> {
    packet(id, Err(Refusal::Transport(error.clone())))
}

/// The packet that answers request `id` after a fault of ours.
pub(crate) fn internal_error(id: u64) -> Option<Bytes> {
    packet(id, Err(Refusal::internal()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_told_the_way_the_table_says() {
        for row in wire::CODES.iter().filter(|row| row.code != 0) {
            let refusal = Refusal::from(Failure::of(row.code));
            match row.on_socket {
                OnSocket::TransportError => {
                    let error = ErrorBody::new("PIT-401", row.meaning);
                    assert_eq!(refusal, Refusal::Transport(error));
                }
                OnSocket::Envelope | OnSocket::Never => {
                    assert_eq!(refusal, Refusal::Failure(Failure::of(row.code)));
                }
            }
        }
    }

    #[test]
    fn who_is_not_signed_in_is_told_in_the_words_of_the_contract() {
        let error = ErrorBody::new("PIT-401", "unauthorized");
        assert_eq!(Refusal::unauthorized(), Refusal::Transport(error));
    }

    #[test]
    fn a_fault_of_ours_tells_nothing_of_its_cause() {
        let Refusal::Failure(failure) = Refusal::from(Error::internal("secret")) else {
            panic!("not an envelope");
        };
        assert_eq!((failure.code, failure.message.as_str()), (500, "internal error"));
    }
}
