//! Copying parts of a file without holding them in memory.

use std::io::{self, BufRead, Read, Write};

/// Says that the file breaks its format's rules.
pub(super) fn broken(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Copies exactly `len` bytes.
pub(super) fn copy(source: &mut impl Read, target: &mut impl Write, len: u64) -> io::Result<()> {
    if io::copy(&mut source.take(len), target)? == len {
        Ok(())
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Goes past exactly `len` bytes.
pub(super) fn skip(source: &mut impl Read, len: u64) -> io::Result<()> {
    copy(source, &mut io::sink(), len)
}

/// The next bytes.
pub(super) fn array<const N: usize>(source: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The next `len` bytes, or as many of them as `max` allows; the rest is gone past.
pub(super) fn beginning(source: &mut impl Read, len: u64, max: u64) -> io::Result<Vec<u8>> {
    let kept = len.min(max);
    let mut bytes = Vec::new();
    if source.take(kept).read_to_end(&mut bytes)? as u64 != kept {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    skip(source, len - kept)?;
    Ok(bytes)
}

/// Copies up to the next byte `stop`, which is consumed but not copied.
pub(super) fn copy_until(source: &mut impl BufRead, target: &mut impl Write, stop: u8) -> io::Result<()> {
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(at) = buffer.iter().position(|byte| *byte == stop) {
            target.write_all(&buffer[..at])?;
            source.consume(at + 1);
            return Ok(());
        }
        target.write_all(buffer)?;
        let len = buffer.len();
        source.consume(len);
    }
}
