//! Checked reads from the front of a byte buffer.
//!
//! `bytes` itself panics when a read passes the end. Everything the decoders
//! read goes through these three functions, which return `None` instead.

use bytes::{Buf, Bytes};

/// Takes the first byte off `remaining`; `None` when it is empty.
pub(crate) fn take_byte(remaining: &mut Bytes) -> Option<u8> {
    let byte = *remaining.first()?;
    remaining.advance(1);
    Some(byte)
}

/// Takes a fixed number of bytes off `remaining`; `None`, with nothing taken,
/// when there are fewer.
pub(crate) fn take_array<const LENGTH: usize>(remaining: &mut Bytes) -> Option<[u8; LENGTH]> {
    let array = *remaining.first_chunk::<LENGTH>()?;
    remaining.advance(LENGTH);
    Some(array)
}

/// Takes `length` bytes off `remaining` without copying; `None`, with nothing
/// taken, when there are fewer.
pub(crate) fn take_bytes(remaining: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= remaining.len()).then(|| remaining.split_to(length))
}
