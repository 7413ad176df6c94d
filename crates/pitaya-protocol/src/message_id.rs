//! Message ids: unsigned numbers in base 128, low group first.
//!
//! The top bit of each byte means that another byte follows, so 64 bits take at
//! most ten bytes (docs/protocol.md, section 6).

use bytes::{BufMut, Bytes};

use crate::bytes_reader::take_byte;
use crate::error::DecodeError;

/// The most bytes a 64-bit id takes.
pub(crate) const MAX_MESSAGE_ID_BYTES: usize = 10;

const BITS_PER_GROUP: u32 = 7;
const GROUP_MASK: u8 = 0x7f;
const MORE_BIT: u8 = 0x80;

/// Takes an id off `remaining`. Padded forms (`85 80 00` is 5) are accepted up
/// to ten bytes; more bytes or more than 64 bits are refused.
pub(crate) fn take_message_id(remaining: &mut Bytes) -> Result<u64, DecodeError> {
    let mut id = 0_u64;
    let mut shift = 0;
    for _ in 0..MAX_MESSAGE_ID_BYTES {
        let byte = take_byte(remaining).ok_or(DecodeError::MessageIdTruncated)?;
        let group = u64::from(byte & GROUP_MASK);
        let shifted = group << shift;
        // Only the tenth group can lose bits: one of its seven fits.
        if shifted >> shift != group {
            return Err(DecodeError::MessageIdTooLarge);
        }
        id |= shifted;
        if byte & MORE_BIT == 0 {
            return Ok(id);
        }
        shift += BITS_PER_GROUP;
    }
    Err(DecodeError::MessageIdTooLarge)
}

/// Appends an id to `output` in its shortest form.
pub(crate) fn write_message_id(mut id: u64, output: &mut impl BufMut) {
    loop {
        let [lowest_byte, ..] = id.to_le_bytes();
        id >>= BITS_PER_GROUP;
        if id == 0 {
            output.put_u8(lowest_byte & GROUP_MASK);
            return;
        }
        output.put_u8(lowest_byte | MORE_BIT);
    }
}

#[cfg(test)]
mod tests {
    use bytes::BytesMut;

    use super::*;

    fn read(bytes: &'static [u8]) -> Result<u64, DecodeError> {
        take_message_id(&mut Bytes::from_static(bytes))
    }

    #[test]
    fn ids_at_the_edges_of_a_group() {
        for (id, bytes) in [
            (0, &[0][..]),
            (127, &[0x7f]),
            (128, &[0x80, 1]),
            (16_383, &[0xff, 0x7f]),
            (16_384, &[0x80, 0x80, 1]),
            (u64::MAX, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
        ] {
            let mut output = BytesMut::new();
            write_message_id(id, &mut output);
            assert_eq!(output, bytes);
            assert_eq!(take_message_id(&mut output.freeze()), Ok(id));
        }
    }

    #[test]
    fn padding_is_accepted() {
        assert_eq!(read(&[0x85, 0x80, 0]), Ok(5));
    }

    #[test]
    fn what_follows_the_id_stays() {
        let mut remaining = Bytes::from_static(&[0x80, 1, 9]);
        assert_eq!(take_message_id(&mut remaining), Ok(128));
        assert_eq!(&remaining[..], [9]);
    }

    #[test]
    fn an_id_must_end() {
        assert_eq!(read(&[]), Err(DecodeError::MessageIdTruncated));
        assert_eq!(read(&[0xff]), Err(DecodeError::MessageIdTruncated));
    }

    #[test]
    fn ids_above_64_bits_are_refused() {
        let two_to_the_64 = &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2];
        assert_eq!(read(two_to_the_64), Err(DecodeError::MessageIdTooLarge));
        assert_eq!(read(&[0x80; 200]), Err(DecodeError::MessageIdTooLarge));
    }
}
