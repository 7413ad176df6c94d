//! The one thing in EXIF that is not about a picture's taking: which side is up.

use image::metadata::Orientation;

/// Bytes of EXIF that are looked at; the rotation stands near the beginning.
pub(super) const EXIF_MAX: u64 = 64 * 1024;

/// The rotation that EXIF data (without any container's prefix) tells.
pub(super) fn read(exif: &[u8]) -> Orientation {
    // Some writers put JPEG's prefix into other containers too.
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// EXIF data that tells the rotation and nothing else; `None` when there is nothing to tell.
pub(super) fn write(orientation: Orientation) -> Option<[u8; 26]> {
    if orientation == Orientation::NoTransforms {
        return None;
    }
    let mut exif = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    exif[19] = orientation.to_exif();
    Some(exif)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for value in 2..=8 {
            let orientation = Orientation::from_exif(value).unwrap();
            assert_eq!(read(&write(orientation).unwrap()), orientation);
        }
    }

    #[test]
    fn upright_pictures_need_no_exif() {
        assert_eq!(write(Orientation::NoTransforms), None);
    }

    #[test]
    fn rubbish_reads_as_upright() {
        for exif in [&b""[..], b"II", b"Exif\0\0MM\0\x2a\xff\xff\xff\xff", &[0xff; 64]] {
            assert_eq!(read(exif), Orientation::NoTransforms);
        }
    }
}
