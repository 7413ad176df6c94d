//! Handshake requests.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pitaya_protocol::{HandshakeRequest, to_json};

fuzz_target!(|input: &[u8]| {
    if let Ok(request) = HandshakeRequest::parse(input) {
        // The application's data can be written again, and then reads the same.
        let body = to_json(&serde_json::json!({ "user": request.user })).unwrap();
        let again = HandshakeRequest::parse(&body).unwrap();
        assert_eq!(again.user.len(), request.user.len());
    }
});
