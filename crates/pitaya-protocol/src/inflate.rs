//! Inflating bodies that carry the zlib flag.
//!
//! The format is zlib (RFC 1950), whatever pomelo and Pitaya call the flag:
//! gzip containers and raw deflate are refused (docs/protocol.md, section 8).
//! Pitaya sets no limit on the inflated size; here the caller must.

use flate2::{Decompress, FlushDecompress, Status};
use thiserror::Error;

/// Bytes inflated between two checks of the limit.
const CHUNK_BYTES: usize = 8 * 1024;

/// Why a body with the zlib flag can not be inflated.
#[derive(Clone, Copy, Debug, Error, Eq, PartialEq)]
pub enum InflateError {
    /// Not a zlib stream, a damaged one, or one with a wrong checksum.
    #[error("body is not a valid zlib stream")]
    Invalid,
    /// The stream does not end; also an empty body.
    #[error("zlib stream ends too early")]
    Truncated,
    /// The output would pass the limit.
    #[error("inflated body is above the limit of {limit} bytes")]
    TooLarge {
        /// Output bytes allowed by the caller.
        limit: usize,
    },
}

/// Inflates one zlib stream. Bytes after its end are ignored, as in Pitaya.
///
/// Memory use is bounded by `max_output_bytes` and one chunk of 8 KiB.
///
/// # Errors
///
/// See [`InflateError`]; [`InflateError::TooLarge`] comes as soon as the limit
/// is passed, before the rest of the stream is read.
pub fn inflate_zlib(zlib_stream: &[u8], max_output_bytes: usize) -> Result<Vec<u8>, InflateError> {
    let expect_zlib_header = true;
    let mut decompressor = Decompress::new(expect_zlib_header);
    let mut chunk = [0; CHUNK_BYTES];
    let mut output = Vec::new();
    let mut remaining = zlib_stream;
    loop {
        let (read_before, written_before) = (decompressor.total_in(), decompressor.total_out());
        let status = decompressor
            .decompress(remaining, &mut chunk, FlushDecompress::None)
            .map_err(|_| InflateError::Invalid)?;
        let read = distance(read_before, decompressor.total_in());
        let written = distance(written_before, decompressor.total_out());

        output.extend_from_slice(chunk.get(..written).unwrap_or_default());
        if output.len() > max_output_bytes {
            return Err(InflateError::TooLarge {
                limit: max_output_bytes,
            });
        }
        if status == Status::StreamEnd {
            return Ok(output);
        }
        if read == 0 && written == 0 {
            return Err(InflateError::Truncated);
        }
        remaining = remaining.get(read..).unwrap_or_default();
    }
}

/// The progress between two readings of a counter; at most the size of a buffer.
fn distance(before: u64, after: u64) -> usize {
    usize::try_from(after.saturating_sub(before)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn zlib(input: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(input).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn inflates_up_to_the_limit() {
        let input: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
        let compressed = zlib(&input);
        assert_eq!(inflate_zlib(&compressed, input.len()).unwrap(), input);
        assert_eq!(
            inflate_zlib(&compressed, input.len() - 1),
            Err(InflateError::TooLarge { limit: input.len() - 1 })
        );
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = zlib(&vec![0; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(
            inflate_zlib(&bomb, 65_536),
            Err(InflateError::TooLarge { limit: 65_536 })
        );
    }

    #[test]
    fn bytes_after_the_stream_are_ignored() {
        let mut stream = zlib(b"{}");
        stream.extend_from_slice(&[0; 100]);
        assert_eq!(inflate_zlib(&stream, 10).unwrap(), b"{}");
    }

    #[test]
    fn the_stream_must_end_with_its_checksum() {
        let mut stream = zlib(b"hello, hello");
        for length in 0..stream.len() {
            assert_eq!(
                inflate_zlib(&stream[..length], 100),
                Err(InflateError::Truncated),
                "{length} bytes"
            );
        }
        let last = stream.len() - 1;
        stream[last] ^= 1;
        assert_eq!(inflate_zlib(&stream, 100), Err(InflateError::Invalid));
    }

    #[test]
    fn other_containers_are_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(b"{}").unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(inflate_zlib(&gzip, 100), Err(InflateError::Invalid));

        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(b"{\"name\":\"z\"}").unwrap();
        let raw = raw.finish().unwrap();
        assert_eq!(inflate_zlib(&raw, 100), Err(InflateError::Invalid));
    }

    #[test]
    fn an_empty_stream_is_an_empty_body() {
        assert_eq!(inflate_zlib(&zlib(b""), 0).unwrap(), b"");
        assert_eq!(inflate_zlib(b"", 10), Err(InflateError::Truncated));
    }
}
