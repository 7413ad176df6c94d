//! Pictures made for tests, clean ones and ones that tell where they were taken.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ExtendedColorType, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// Stands in every sample's metadata, and must stand in nothing that is stored.
pub(crate) const SECRET: &[u8] = b"SECRET-PLACE";

/// A picture whose left upper corner is red and whose other parts are blue.
pub(crate) fn pixels(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 {
            Rgb([255, 0, 0])
        } else {
            Rgb([0, 0, 255])
        }
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(pixels(width, height), ImageFormat::Jpeg)
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(pixels(width, height), ImageFormat::Png)
}

pub(crate) fn transparent_png(width: u32, height: u32) -> Vec<u8> {
    encoded(
        RgbaImage::from_pixel(width, height, Rgba([9, 9, 9, 100])),
        ImageFormat::Png,
    )
}

pub(crate) fn gif(width: u32, height: u32, frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    let frame = Frame::new(DynamicImage::from(pixels(width, height)).into_rgba8());
    encoder.encode_frames(std::iter::repeat_n(frame, frames)).unwrap();
    drop(encoder);
    bytes
}

pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(pixels(width, height).as_raw(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// EXIF (without a container's prefix) that tells the rotation and the place.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    exif.extend([0; 4]);
    // The GPS folder: its map datum is a text at offset 56.
    exif.extend([0, 1, 0, 0x12, 0, 2, 0, 0, 0, 12, 0, 0, 0, 56, 0, 0, 0, 0]);
    exif.extend(SECRET);
    exif
}

/// Adds segments behind a JPEG's beginning.
pub(crate) fn with_segments(jpeg: &[u8], segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    for (marker, content) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
        bytes.extend(*content);
    }
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A JPEG as a telephone makes it.
pub(crate) fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let exif = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat();
    let parts = [b"MPF\0".as_slice(), SECRET].concat();
    let segments: [(u8, &[u8]); 6] = [
        (0xe1, &exif),
        (0xe1, &xmp),
        (0xe2, &parts),
        (0xed, SECRET),
        (0xef, SECRET),
        (0xfe, SECRET),
    ];
    let mut bytes = with_segments(&jpeg(width, height), &segments);
    // A short film, or a second picture, behind the first.
    bytes.extend(SECRET);
    bytes
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [name.as_slice(), content].concat();
    let len = u32::try_from(content.len()).unwrap();
    [&len.to_be_bytes(), body.as_slice(), &checksum(&body).to_be_bytes()].concat()
}

/// Adds chunks behind a PNG's header.
pub(crate) fn with_chunks(png: &[u8], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let (header, rest) = png.split_at(33);
    let chunks: Vec<_> = chunks.iter().flat_map(|(name, content)| chunk(name, content)).collect();
    [header, &chunks, rest].concat()
}

/// A PNG that claims to be this large.
pub(crate) fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let png = png(8, 8);
    let content = [&width.to_be_bytes(), &height.to_be_bytes(), &png[24..29]].concat();
    [&png[..8], &chunk(b"IHDR", &content), &png[33..]].concat()
}

/// A JPEG that claims to be this large.
pub(crate) fn jpeg_that_claims(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = jpeg(8, 8);
    let frame = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn riff_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let len = u32::try_from(content.len()).unwrap();
    let padding = vec![0; content.len() % 2];
    [name.as_slice(), &len.to_le_bytes(), content, &padding].concat()
}

fn side(length: u32) -> [u8; 3] {
    let [a, b, c, _] = (length - 1).to_le_bytes();
    [a, b, c]
}

/// A WebP with the extended header and these chunks after it.
pub(crate) fn extended_webp(flags: u8, width: u32, height: u32, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let header = [&[flags, 0, 0, 0], side(width).as_slice(), &side(height)].concat();
    let chunks: Vec<_> = chunks
        .iter()
        .flat_map(|(name, content)| riff_chunk(name, content))
        .collect();
    let body = [b"WEBP".as_slice(), &riff_chunk(b"VP8X", &header), &chunks].concat();
    riff_chunk(b"RIFF", &body)
}

/// The coded data of a WebP that stands still.
pub(crate) fn webp_data(width: u32, height: u32) -> Vec<u8> {
    let webp = webp(width, height);
    let len = u32::from_le_bytes(webp[16..20].try_into().unwrap());
    webp[20..20 + usize::try_from(len).unwrap()].to_vec()
}

/// A WebP that moves.
pub(crate) fn moving_webp(width: u32, height: u32, frames: usize) -> Vec<u8> {
    let place = [[0; 6].as_slice(), &side(width), &side(height), &[100, 0, 0, 0]].concat();
    let frame = [place, riff_chunk(b"VP8L", &webp_data(width, height))].concat();
    let mut chunks: Vec<(&[u8; 4], &[u8])> = vec![(b"ANIM", &[0; 6])];
    chunks.extend(std::iter::repeat_n((b"ANMF", frame.as_slice()), frames));
    extended_webp(0x02, width, height, &chunks)
}
