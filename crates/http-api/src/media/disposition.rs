//! How a browser may treat a file: show it, or only save it (RFC 6266).

use std::fmt::Write;

/// Types that browsers show without running anything.
const INLINE: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/ogg",
    "audio/opus",
    "audio/wav",
    "audio/x-wav",
    "audio/webm",
    "audio/flac",
    "audio/x-flac",
    "audio/m4a",
    "audio/x-m4a",
    "video/mp4",
    "video/webm",
    "video/ogg",
    "video/quicktime",
];

/// The media type to serve a file with: its own only when that is harmless.
pub(crate) fn content_type(mime: &str) -> &str {
    if is_inline(mime) {
        mime
    } else {
        "application/octet-stream"
    }
}

/// The `Content-Disposition` of a file.
pub(crate) fn disposition(mime: &str, name: &str) -> String {
    let kind = if is_inline(mime) { "inline" } else { "attachment" };
    let mut header = format!("{kind}; filename=\"{}\"", plain(name));
    if !name.is_ascii() {
        header.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                header.push(byte.into());
            } else {
                // Writing to a string cannot fail.
                let _ = write!(header, "%{byte:02X}");
            }
        }
    }
    header
}

fn is_inline(mime: &str) -> bool {
    INLINE.contains(&mime)
}

/// The name in characters that every client reads.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_shown_and_documents_are_saved() {
        assert_eq!(disposition("image/png", "a b.png"), "inline; filename=\"a b.png\"");
        for mime in [
            "text/html",
            "image/svg+xml",
            "application/pdf",
            "application/xhtml+xml",
            "",
        ] {
            assert!(disposition(mime, "x").starts_with("attachment; "), "{mime}");
            assert_eq!(content_type(mime), "application/octet-stream");
        }
    }

    #[test]
    fn names_cannot_break_out() {
        assert_eq!(
            disposition("text/html", "照\".png"),
            "attachment; filename=\"__.png\"; filename*=UTF-8''%E7%85%A7%22.png"
        );
        assert!(!disposition("text/html", "a\r\nX: y").contains(['\r', '\n']));
    }
}
