//! Decoding within limits: a picture's upright size, and a small copy for lists.

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageReader, ImageResult, Limits};

use super::{FILE_MAX, Facts, Format, PictureLimits};

/// Longest side of a preview. Pictures that are no larger have none.
const SIDE: u32 = 480;
const JPEG_QUALITY: u8 = 80;
/// Memory that decoding one picture may take: the largest picture that is allowed, with four
/// bytes a pixel, and some for the decoder.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// A preview carries the picture's colour profile up to this size, or none.
const PROFILE_MAX: usize = 16 * 1024;

/// What decoding showed.
#[derive(Debug)]
pub(crate) struct Look {
    /// Pixels across, upright.
    pub(crate) width: u32,
    /// Pixels down, upright.
    pub(crate) height: u32,
    /// A small copy, if the picture is large.
    pub(crate) preview: Option<Preview>,
}

/// A small copy of a picture.
#[derive(Debug)]
pub(crate) struct Preview {
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
}

/// Decodes the picture (the first frame of one that moves). `None` if it breaks a limit or
/// cannot be decoded.
pub(crate) fn look(path: &Path, format: Format, facts: &Facts, limits: PictureLimits) -> std::io::Result<Option<Look>> {
    let file = File::open(path)?;
    let (width, height) = facts.largest_frame;
    if file.metadata()?.len() > FILE_MAX || facts.frames > limits.frames_max || !limits.allow(width, height) {
        return Ok(None);
    }
    Ok(decode(file, format, facts.orientation, limits)
        .inspect_err(|error| tracing::debug!(%error, "a picture cannot be decoded"))
        .unwrap_or_default())
}

fn decode(file: File, format: Format, orientation: Orientation, limits: PictureLimits) -> ImageResult<Option<Look>> {
    let mut reader = ImageReader::with_format(BufReader::new(file), format.decoder());
    reader.limits(memory_limits(limits));
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if !limits.allow(width, height) || decoder.total_bytes() > MEMORY_MAX {
        return Ok(None);
    }
    let profile = decoder.icc_profile()?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let preview = (width.max(height) > SIDE)
        .then(|| encode(&picture, orientation, profile))
        .transpose()?;
    let (width, height) = if is_turned_aside(orientation) {
        (height, width)
    } else {
        (width, height)
    };
    Ok(Some(Look { width, height, preview }))
}

fn memory_limits(limits: PictureLimits) -> Limits {
    let mut memory = Limits::default();
    memory.max_image_width = Some(limits.side_max);
    memory.max_image_height = Some(limits.side_max);
    memory.max_alloc = Some(MEMORY_MAX);
    memory
}

fn is_turned_aside(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Shrinks first and turns then: the small copy is turned in no time.
fn encode(picture: &DynamicImage, orientation: Orientation, profile: Option<Vec<u8>>) -> ImageResult<Preview> {
    let mut small = picture.thumbnail(SIDE, SIDE);
    small.apply_orientation(orientation);
    let rgba = small.to_rgba8();
    let profile = profile.filter(|profile| is_of_rgb(profile));
    let mut bytes = Cursor::new(Vec::new());
    let format = if rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        if let Some(profile) = profile {
            // An encoder that cannot carry it makes a preview with slightly other colours.
            let _ = encoder.set_icc_profile(profile);
        }
        encoder.encode_image(&small.to_rgb8())?;
        Format::Jpeg
    } else {
        let mut encoder = PngEncoder::new(&mut bytes);
        if let Some(profile) = profile {
            let _ = encoder.set_icc_profile(profile);
        }
        encoder.write_image(
            rgba.as_raw(),
            rgba.width(),
            rgba.height(),
            image::ExtendedColorType::Rgba8,
        )?;
        Format::Png
    };
    Ok(Preview {
        format,
        bytes: bytes.into_inner(),
    })
}

/// Decoding turns every picture into RGB; a profile for printing inks would spoil it.
fn is_of_rgb(profile: &[u8]) -> bool {
    profile.len() <= PROFILE_MAX && profile.get(16..20) == Some(b"RGB ")
}
