//! Sound by its first bytes, and Ogg, which may carry either.

use domain::media::MediaKind::{Audio, Video};

use super::Content;

/// The sound, or the Ogg film, that begins with `head`.
pub(super) fn content(head: &[u8]) -> Option<Content> {
    if head.starts_with(b"OggS\0") {
        return ogg(head);
    }
    if head.starts_with(b"RIFF") && head.get(8..16) == Some(b"WAVEfmt ") {
        return Some(Content::new(Audio, "audio/wav", "wav"));
    }
    // The first block of a FLAC file says how it is coded and has 34 bytes.
    if head.starts_with(b"fLaC") && head.get(4).is_some_and(|b| b & 0x7f == 0) && head.get(5..8) == Some(&[0, 0, 34]) {
        return Some(Content::new(Audio, "audio/flac", "flac"));
    }
    if is_id3(head) || follows_itself(head, mpeg_frame_len) {
        return Some(Content::new(Audio, "audio/mpeg", "mp3"));
    }
    if follows_itself(head, adts_frame_len) {
        return Some(Content::new(Audio, "audio/aac", "aac"));
    }
    None
}

/// A tag in front of an MP3: a version, then a length with the top bits clear.
fn is_id3(head: &[u8]) -> bool {
    head.starts_with(b"ID3")
        && matches!(head.get(3..10), Some([2..=4, minor, _, size @ ..]) if *minor < 0xff && size.iter().all(|b| *b < 0x80))
}

/// Two frames in a row: one could be chance.
fn follows_itself(head: &[u8], frame_len: fn(&[u8]) -> Option<usize>) -> bool {
    frame_len(head)
        .and_then(|len| head.get(len..))
        .and_then(frame_len)
        .is_some()
}

/// Bytes of the MPEG audio layer III frame that begins here.
fn mpeg_frame_len(bytes: &[u8]) -> Option<usize> {
    const KBITS_V1: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const KBITS_V2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let &[0xff, b1, b2, ..] = bytes else { return None };
    if b1 & 0xe6 != 0xe2 {
        return None;
    }
    let (kbits, samples_per_bit, divisor) = match b1 & 0x18 {
        0x18 => (KBITS_V1, 144_000, 1),
        0x10 => (KBITS_V2, 72_000, 2),
        0x00 => (KBITS_V2, 72_000, 4),
        _ => return None,
    };
    let kbits = *kbits.get(usize::from(b2 >> 4)).filter(|kbits| **kbits > 0)?;
    let hertz = [44_100, 48_000, 32_000].get(usize::from(b2 >> 2 & 3))? / divisor;
    Some(samples_per_bit * kbits / hertz + usize::from(b2 >> 1 & 1))
}

/// Bytes of the AAC frame (ADTS) that begins here.
fn adts_frame_len(bytes: &[u8]) -> Option<usize> {
    let &[0xff, b1, _, b3, b4, b5, ..] = bytes else {
        return None;
    };
    if b1 & 0xf6 != 0xf0 {
        return None;
    }
    let len = usize::from(b3 & 3) << 11 | usize::from(b4) << 3 | usize::from(b5 >> 5);
    (len > 7).then_some(len)
}

/// Goes through the pages that begin a stream; they come before all others.
fn ogg(head: &[u8]) -> Option<Content> {
    let mut page = head;
    let mut has_sound = false;
    while page.starts_with(b"OggS\0") && page.get(5).is_some_and(|flags| flags & 2 != 0) {
        let lens = page.get(27..)?.get(..usize::from(*page.get(26)?))?;
        let payload = page.get(27 + lens.len()..)?;
        if payload.starts_with(b"\x80theora") || payload.starts_with(b"\x01video\0\0\0") {
            return Some(Content::new(Video, "video/ogg", "ogv"));
        }
        has_sound |= [&b"OpusHead"[..], b"\x01vorbis", b"\x7fFLAC", b"Speex   "]
            .iter()
            .any(|codec| payload.starts_with(codec));
        page = payload.get(lens.iter().map(|len| usize::from(*len)).sum::<usize>()..)?;
    }
    has_sound.then_some(Content::new(Audio, "audio/ogg", "ogg"))
}
