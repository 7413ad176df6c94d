//! Uploads: any file is taken, what it is told to be is what it is, and a picture keeps to its limits.

#![no_main]

use std::sync::LazyLock;

use async_trait::async_trait;
use bytes::Bytes;
use domain::PortError;
use domain::media::MediaKind;
use domain::port::{Chunks, MediaStore, ReceiveError};
use libfuzzer_sys::fuzz_target;
use storage::{ObjectMediaStore, PictureLimits, Place};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Small, so that a run sees many pictures.
const LIMITS: PictureLimits = PictureLimits {
    pixels_max: 1 << 16,
    side_max: 1024,
    frames_max: 8,
};

struct Bench {
    runtime: Runtime,
    store: ObjectMediaStore,
    _folder: TempDir,
}

static BENCH: LazyLock<Bench> = LazyLock::new(|| {
    // In memory where there is such a folder: a store waits for the disk with every file.
    let folder = tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap();
    Bench {
        runtime: tokio::runtime::Builder::new_current_thread().build().unwrap(),
        store: ObjectMediaStore::new(Place::local(folder.path()).unwrap(), LIMITS),
        _folder: folder,
    }
});

struct Body(Vec<Bytes>);

#[async_trait]
impl Chunks for Body {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        Ok(self.0.pop())
    }
}

fuzz_target!(|input: &[u8]| {
    BENCH.runtime.block_on(async {
        let store = &BENCH.store;
        let mut body = Body(vec![Bytes::copy_from_slice(input)]);
        let stored = match store.receive(&mut body, "name.HTML", 1 << 20, false).await {
            Err(ReceiveError::Empty) if input.is_empty() => return,
            stored => stored.unwrap(),
        };
        let sides = stored.width.zip(stored.height);
        match stored.kind {
            MediaKind::Image | MediaKind::Gif => {
                let (width, height) = sides.unwrap();
                assert!((1..=1024).contains(&width) && (1..=1024).contains(&height));
                assert!(stored.size <= input.len() as u64 + 64, "{stored:?}");
            }
            _ => assert!(sides.is_none() && stored.thumbnail.is_none(), "{stored:?}"),
        }
        // Never a type that a browser runs.
        for word in ["html", "svg", "xml", "javascript"] {
            assert!(!stored.mime.contains(word), "{stored:?}");
        }
        store.open(&stored.key, None).await.unwrap().unwrap();
        store.remove(&stored.key).await.unwrap();
        if let Some(thumbnail) = &stored.thumbnail {
            store.remove(thumbnail).await.unwrap();
        }
    });
});
