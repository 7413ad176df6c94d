//! JPEG: segments, each with a marker and a length, and coded data after some of them.

use std::io::{self, BufRead, Read, Write};

use image::metadata::Orientation;

use super::stream::{array, beginning, broken, copy, copy_until, skip};
use super::{Facts, PROFILE_MAX, orientation};

const MARK: u8 = 0xff;
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const APP15: u8 = 0xef;
const COM: u8 = 0xfe;

/// Most passes over a picture. Each costs a decoder a walk over all pixels, however few bytes it
/// has; encoders make about ten.
const SCANS_MAX: u32 = 40;

const EXIF: &[u8] = b"Exif\0\0";

/// Keeps what decoding needs, the colour profile, and the rotation.
pub(super) fn clean(source: &mut impl BufRead, target: &mut impl Write) -> io::Result<Facts> {
    if array(source)? != [MARK, SOI] {
        return Err(broken("no JPEG"));
    }
    target.write_all(&[MARK, SOI])?;
    let mut turned = None;
    let mut profile = 0;
    let mut scans = 0;
    let mut marker = next_marker(source)?;
    loop {
        if marker == EOI {
            target.write_all(&[MARK, EOI])?;
            return Ok(Facts {
                orientation: turned.unwrap_or(Orientation::NoTransforms),
                ..Facts::STILL
            });
        }
        let len = u64::from(u16::from_be_bytes(array(source)?))
            .checked_sub(2)
            .ok_or_else(|| broken("a segment is shorter than its length"))?;
        match marker {
            APP1 if turned.is_none() => turned = exif(source, target, len)?,
            APP0 => drop(keep_if(source, target, marker, len, b"JFIF\0")?),
            APP14 => drop(keep_if(source, target, marker, len, b"Adobe")?),
            APP2 => {
                profile += keep_if(source, target, marker, len, b"ICC_PROFILE\0")?;
                if profile > PROFILE_MAX {
                    return Err(broken("the colour profile is too large"));
                }
            }
            APP1..=APP15 | COM => skip(source, len)?,
            _ => {
                start_segment(target, marker, len)?;
                copy(source, target, len)?;
            }
        }
        marker = if marker == SOS {
            scans += 1;
            if scans > SCANS_MAX {
                return Err(broken("too many scans"));
            }
            copy_coded(source, target)?
        } else {
            next_marker(source)?
        };
    }
}

/// The marker that must stand here; fill bytes may precede it.
fn next_marker(source: &mut impl Read) -> io::Result<u8> {
    if array(source)? != [MARK] {
        return Err(broken("no marker where one must be"));
    }
    loop {
        match array(source)? {
            [MARK] => {}
            // Neither these nor a second beginning may stand between segments.
            [0 | 1 | 0xd0..=SOI] => return Err(broken("a marker in the wrong place")),
            [marker] => return Ok(marker),
        }
    }
}

/// Copies coded data up to the next marker that ends it.
fn copy_coded(source: &mut impl BufRead, target: &mut impl Write) -> io::Result<u8> {
    loop {
        copy_until(source, target, MARK)?;
        let mut next = array(source)?;
        while next == [MARK] {
            next = array(source)?;
        }
        match next {
            // An escaped 0xff, or a point to resume at.
            [0 | 0xd0..=0xd7] => target.write_all(&[MARK, next[0]])?,
            [1 | SOI] => return Err(broken("a marker in the wrong place")),
            [marker] => return Ok(marker),
        }
    }
}

fn start_segment(target: &mut impl Write, marker: u8, len: u64) -> io::Result<()> {
    let len = u16::try_from(len + 2).map_err(|_| broken("a segment is too long"))?;
    target.write_all(&[MARK, marker])?;
    target.write_all(&len.to_be_bytes())
}

/// Copies a segment if its content begins like this, and leaves it out if not. Returns how many
/// bytes were kept.
fn keep_if(source: &mut impl Read, target: &mut impl Write, marker: u8, len: u64, prefix: &[u8]) -> io::Result<u64> {
    // Segments have at most 64 KiB.
    let content = beginning(source, len, len)?;
    if !content.starts_with(prefix) {
        return Ok(0);
    }
    start_segment(target, marker, len)?;
    target.write_all(&content)?;
    Ok(len)
}

/// Replaces the first EXIF segment by one that tells the rotation only. `None` if this is another
/// use of the same marker.
fn exif(source: &mut impl Read, target: &mut impl Write, len: u64) -> io::Result<Option<Orientation>> {
    let content = beginning(source, len, len)?;
    let Some(exif) = content.strip_prefix(EXIF) else {
        return Ok(None);
    };
    let turned = orientation::read(exif);
    if let Some(exif) = orientation::write(turned) {
        start_segment(target, APP1, (EXIF.len() + exif.len()) as u64)?;
        target.write_all(EXIF)?;
        target.write_all(&exif)?;
    }
    Ok(Some(turned))
}
