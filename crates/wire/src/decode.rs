//! Reading JSON that strangers sent, with errors that name the field.

use serde::de::DeserializeOwned;

use crate::Failure;

/// Deepest nesting of arrays and objects.
pub const DEPTH_MAX: usize = 32;

/// Reads a command.
///
/// # Errors
/// [`Failure`] with code 400 whose text names the field that is missing or has the wrong type.
pub fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<T, Failure> {
    // What has no more brackets than that cannot be deeper.
    let brackets = json.iter().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if brackets > DEPTH_MAX && depth(json) > DEPTH_MAX {
        return Err(Failure::new(400, format!("nested deeper than {DEPTH_MAX} levels")));
    }
    // Where each field stands is noted only once it is known that one is wrong: it costs more than
    // the reading.
    serde_json::from_slice(json).or_else(|_| decode_naming_fields(json))
}

fn decode_naming_fields<T: DeserializeOwned>(json: &[u8]) -> Result<T, Failure> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| at_field(&error))?;
    reader.end().map_err(|error| Failure::new(400, problem(&error)))?;
    Ok(value)
}

/// Reads a query string or another set of texts, already taken apart.
///
/// # Errors
/// As [`decode`].
pub fn decode_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(value).map_err(|error| at_field(&error))
}

/// How deep arrays and objects stand in each other.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in json {
        if is_text {
            is_text = is_escaped || *byte != b'"';
            is_escaped = !is_escaped && *byte == b'\\';
            continue;
        }
        match byte {
            b'"' => is_text = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The failure of a field: names where it stands, unless the whole value is meant.
fn at_field(error: &serde_path_to_error::Error<serde_json::Error>) -> Failure {
    // Within free JSON the path is made of keys that the sender chose.
    let path = shortened(&error.path().to_string());
    let text = problem(error.inner());
    if path == "." {
        Failure::new(400, text)
    } else {
        Failure::new(400, format!("{path}: {text}"))
    }
}

/// The error in words: without the position, and without more than a little of what was sent.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
    shortened(text)
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Outer {
        #[allow(dead_code)]
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[allow(dead_code)]
        text: String,
    }

    #[test]
    fn errors_name_the_field() {
        let message = |json: &str| decode::<Outer>(json.as_bytes()).unwrap_err().message;
        assert!(message(r#"{"inner":{"text":7}}"#).starts_with("inner.text: invalid type: integer `7`"));
        assert!(message(r#"{"inner":{}}"#).contains("missing field `text`"));
        assert!(message("{}").contains("missing field `inner`"));
        assert!(!message("{").is_empty());
        assert!(message(r#"{"inner":{"text":""}} x"#).contains("trailing"));
    }

    #[test]
    fn errors_repeat_little_of_what_was_sent() {
        let key = "k".repeat(10_000);
        for json in [
            format!(r#"{{"{key}":x}}"#),
            format!(r#"{{"{key}":{{"{key}":x}}}}"#),
            format!(r#"[{{"{key}":x}}]"#),
        ] {
            let message = decode::<serde_json::Value>(json.as_bytes()).unwrap_err().message;
            assert!(message.len() < 500, "{} bytes", message.len());
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(decode::<serde_json::Value>(deep.as_bytes()).unwrap_err().code, 400);
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(decode::<serde_json::Value>(nested(DEPTH_MAX).as_bytes()).is_ok());
        assert!(decode::<serde_json::Value>(nested(DEPTH_MAX + 1).as_bytes()).is_err());
        let text = format!(r#"["\\\"{}"]"#, "[".repeat(100));
        assert!(decode::<serde_json::Value>(text.as_bytes()).is_ok(), "{text}");
    }
}
