//! PNG: chunks with a length, a name and a checksum.

use std::io::{self, BufRead, Write};

use super::stream::{array, beginning, broken, copy, skip};
use super::{Facts, PROFILE_MAX, orientation};

/// The first bytes of every PNG.
pub(super) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// What decoding, colours and movement need. Everything else may tell of the picture's taking.
const KEPT: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"hIST", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// Keeps the chunks on the list, and the rotation.
pub(super) fn clean(source: &mut impl BufRead, target: &mut impl Write) -> io::Result<Facts> {
    if array(source)? != SIGNATURE {
        return Err(broken("no PNG"));
    }
    target.write_all(&SIGNATURE)?;
    let mut facts = Facts {
        frames: 0,
        ..Facts::STILL
    };
    loop {
        let length: [u8; 4] = array(source)?;
        let name: [u8; 4] = array(source)?;
        let len = u64::from(u32::from_be_bytes(length));
        match &name {
            b"eXIf" => {
                facts.orientation = orientation::read(&beginning(source, len, orientation::EXIF_MAX)?);
                skip(source, 4)?;
                if let Some(exif) = orientation::write(facts.orientation) {
                    write_chunk(target, *b"eXIf", &exif)?;
                }
                continue;
            }
            b"iCCP" if len > PROFILE_MAX => return Err(broken("the colour profile is too large")),
            b"acTL" => facts.moves = true,
            b"fcTL" => facts.frames = facts.frames.saturating_add(1),
            _ => {}
        }
        // The checksum is part of what is copied or left out.
        if !KEPT.contains(&&name) {
            skip(source, len + 4)?;
            continue;
        }
        target.write_all(&length)?;
        target.write_all(&name)?;
        copy(source, target, len + 4)?;
        if &name == b"IEND" {
            facts.frames = facts.frames.max(1);
            return Ok(facts);
        }
    }
}

fn write_chunk(target: &mut impl Write, name: [u8; 4], content: &[u8]) -> io::Result<()> {
    let len = u32::try_from(content.len()).map_err(|_| broken("a chunk is too long"))?;
    target.write_all(&len.to_be_bytes())?;
    target.write_all(&name)?;
    target.write_all(content)?;
    target.write_all(&checksum(name.iter().chain(content)).to_be_bytes())
}

/// PNG's CRC-32, bit by bit: it is only taken of a few bytes.
fn checksum<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_specification() {
        assert_eq!(checksum(b"IEND".iter()), 0xae42_6082);
    }
}
