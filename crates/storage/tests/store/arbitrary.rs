//! Whatever comes, the store answers.

use domain::media::MediaKind;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use crate::rig::Rig;
use crate::samples;

/// Receives it, and asserts what holds for every file.
fn check(bytes: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let rig = Rig::disk().await;
        let stored = rig.receive(bytes.to_vec(), "x.png").await;
        let kept = rig.read(&stored.key).await.unwrap();
        assert_eq!(kept.len() as u64, stored.size);
        let is_picture = matches!(stored.kind, MediaKind::Image | MediaKind::Gif);
        assert_eq!(is_picture, stored.width.is_some());
        assert_eq!(is_picture, stored.mime.starts_with("image/"));
        if is_picture {
            image::load_from_memory(&kept).unwrap();
        }
        assert!(rig.spool_is_empty());
    });
}

fn valid_files() -> Vec<Vec<u8>> {
    let chunks: [(&[u8; 4], &[u8]); 1] = [(b"eXIf", &samples::exif(3))];
    vec![
        samples::photo(12, 9, 6),
        samples::with_chunks(&samples::png(12, 9), &chunks),
        samples::gif(12, 9, 2),
        samples::webp(12, 9),
        samples::moving_webp(12, 9, 2),
    ]
}

fn magic() -> impl Strategy<Value = &'static [u8]> {
    prop::sample::select(vec![
        b"".as_slice(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0\x2a",
        b"GIF89a\x08\0\x08\0\x80\0\0",
        b"RIFF\xff\0\0\0WEBPVP8X\x0a\0\0\0",
        b"RIFF\xff\0\0\0WEBPVP8L",
        b"RIFF\xff\0\0\0WAVEfmt ",
        b"\x1a\x45\xdf\xa3\x84\x42\x82\x81w",
        b"\0\0\0\x0cftypisom",
        b"OggS\0\x02",
        b"ID3\x03\0\0",
        b"\xff\xfb\x90",
        b"%PDF-",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ])
}

/// The seed is fixed: every run tries the same.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 128,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2026),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_taken(magic in magic(), rest in prop::collection::vec(any::<u8>(), 1..400)) {
        check(&[magic, &rest].concat());
    }

    #[test]
    fn damaged_pictures_are_taken(
        which in any::<Index>(),
        damage in prop::collection::vec((any::<Index>(), any::<u8>()), 0..6),
        cut in any::<Index>(),
        is_cut in any::<bool>(),
    ) {
        let files = valid_files();
        let mut bytes = which.get(&files).clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()) + 1);
        }
        check(&bytes);
    }
}
