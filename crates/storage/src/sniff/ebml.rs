//! WebM and Matroska: is there a picture, or only sound?
//!
//! Browsers record voice messages as WebM with nothing but an audio track.

use std::io::{self, BufRead, Read, Seek};

use domain::media::MediaKind::{Audio, Video};

use super::Content;

/// The first four bytes of such a file.
pub(super) const MAGIC: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];

const EBML: u64 = 0x1a45_dfa3;
const DOC_TYPE: u64 = 0x4282;
const SEGMENT: u64 = 0x1853_8067;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK_ENTRY: u64 = 0xae;
const TRACK_TYPE: u64 = 0x83;
const CLUSTER: u64 = 0x1f43_b675;
/// Elements looked at before giving up.
const ELEMENTS_MAX: u32 = 1_024;

/// What the tracks say. `None` when they say nothing we know.
pub(super) fn content(file: &mut (impl BufRead + Seek), len: u64) -> io::Result<Option<Content>> {
    let (mut is_webm, mut has_sound, mut has_picture) = (false, false, false);
    for _ in 0..ELEMENTS_MAX {
        let Some(id) = number(file, 4, true)? else { break };
        let Some(size) = number(file, 8, false)? else { break };
        match id {
            // Stepping into an element is going on with what it holds.
            EBML | SEGMENT | TRACKS | TRACK_ENTRY => {}
            DOC_TYPE => {
                is_webm = small(file, size)?.is_some_and(|text| text.split(|b| *b == 0).next() == Some(b"webm"))
            }
            TRACK_TYPE => match small(file, size)?.as_deref() {
                Some([.., 1]) => has_picture = true,
                Some([.., 2]) => has_sound = true,
                _ => {}
            },
            // The frames; tracks come before them.
            CLUSTER => break,
            _ => match i64::try_from(size) {
                Ok(by) if size < len => file.seek_relative(by)?,
                _ => break,
            },
        }
    }
    Ok(match (is_webm, has_picture, has_sound) {
        (true, true, _) => Some(Content::new(Video, "video/webm", "webm")),
        (true, false, true) => Some(Content::new(Audio, "audio/webm", "webm")),
        (false, false, true) => Some(Content::file("audio/x-matroska", "mka")),
        (false, true, _) => Some(Content::file("video/x-matroska", "mkv")),
        (_, false, false) => None,
    })
}

/// A number of up to `max` bytes, whose count its first byte tells. Ids keep that mark. `None` at
/// the end of the file and where there is no such number. An unknown size is more than any file.
fn number(file: &mut impl Read, max: u32, keeps_mark: bool) -> io::Result<Option<u64>> {
    let mut first = [0];
    if file.read(&mut first)? == 0 {
        return Ok(None);
    }
    let [first] = first;
    let more = first.leading_zeros();
    if more >= max {
        return Ok(None);
    }
    let mark = 0x80_u8 >> more;
    let mut value = u64::from(if keeps_mark { first } else { first & !mark });
    let mut all_ones = first & !mark == mark - 1;
    for _ in 0..more {
        let mut byte = [0];
        if file.read(&mut byte)? == 0 {
            return Ok(None);
        }
        all_ones &= byte == [0xff];
        value = value << 8 | u64::from(byte[0]);
    }
    Ok(Some(if all_ones && !keeps_mark { u64::MAX } else { value }))
}

/// The bytes of a small element; `None` if it is cut off or not small.
fn small(file: &mut impl Read, size: u64) -> io::Result<Option<Vec<u8>>> {
    if size > 32 {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 == size).then_some(bytes))
}
