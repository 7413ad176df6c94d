//! Messages, their routes and their zlib bodies.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use pitaya_protocol::{Message, MessageKind, MessageRoute, Route, inflate_zlib};

const LIMIT: usize = 64 * 1024;

fuzz_target!(|input: &[u8]| {
    let Ok(message) = Message::decode(Bytes::copy_from_slice(input)) else {
        return;
    };
    if message.is_zlib
        && let Ok(body) = inflate_zlib(&message.body, LIMIT)
    {
        assert!(body.len() <= LIMIT);
    }
    if let MessageKind::Request { route, .. } | MessageKind::Notify { route } | MessageKind::Push { route } =
        &message.kind
        && let MessageRoute::Name(name) = route
        && let Ok(route) = Route::parse(name)
    {
        assert_eq!(&route.to_string(), name);
    }
    // A route that is not text may get too long to be written again.
    if let Ok(encoded) = message.encode() {
        assert_eq!(Message::decode(encoded), Ok(message));
    }
});
