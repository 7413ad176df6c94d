//! Text and JSON from browser clients.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pitaya_protocol::{decode_client_text, from_json, to_json};
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    match (decode_client_text(input), std::str::from_utf8(input)) {
        (Ok(decoded), Ok(text)) => assert_eq!(decoded, text),
        (Err(_), Ok(text)) => panic!("refused {text:?}"),
        (Err(error), Err(_)) => assert!(error.offset < input.len()),
        (Ok(_), Err(_)) => {}
    }
    if let Ok(value) = from_json::<Value>(input) {
        let written = to_json(&value).unwrap();
        assert!(written.iter().all(|byte| *byte < 0xf0));
        from_json::<Value>(&written).unwrap();
    }
    // Whatever serde_json reads by itself must be read here, too.
    if let Ok(value) = serde_json::from_slice::<Value>(input) {
        assert_eq!(from_json::<Value>(input).unwrap(), value);
    }
});
