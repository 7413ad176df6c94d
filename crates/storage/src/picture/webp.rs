//! WebP: a RIFF file whose chunks have a name and a length.

use std::io::{self, BufRead, Seek, SeekFrom, Write};

use image::metadata::Orientation;

use super::stream::{array, beginning, broken, copy, skip};
use super::{Facts, PROFILE_MAX, orientation};

/// What decoding, colours and movement need.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

const HAS_XMP: u8 = 0x04;
const HAS_EXIF: u8 = 0x08;
const MOVES: u8 = 0x02;

/// Bytes before the first chunk.
const HEADER: u64 = 12;

/// Keeps the chunks on the list, and the rotation.
pub(super) fn clean(source: &mut impl BufRead, target: &mut (impl Write + Seek)) -> io::Result<Facts> {
    let [b'R', b'I', b'F', b'F', s0, s1, s2, s3, b'W', b'E', b'B', b'P'] = array(source)? else {
        return Err(broken("no WebP"));
    };
    let mut left = u64::from(u32::from_le_bytes([s0, s1, s2, s3])).saturating_sub(4);
    target.write_all(b"RIFF\0\0\0\0WEBP")?;
    let mut facts = Facts {
        frames: 0,
        ..Facts::STILL
    };
    let mut flags = None;
    // A byte or seven after the last chunk are none.
    while left >= 8 {
        let name: [u8; 4] = array(source)?;
        let length: [u8; 4] = array(source)?;
        let len = u64::from(u32::from_le_bytes(length));
        let padded = len + len % 2;
        left = left
            .checked_sub(8 + len)
            .ok_or_else(|| broken("a chunk passes the end"))?
            .saturating_sub(len % 2);
        match &name {
            b"VP8X" => {
                if flags.is_some() || len != 10 || target.stream_position()? != HEADER {
                    return Err(broken("the extended header is in the wrong place"));
                }
                let content: [u8; 10] = array(source)?;
                flags = Some(content[0]);
                facts.moves = content[0] & MOVES != 0;
                write_chunk(target, name, &content)?;
                continue;
            }
            b"EXIF" => {
                facts.orientation = orientation::read(&beginning(source, len, orientation::EXIF_MAX)?);
                skip(source, len % 2)?;
                continue;
            }
            b"ICCP" if len > PROFILE_MAX => return Err(broken("the colour profile is too large")),
            b"ANMF" => facts.frames = facts.frames.saturating_add(1),
            _ => {}
        }
        if KEPT.contains(&&name) {
            target.write_all(&name)?;
            target.write_all(&length)?;
            copy(source, target, padded)?;
        } else {
            skip(source, padded)?;
        }
    }
    facts.frames = facts.frames.max(1);
    finish(target, flags, &mut facts)?;
    Ok(facts)
}

/// Adds the rotation, and sets right what the header says of the rest.
fn finish(target: &mut (impl Write + Seek), flags: Option<u8>, facts: &mut Facts) -> io::Result<()> {
    if let Some(flags) = flags {
        let mut flags = flags & !(HAS_XMP | HAS_EXIF);
        if let Some(exif) = orientation::write(facts.orientation) {
            write_chunk(target, *b"EXIF", &exif)?;
            flags |= HAS_EXIF;
        }
        target.seek(SeekFrom::Start(HEADER + 8))?;
        target.write_all(&[flags])?;
    } else {
        // Without the extended header nobody may look at EXIF.
        facts.orientation = Orientation::NoTransforms;
    }
    let size = target.seek(SeekFrom::End(0))?.saturating_sub(8);
    let size = u32::try_from(size).map_err(|_| broken("the file is too long"))?;
    target.seek(SeekFrom::Start(4))?;
    target.write_all(&size.to_le_bytes())
}

/// Writes a chunk of an even length.
fn write_chunk(target: &mut impl Write, name: [u8; 4], content: &[u8]) -> io::Result<()> {
    let len = u32::try_from(content.len()).map_err(|_| broken("a chunk is too long"))?;
    target.write_all(&name)?;
    target.write_all(&len.to_le_bytes())?;
    target.write_all(content)
}
