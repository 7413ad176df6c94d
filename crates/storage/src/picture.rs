//! Pictures: cleaned without loss, measured, and shrunk to a preview.
//!
//! Only four decoders are ever called, each chosen by content. A picture goes through two steps:
//! [`clean`] copies it part by part and leaves out what it tells about its taking, with memory
//! that does not grow; [`preview::look`] decodes the result within limits. A library that edits
//! metadata would hold the whole file in memory, keep what follows the picture's end (a phone's
//! film, a second picture with its own EXIF) and not know GIF.

mod gif;
mod jpeg;
mod orientation;
mod png;
pub(crate) mod preview;
mod stream;
mod webp;

use std::io::{self, BufRead, Seek, Write};

use image::ImageFormat;
use image::metadata::Orientation;

/// Colour profiles up to this size stay. Nobody needs bigger ones, and decoders choke on them.
const PROFILE_MAX: u64 = 1024 * 1024;
/// Pictures in bigger files are not decoded: one decoder reads its file into memory.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// What a picture may measure to be shown as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureLimits {
    /// Most pixels in all.
    pub pixels_max: u64,
    /// Most pixels along one side.
    pub side_max: u32,
    /// Most frames of a moving picture.
    pub frames_max: u32,
}

impl Default for PictureLimits {
    fn default() -> Self {
        Self {
            pixels_max: 40_000_000,
            side_max: 16_384,
            frames_max: 300,
        }
    }
}

impl PictureLimits {
    fn allow(self, width: u32, height: u32) -> bool {
        let sides = 1..=self.side_max;
        sides.contains(&width) && sides.contains(&height) && u64::from(width) * u64::from(height) <= self.pixels_max
    }
}

/// The formats that are shown as pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Png,
    Jpeg,
    Gif,
    WebP,
}

impl Format {
    /// The format of a file that begins with `head`.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&png::SIGNATURE) {
            Some(Self::Png)
        } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            None
        }
    }

    pub(crate) fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
        }
    }

    fn decoder(self) -> ImageFormat {
        match self {
            Self::Png => ImageFormat::Png,
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Gif => ImageFormat::Gif,
            Self::WebP => ImageFormat::WebP,
        }
    }
}

/// What a picture's parts tell, without decoding any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Facts {
    /// How to turn it to see it upright.
    pub(crate) orientation: Orientation,
    /// True for formats and files that move.
    pub(crate) moves: bool,
    /// Pictures in it; 1 for one that stands still.
    pub(crate) frames: u32,
    /// The largest sides of any frame, where frames have sizes of their own.
    pub(crate) largest_frame: (u32, u32),
}

impl Facts {
    const STILL: Self = Self {
        orientation: Orientation::NoTransforms,
        moves: false,
        frames: 1,
        largest_frame: (1, 1),
    };
}

/// Copies the picture without what it tells about its taking, up to its end and no further.
/// `None` if its parts do not fit together or it ends too early; the target is of no use then.
pub(crate) fn clean(
    format: Format,
    source: &mut impl BufRead,
    target: &mut (impl Write + Seek),
) -> io::Result<Option<Facts>> {
    let cleaned = match format {
        Format::Png => png::clean(source, target),
        Format::Jpeg => jpeg::clean(source, target),
        Format::Gif => gif::clean(source, target),
        Format::WebP => webp::clean(source, target),
    };
    match cleaned {
        Ok(facts) => target.flush().map(|()| Some(facts)),
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_megapixels_and_sixteen_kibipixels_a_side_are_allowed() {
        let limits = PictureLimits::default();
        for (width, height) in [(1, 1), (8_000, 5_000), (16_384, 2_441), (1, 16_384)] {
            assert!(limits.allow(width, height), "{width} x {height}");
        }
        for (width, height) in [
            (0, 1),
            (1, 0),
            (8_000, 5_001),
            (16_385, 1),
            (1, 16_385),
            (u32::MAX, u32::MAX),
        ] {
            assert!(!limits.allow(width, height), "{width} x {height}");
        }
    }
}
