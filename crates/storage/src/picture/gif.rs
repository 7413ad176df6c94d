//! GIF: a screen, then blocks: frames and extensions.

use std::io::{self, BufRead, Read, Write};

use super::Facts;
use super::stream::{array, broken, copy, skip};

const EXTENSION: u8 = 0x21;
const FRAME: u8 = 0x2c;
const END: u8 = 0x3b;
/// How long the next frame is shown, and how it gives way.
const TIMING: u8 = 0xf9;
const APPLICATION: u8 = 0xff;
/// How often the frames go round.
const LOOPS: [&[u8; 11]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

/// Keeps frames, their timing and the loop.
pub(super) fn clean(source: &mut impl BufRead, target: &mut impl Write) -> io::Result<Facts> {
    let header: [u8; 13] = array(source)?;
    target.write_all(&header)?;
    copy(source, target, table_len(header[10]))?;
    let mut facts = Facts {
        moves: true,
        frames: 0,
        ..Facts::STILL
    };
    loop {
        match array(source)? {
            [EXTENSION] => extension(source, target)?,
            [FRAME] => {
                let frame: [u8; 9] = array(source)?;
                let [_, _, _, _, w0, w1, h0, h1, packed] = frame;
                let (width, height) = (u16::from_le_bytes([w0, w1]), u16::from_le_bytes([h0, h1]));
                facts.frames = facts.frames.saturating_add(1);
                facts.largest_frame.0 = facts.largest_frame.0.max(width.into());
                facts.largest_frame.1 = facts.largest_frame.1.max(height.into());
                target.write_all(&[FRAME])?;
                target.write_all(&frame)?;
                // The frame's own colours, and how wide its codes begin.
                copy(source, target, table_len(packed) + 1)?;
                blocks(source, target)?;
            }
            [END] => {
                target.write_all(&[END])?;
                return if facts.frames > 0 {
                    Ok(facts)
                } else {
                    Err(broken("a GIF without a frame"))
                };
            }
            _ => return Err(broken("no block where one must be")),
        }
    }
}

/// Bytes of the colour table that these flags announce.
fn table_len(packed: u8) -> u64 {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// Copies blocks up to the empty one that ends them.
fn blocks(source: &mut impl Read, target: &mut impl Write) -> io::Result<()> {
    loop {
        let [len] = array(source)?;
        target.write_all(&[len])?;
        if len == 0 {
            return Ok(());
        }
        copy(source, target, len.into())?;
    }
}

fn extension(source: &mut impl Read, target: &mut impl Write) -> io::Result<()> {
    let [label] = array(source)?;
    match label {
        TIMING => {
            target.write_all(&[EXTENSION, TIMING])?;
            return blocks(source, target);
        }
        APPLICATION => {
            let [len] = array(source)?;
            if len == 11 {
                let name: [u8; 11] = array(source)?;
                if LOOPS.contains(&&name) {
                    target.write_all(&[EXTENSION, APPLICATION, len])?;
                    target.write_all(&name)?;
                    return blocks(source, target);
                }
            } else {
                skip(source, len.into())?;
                if len == 0 {
                    return Ok(());
                }
            }
        }
        _ => {}
    }
    blocks(source, &mut io::sink())
}
