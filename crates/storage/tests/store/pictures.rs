//! What happens to pictures on their way in.

use std::io::Cursor;

use domain::media::{MediaKind, StoredMedia};
use domain::port::ReceiveError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageReader};
use storage::PictureLimits;

use crate::rig::Rig;
use crate::samples::{self, SECRET};

fn tells_the_secret(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

fn orientation_of(bytes: &[u8]) -> Orientation {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
    reader.into_decoder().unwrap().orientation().unwrap()
}

fn size_of(stored: &StoredMedia) -> (u32, u32) {
    (stored.width.unwrap(), stored.height.unwrap())
}

/// Asserts that it is kept as a plain file, byte for byte.
async fn check_plain(what: &str, bytes: Vec<u8>) {
    check_plain_at(&Rig::disk().await, what, bytes).await;
}

async fn check_plain_at(rig: &Rig, what: &str, bytes: Vec<u8>) {
    let stored = rig.receive(bytes.clone(), "holiday.png").await;
    assert_eq!(
        (stored.kind, stored.mime.as_str()),
        (MediaKind::File, "application/octet-stream"),
        "{what}"
    );
    assert_eq!(
        (stored.width, stored.height, stored.thumbnail),
        (None, None, None),
        "{what}"
    );
    assert!(rig.read(&stored.key).await.unwrap() == bytes, "{what}");
    let refused = rig.try_receive(bytes, "holiday.png", true).await;
    assert!(matches!(refused, Err(ReceiveError::NotAPicture)), "{what}");
    assert!(rig.spool_is_empty());
}

#[tokio::test]
async fn pictures_are_shown_by_their_own_type() {
    let rig = Rig::disk().await;
    for (bytes, mime, extension, kind) in [
        (samples::png(30, 20), "image/png", "png", MediaKind::Image),
        (samples::jpeg(30, 20), "image/jpeg", "jpg", MediaKind::Image),
        (samples::webp(30, 20), "image/webp", "webp", MediaKind::Image),
        (samples::gif(30, 20, 1), "image/gif", "gif", MediaKind::Gif),
        (samples::gif(30, 20, 3), "image/gif", "gif", MediaKind::Gif),
        (samples::moving_webp(30, 20, 3), "image/webp", "webp", MediaKind::Gif),
    ] {
        let stored = rig.try_receive(bytes, "wrong.exe", true).await.unwrap();
        assert_eq!(
            (stored.mime.as_str(), stored.extension.as_str(), stored.kind),
            (mime, extension, kind)
        );
        assert_eq!((size_of(&stored), &stored.thumbnail), ((30, 20), &None), "{mime}");
        assert!(stored.key.ends_with(extension));
        let bytes = rig.read(&stored.key).await.unwrap();
        assert_eq!(bytes.len() as u64, stored.size);
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 30, "{mime}");
    }
}

#[tokio::test]
async fn a_clean_picture_is_kept_byte_for_byte() {
    let rig = Rig::disk().await;
    for bytes in [
        samples::png(9, 7),
        samples::jpeg(9, 7),
        samples::webp(9, 7),
        samples::gif(9, 7, 2),
        samples::moving_webp(9, 7, 2),
        samples::extended_webp(0, 9, 7, &[(b"VP8L", &samples::webp_data(9, 7))]),
    ] {
        let stored = rig.receive(bytes.clone(), "x").await;
        assert_ne!(stored.kind, MediaKind::File);
        assert_eq!(rig.read(&stored.key).await.unwrap(), bytes, "{}", stored.mime);
    }
}

#[tokio::test]
async fn a_photo_forgets_its_place_and_keeps_its_rotation() {
    let rig = Rig::disk().await;
    for value in 1..=8 {
        let photo = samples::photo(600, 300, value);
        assert!(tells_the_secret(&photo));
        let stored = rig.receive(photo, "x").await;
        let bytes = rig.read(&stored.key).await.unwrap();
        let orientation = Orientation::from_exif(value).unwrap();
        assert!(!tells_the_secret(&bytes));
        assert_eq!(orientation_of(&bytes), orientation);
        assert_eq!(bytes.windows(4).any(|window| window == b"Exif"), value != 1);

        // The preview is what a reader of the rotation sees.
        let mut upright = DynamicImage::from(samples::pixels(480, 240));
        upright.apply_orientation(orientation);
        let ratio = size_of(&stored);
        assert_eq!(
            ratio,
            if upright.width() > upright.height() {
                (600, 300)
            } else {
                (300, 600)
            }
        );
        let preview = rig.read(&stored.thumbnail.unwrap()).await.unwrap();
        assert!(!tells_the_secret(&preview));
        assert_eq!(orientation_of(&preview), Orientation::NoTransforms);
        let preview = image::load_from_memory(&preview).unwrap().into_rgb8();
        assert_eq!(preview.dimensions(), (upright.width(), upright.height()));
        let upright = upright.into_rgb8();
        for (x, y) in [(20, 20), (220, 20), (20, 220), (220, 220)] {
            let (seen, expected) = (preview.get_pixel(x, y).0, upright.get_pixel(x, y).0);
            assert_eq!(seen[0] > 128, expected[0] > 128, "rotation {value} at {x}, {y}");
        }
    }
}

#[tokio::test]
async fn png_webp_and_gif_forget_their_place_too() {
    let rig = Rig::disk().await;
    let exif = samples::exif(6);
    let text = [b"Comment\0".as_slice(), SECRET].concat();
    let png = samples::with_chunks(
        &samples::png(40, 20),
        &[
            (b"eXIf", &exif),
            (b"tEXt", &text),
            (b"zTXt", SECRET),
            (b"iTXt", SECRET),
            (b"tIME", &[0; 7]),
            (b"caBX", SECRET),
        ],
    );
    let png = [png.as_slice(), SECRET].concat();
    let data = samples::webp_data(40, 20);
    let chunks: [(&[u8; 4], &[u8]); 4] = [(b"VP8L", &data), (b"EXIF", &exif), (b"XMP ", SECRET), (b"note", SECRET)];
    let webp = [samples::extended_webp(0x0c, 40, 20, &chunks).as_slice(), SECRET].concat();
    let gif = samples::gif(40, 20, 2);
    let secret_len = u8::try_from(SECRET.len()).unwrap();
    let comment = [&[0x21, 0xfe, secret_len], SECRET, &[0]].concat();
    let xmp = [b"\x21\xff\x0bXMP DataXMP".as_slice(), &[secret_len], SECRET, &[0]].concat();
    let gif = [&gif[..gif.len() - 1], &comment, &xmp, b"\x3b", SECRET].concat();
    for (what, bytes, size, orientation) in [
        ("PNG", png, (20, 40), Orientation::Rotate90),
        ("WebP", webp, (20, 40), Orientation::Rotate90),
        ("GIF", gif, (40, 20), Orientation::NoTransforms),
    ] {
        assert!(tells_the_secret(&bytes));
        let stored = rig.try_receive(bytes, "x", true).await.unwrap();
        let bytes = rig.read(&stored.key).await.unwrap();
        assert!(!tells_the_secret(&bytes), "{what}");
        assert_eq!(
            (size_of(&stored), orientation_of(&bytes)),
            (size, orientation),
            "{what}"
        );
        if what == "WebP" {
            assert_eq!(bytes[20] & 0x0c, 0x08, "there is EXIF and no XMP");
        }
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 40, "{what}");
    }
}

#[tokio::test]
async fn a_gif_keeps_its_loop_and_its_timing() {
    let rig = Rig::disk().await;
    let gif = samples::gif(8, 8, 2);
    let at = gif.windows(2).position(|block| block == [0x21, 0xf9]).unwrap();
    let looping = [&gif[..at], b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", &gif[at..]].concat();
    let key = rig.receive(looping.clone(), "x").await.key;
    assert_eq!(rig.read(&key).await.unwrap(), looping);
}

#[tokio::test]
async fn a_colour_profile_stays_with_the_photo_and_its_preview() {
    let rig = Rig::disk().await;
    let mut profile = vec![0; 200];
    profile[16..20].copy_from_slice(b"RGB ");
    let segment = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let photo = samples::with_segments(&samples::jpeg(600, 20), &[(0xe2, &segment)]);
    let stored = rig.receive(photo, "x").await;
    for key in [stored.key, stored.thumbnail.unwrap()] {
        let bytes = rig.read(&key).await.unwrap();
        assert!(bytes.windows(segment.len()).any(|window| window == segment));
    }
}

#[tokio::test]
async fn only_large_pictures_have_a_preview_and_it_is_small() {
    let rig = Rig::disk().await;
    assert_eq!(rig.receive(samples::png(480, 480), "x").await.thumbnail, None);
    for (bytes, extension, size) in [
        (samples::png(481, 100), "jpg", (480, 100)),
        (samples::transparent_png(960, 1_920), "png", (240, 480)),
        (samples::gif(500, 500, 2), "jpg", (480, 480)),
        (samples::moving_webp(500, 500, 2), "jpg", (480, 480)),
        (samples::png(3_000, 1), "jpg", (480, 1)),
    ] {
        let preview = rig.receive(bytes, "x").await.thumbnail.unwrap();
        assert!(preview.ends_with(extension), "{preview}");
        let preview = image::load_from_memory(&rig.read(&preview).await.unwrap()).unwrap();
        assert_eq!((preview.width(), preview.height()), size);
    }
}

#[tokio::test]
async fn pictures_beyond_the_limits_are_plain_files() {
    check_plain("a PNG of giant sides", samples::png_that_claims(60_000, 60_000)).await;
    check_plain("a PNG of one giant side", samples::png_that_claims(1, 16_385)).await;
    check_plain("a PNG of too many pixels", samples::png_that_claims(8_000, 5_001)).await;
    check_plain("a JPEG of giant sides", samples::jpeg_that_claims(60_000, 60_000)).await;
    check_plain("a JPEG without width", samples::jpeg_that_claims(0, 8)).await;
    let mut gif = samples::gif(8, 8, 1);
    gif[6..10].fill(0xff);
    check_plain("a GIF with a giant screen", gif).await;
    let mut gif = samples::gif(8, 8, 1);
    let frame = gif.windows(5).position(|block| block == [0x2c, 0, 0, 0, 0]).unwrap();
    gif[frame + 5..frame + 9].fill(0xff);
    check_plain("a GIF with a giant frame", gif).await;
    check_plain("a GIF with too many frames", samples::gif(2, 2, 301)).await;
    check_plain("a WebP with too many frames", samples::moving_webp(2, 2, 301)).await;
    let data = samples::webp_data(8, 8);
    check_plain(
        "a giant WebP",
        samples::extended_webp(0, 16_000_000, 200, &[(b"VP8L", &data)]),
    )
    .await;
    let profile = [b"ICC_PROFILE\0".as_slice(), &[0; 60_000]].concat();
    let segments: Vec<(u8, &[u8])> = std::iter::repeat_n((0xe2, profile.as_slice()), 18).collect();
    check_plain(
        "a giant colour profile",
        samples::with_segments(&samples::jpeg(8, 8), &segments),
    )
    .await;
}

#[tokio::test]
async fn sound_pictures_beyond_the_limits_are_plain_files_too() {
    let rig = Rig::disk_within(PictureLimits {
        pixels_max: 1_000,
        side_max: 100,
        frames_max: 2,
    });
    for (bytes, larger) in [
        (samples::png(100, 10), samples::png(101, 1)),
        (samples::jpeg(10, 100), samples::jpeg(1, 101)),
        (samples::webp(40, 25), samples::webp(40, 26)),
        (samples::gif(40, 25, 2), samples::gif(4, 2, 3)),
    ] {
        let stored = rig.receive(bytes, "x").await;
        assert_ne!(stored.kind, MediaKind::File);
        check_plain_at(&rig, &stored.mime, larger).await;
    }
    let mut gif = samples::gif(50, 50, 1);
    gif[6..10].copy_from_slice(&[8, 0, 8, 0]);
    check_plain_at(&rig, "a frame larger than its screen", gif).await;
}

#[tokio::test]
async fn a_jpeg_of_endless_scans_is_a_plain_file() {
    let jpeg = samples::jpeg(8, 8);
    let scan = jpeg.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap();
    let repeated = [&jpeg[..scan], &jpeg[scan..jpeg.len() - 2].repeat(41), b"\xff\xd9"].concat();
    check_plain("a JPEG with too many scans", repeated).await;
}

#[tokio::test]
async fn a_png_that_moves_counts_its_frames() {
    let rig = Rig::disk().await;
    let control = [
        [0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8].as_slice(),
        &[0; 8],
        &[0, 1, 0, 10, 0, 0],
    ]
    .concat();
    let frames = |count: usize| {
        let mut chunks: Vec<(&[u8; 4], &[u8])> = vec![(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0])];
        chunks.extend(std::iter::repeat_n((b"fcTL", control.as_slice()), count));
        samples::with_chunks(&samples::png(8, 8), &chunks)
    };
    let stored = rig.receive(frames(1), "x").await;
    assert_eq!((stored.kind, stored.mime.as_str()), (MediaKind::Gif, "image/png"));
    check_plain("a PNG with too many frames", frames(301)).await;
}

#[tokio::test]
async fn three_hundred_frames_are_allowed() {
    let rig = Rig::disk().await;
    assert_eq!(rig.receive(samples::gif(2, 2, 300), "x").await.kind, MediaKind::Gif);
    assert_eq!(
        rig.receive(samples::moving_webp(2, 2, 300), "x").await.kind,
        MediaKind::Gif
    );
}

#[tokio::test]
async fn a_photo_beyond_the_limits_forgets_its_place_all_the_same() {
    let rig = Rig::disk().await;
    let exif = [b"Exif\0\0".as_slice(), &samples::exif(1)].concat();
    let photo = samples::with_segments(&samples::jpeg_that_claims(20_000, 20_000), &[(0xe1, &exif)]);
    let stored = rig.receive(photo, "x").await;
    assert_eq!(stored.kind, MediaKind::File);
    assert!(!tells_the_secret(&rig.read(&stored.key).await.unwrap()));
}

#[tokio::test]
async fn broken_pictures_are_plain_files() {
    for (what, bytes) in [
        ("PNG", samples::png(64, 64)),
        ("JPEG", samples::jpeg(64, 64)),
        ("GIF", samples::gif(64, 64, 2)),
        ("WebP", samples::webp(64, 64)),
        ("moving WebP", samples::moving_webp(64, 64, 2)),
    ] {
        for len in [16, 30, bytes.len() / 2, bytes.len() - 1] {
            check_plain(&format!("{len} bytes of a {what}"), bytes[..len].to_vec()).await;
        }
    }
    let mut png = samples::png(64, 64);
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    png[data + 8..data + 12].fill(0x55);
    check_plain("a PNG whose data is rubbish", png).await;
}

#[tokio::test]
async fn what_only_claims_to_be_a_picture_is_a_file() {
    let rig = Rig::disk().await;
    for text in [
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<!doctype html><script>alert(1)</script>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        "alert(1)",
    ] {
        let stored = rig.receive(text, "holiday.png").await;
        assert_eq!(
            (stored.mime.as_str(), stored.kind, stored.extension.as_str()),
            ("text/plain", MediaKind::File, "txt")
        );
        let refused = rig.try_receive(text, "holiday.png", true).await;
        assert!(matches!(refused, Err(ReceiveError::NotAPicture)));
    }
    check_plain("a script that begins like a GIF", b"GIF89a/*\0*/=1;alert(1)".to_vec()).await;
    check_plain(
        "a page behind a JPEG's first bytes",
        b"\xff\xd8\xff<html><script>alert(1)</script>".to_vec(),
    )
    .await;
    assert!(rig.spool_is_empty());
}

#[tokio::test]
async fn of_two_files_in_one_only_the_picture_stays() {
    let rig = Rig::disk().await;
    let page = b"<html><script>alert(1)</script>PK\x03\x04";
    for clean in [
        samples::png(9, 7),
        samples::jpeg(9, 7),
        samples::webp(9, 7),
        samples::gif(9, 7, 1),
    ] {
        let stored = rig.receive([&clean, page.as_slice()].concat(), "x.html").await;
        assert_eq!(rig.read(&stored.key).await.unwrap(), clean);
    }
}
