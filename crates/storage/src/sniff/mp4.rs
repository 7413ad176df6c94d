//! MP4 and QuickTime: is there a picture, or only sound?

use std::io::{self, BufRead, Read, Seek};

use domain::media::MediaKind::{Audio, Video};

use super::Content;

/// Boxes looked at before giving up.
const BOXES_MAX: u32 = 4_096;

/// What the tracks say. `None` when they say nothing we know (HEIF pictures for example).
pub(super) fn content(file: &mut (impl BufRead + Seek), len: u64) -> io::Result<Option<Content>> {
    let (mut is_quicktime, mut has_sound, mut has_picture) = (false, false, false);
    for _ in 0..BOXES_MAX {
        let mut header = [0; 8];
        if !fill(file, &mut header)? {
            break;
        }
        let [s0, s1, s2, s3, name @ ..] = header;
        let mut left = match u32::from_be_bytes([s0, s1, s2, s3]) {
            // Up to the end of the file.
            0 => break,
            1 => {
                let mut long = [0; 8];
                if !fill(file, &mut long)? {
                    break;
                }
                u64::from_be_bytes(long).saturating_sub(16)
            }
            short => u64::from(short).saturating_sub(8),
        };
        match &name {
            b"ftyp" => {
                let mut brand = [0; 4];
                if left < 4 || !fill(file, &mut brand)? {
                    break;
                }
                left -= 4;
                is_quicktime = &brand == b"qt  ";
            }
            b"hdlr" => {
                let mut handler = [0; 12];
                if left < 12 || !fill(file, &mut handler)? {
                    break;
                }
                left -= 12;
                has_picture |= handler.ends_with(b"vide");
                has_sound |= handler.ends_with(b"soun");
            }
            // Stepping into a box is going on with what it holds.
            b"moov" | b"trak" | b"mdia" => left = 0,
            // Fragments; the tracks were told before them.
            b"moof" => break,
            _ => {}
        }
        match i64::try_from(left) {
            Ok(by) if left < len => file.seek_relative(by)?,
            _ => break,
        }
    }
    Ok(match (has_picture, has_sound, is_quicktime) {
        (true, _, false) => Some(Content::new(Video, "video/mp4", "mp4")),
        (true, _, true) => Some(Content::new(Video, "video/quicktime", "mov")),
        (false, true, _) => Some(Content::new(Audio, "audio/mp4", "m4a")),
        (false, false, _) => None,
    })
}

/// Fills the whole buffer; false at the end of the file.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
