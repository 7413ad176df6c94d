//! What a file is, told by its content alone.
//!
//! Formats that a client shows inside the page are recognised by our own strict rules; everything
//! else is only offered as a download, and for that a guess by signature is enough.

mod audio;
mod ebml;
mod mp4;

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use domain::media::MediaKind;

use crate::key;
use crate::picture::Format;

/// Bytes that most rules look at.
const HEAD: u64 = 8 * 1024;
/// Type of bytes that nothing is known about.
pub(crate) const UNKNOWN_MIME: &str = "application/octet-stream";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// It begins like a picture. Whether it is one, decoding must show.
    Picture(Format),
    /// Anything else.
    Other {
        mime: &'static str,
        /// `None` where the content tells none.
        extension: Option<&'static str>,
        kind: MediaKind,
    },
}

impl Content {
    const UNKNOWN: Self = Self::Other {
        mime: UNKNOWN_MIME,
        extension: None,
        kind: MediaKind::File,
    };

    const fn new(kind: MediaKind, mime: &'static str, extension: &'static str) -> Self {
        Self::Other {
            mime,
            extension: Some(extension),
            kind,
        }
    }

    const fn file(mime: &'static str, extension: &'static str) -> Self {
        Self::new(MediaKind::File, mime, extension)
    }
}

/// Tells what a file is. Reads its first bytes, and of containers what leads to their tracks.
pub(crate) fn sniff(file: &mut (impl BufRead + Seek)) -> io::Result<Content> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let is_cut = head.len() as u64 == HEAD;
    let len = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;

    if let Some(format) = Format::of(&head) {
        return Ok(Content::Picture(format));
    }
    if head.starts_with(&ebml::MAGIC) {
        return Ok(ebml::content(file, len)?.unwrap_or(Content::UNKNOWN));
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Ok(mp4::content(file, len)?.unwrap_or(Content::UNKNOWN));
    }
    if let Some(content) = audio::content(&head) {
        return Ok(content);
    }
    if head.starts_with(b"%PDF-") {
        return Ok(Content::file("application/pdf", "pdf"));
    }
    if is_text(&head, is_cut) {
        return Ok(Content::file("text/plain", "txt"));
    }
    Ok(by_signature(&head))
}

/// A download's type. Pictures and texts of foreign kinds (TIFF, HTML in some old encoding) lose
/// their type here: no browser shall try them.
fn by_signature(head: &[u8]) -> Content {
    let Some(found) = infer::get(head) else {
        return Content::UNKNOWN;
    };
    let mime = match found.mime_type().split('/').next() {
        Some("application" | "audio" | "video") => found.mime_type(),
        Some("text") => return Content::UNKNOWN,
        _ => UNKNOWN_MIME,
    };
    Content::Other {
        mime,
        // Some are no part of a key, such as the capital Z of compress.
        extension: Some(found.extension()).filter(|extension| key::plain_extension(extension) == *extension),
        kind: MediaKind::File,
    }
}

/// True for UTF-8 without control characters. HTML, SVG and scripts are texts like any other.
fn is_text(head: &[u8], is_cut: bool) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The head may end inside of a character.
        Err(error) if is_cut && error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b >= b' ' && b != 0x7f || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
}

#[cfg(test)]
mod tests;
