//! Taking, reading and removing files. Everything in here runs against a disk and a bucket.

use std::collections::HashSet;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use bytes::Bytes;
use domain::PortError;
use domain::media::MediaKind;
use domain::port::{Chunks, MediaStore, ReceiveError};
use futures_util::future::join_all;
use shaku::HasComponent;
use storage::{ObjectMediaStore, ObjectMediaStoreParameters, PictureLimits, Place, S3Settings};
use tokio::sync::Notify;

use crate::rig::{Endless, LIMIT, Pieces, Rig, serve};
use crate::samples;

macro_rules! at_every_place {
    ($($promise:ident),* $(,)?) => {
        mod disk { $(#[tokio::test] async fn $promise() { super::$promise(super::Rig::disk().await).await; })* }
        mod bucket { $(#[tokio::test] async fn $promise() { super::$promise(super::Rig::bucket().await).await; })* }
    };
}

at_every_place!(
    what_comes_is_kept_as_it_is,
    parts_of_a_file_can_be_read,
    a_range_outside_the_file_is_an_error,
    a_removed_file_is_gone_and_can_be_removed_again,
    too_much_is_noticed_at_once_and_leaves_nothing,
    the_limit_itself_is_allowed,
    nothing_is_no_file,
    a_sender_that_fails_leaves_nothing,
    a_sender_that_gives_up_leaves_nothing,
    keys_that_were_never_made_lead_nowhere,
    the_name_gives_at_most_an_extension,
    a_preview_is_a_file_of_its_own,
    a_large_file_comes_back_whole,
    many_at_once_are_kept_apart,
    a_place_in_order_says_so,
);

async fn what_comes_is_kept_as_it_is(rig: Rig) {
    let stored = rig.receive("just words", "notes.txt").await;
    assert_eq!(rig.read(&stored.key).await.unwrap(), b"just words");
    assert_eq!((stored.size, stored.kind), (10, MediaKind::File));
    assert_eq!((stored.mime.as_str(), stored.extension.as_str()), ("text/plain", "txt"));
    assert_eq!((stored.width, stored.height, stored.thumbnail), (None, None, None));
    assert!(rig.spool_is_empty());
}

async fn parts_of_a_file_can_be_read(rig: Rig) {
    let bytes: Vec<u8> = (0..=255_u8).cycle().take(300_000).collect();
    let key = rig.receive(bytes.clone(), "x").await.key;
    for (first, last) in [
        (0, 0),
        (0, 9),
        (5, 299_999),
        (299_999, 299_999),
        (1_000, 200_000),
        (0, 299_999),
    ] {
        let opened = rig.store.open(&key, Some((first, last))).await.unwrap().unwrap();
        assert_eq!(opened.size, 300_000);
        let part = rig.read_range(&key, Some((first, last))).await.unwrap();
        assert!(part == bytes[first as usize..=last as usize], "{first} to {last}");
    }
}

async fn a_range_outside_the_file_is_an_error(rig: Rig) {
    let key = rig.receive("0123456789", "x").await.key;
    for range in [(10, 10), (10, 20), (u64::MAX, u64::MAX), (5, 4)] {
        assert!(rig.store.open(&key, Some(range)).await.is_err(), "{range:?}");
    }
}

async fn a_removed_file_is_gone_and_can_be_removed_again(rig: Rig) {
    let key = rig.receive("just words", "x").await.key;
    rig.store.remove(&key).await.unwrap();
    assert!(rig.read(&key).await.is_none());
    rig.store.remove(&key).await.unwrap();
}

async fn too_much_is_noticed_at_once_and_leaves_nothing(rig: Rig) {
    let mut body = Endless::default();
    let refused = rig.store.receive(&mut body, "x", 5_500, false).await;
    assert!(matches!(refused, Err(ReceiveError::TooLarge { limit: 5_500 })));
    assert_eq!(body.taken.load(Ordering::Relaxed), 6_000);
    assert!(rig.spool_is_empty());
}

async fn the_limit_itself_is_allowed(rig: Rig) {
    let mut body = Pieces::of("0123456789");
    assert_eq!(rig.store.receive(&mut body, "x", 10, false).await.unwrap().size, 10);
    let mut body = Pieces::of("0123456789a");
    assert!(rig.store.receive(&mut body, "x", 10, false).await.is_err());
}

async fn nothing_is_no_file(rig: Rig) {
    let refused = rig.try_receive("", "x", false).await;
    assert!(matches!(refused, Err(ReceiveError::Empty)));
    assert!(rig.spool_is_empty());
}

/// Sends something, then does as it is told.
struct Interrupted {
    sent: bool,
    fails: bool,
    reached: Arc<Notify>,
}

#[async_trait]
impl Chunks for Interrupted {
    async fn next(&mut self) -> Result<Option<Bytes>, PortError> {
        if !self.sent {
            self.sent = true;
            return Ok(Some(Bytes::from_static(b"half a ")));
        }
        if self.fails {
            return Err(PortError::failed("the connection broke"));
        }
        self.reached.notify_one();
        pending().await
    }
}

async fn a_sender_that_fails_leaves_nothing(rig: Rig) {
    let mut body = Interrupted {
        sent: false,
        fails: true,
        reached: Arc::default(),
    };
    let refused = rig.store.receive(&mut body, "x", LIMIT, false).await;
    assert!(matches!(refused, Err(ReceiveError::Port(PortError::Failed(_)))));
    assert!(rig.spool_is_empty());
}

async fn a_sender_that_gives_up_leaves_nothing(rig: Rig) {
    let reached = Arc::new(Notify::new());
    let mut body = Interrupted {
        sent: false,
        fails: false,
        reached: reached.clone(),
    };
    let mut receiving = rig.store.receive(&mut body, "x", LIMIT, false);
    tokio::select! {
        _ = &mut receiving => panic!("the body has no end"),
        () = reached.notified() => {}
    }
    assert!(!rig.spool_is_empty());
    drop(receiving);
    assert!(rig.spool_is_empty());
}

async fn keys_that_were_never_made_lead_nowhere(rig: Rig) {
    let stored = rig.receive("just words", "x.txt").await;
    for key in [
        "../Cargo.toml",
        "/etc/passwd",
        "..",
        "",
        ".incoming",
        ".incoming/a.txt",
        "incoming/a.txt",
        "a\0.txt",
        "%2e%2e%2fa.txt",
        "unknown.txt",
        &stored.key.to_uppercase(),
        &format!("./{}", stored.key),
    ] {
        assert!(rig.store.open(key, None).await.unwrap().is_none(), "{key:?}");
        rig.store.remove(key).await.unwrap();
        assert!(rig.store.adopt(key, LIMIT).await.unwrap().is_none(), "{key:?}");
    }
    assert!(rig.read(&stored.key).await.is_some());
    assert!(rig.spool.is_dir());
}

async fn the_name_gives_at_most_an_extension(rig: Rig) {
    let unknown = [0_u8, 1, 2, 3].as_slice();
    for (name, extension) in [
        ("../../etc/passwd", "bin"),
        ("game.SAV", "sav"),
        ("x.../..", "bin"),
        ("con.p\0n", "bin"),
        ("", "bin"),
    ] {
        let stored = rig.receive(unknown, name).await;
        assert_eq!(stored.extension, extension, "{name:?}");
        assert_eq!(stored.mime, "application/octet-stream");
        let (stem, of_key) = stored.key.split_once('.').unwrap();
        assert_eq!((stem.len(), of_key), (32, extension));
    }
}

async fn a_preview_is_a_file_of_its_own(rig: Rig) {
    let stored = rig.receive(samples::jpeg(600, 300), "x").await;
    let preview = stored.thumbnail.unwrap();
    let preview_bytes = rig.read(&preview).await.unwrap();
    let size = image::load_from_memory(&preview_bytes).unwrap();
    assert_eq!((size.width(), size.height()), (480, 240));
    rig.store.remove(&stored.key).await.unwrap();
    assert!(rig.read(&preview).await.is_some());
    rig.store.remove(&preview).await.unwrap();
    assert!(rig.read(&preview).await.is_none());
    assert!(rig.spool_is_empty());
}

async fn a_large_file_comes_back_whole(rig: Rig) {
    let bytes: Vec<u8> = (0..=250_u8).cycle().take(12_000_000).collect();
    let stored = rig.receive(bytes.clone(), "x").await;
    assert_eq!(stored.size, 12_000_000);
    assert!(rig.read(&stored.key).await.unwrap() == bytes);
}

async fn many_at_once_are_kept_apart(rig: Rig) {
    let sizes: Vec<u32> = (500..512).collect();
    let stored = join_all(sizes.iter().map(|size| rig.receive(samples::png(*size, 20), "x"))).await;
    let keys: HashSet<_> = stored.iter().map(|stored| &stored.key).collect();
    assert_eq!(keys.len(), sizes.len());
    for (stored, size) in stored.iter().zip(sizes) {
        assert_eq!(stored.width, Some(size));
        let bytes = rig.read(&stored.key).await.unwrap();
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), size);
    }
    assert!(rig.spool_is_empty());
}

async fn a_place_in_order_says_so(rig: Rig) {
    rig.store.check().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_vanished_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let store = ObjectMediaStore::new(Place::local(dir.path()).unwrap(), PictureLimits::default());
    dir.close().unwrap();
    assert!(matches!(store.check().await, Err(PortError::Unavailable(_))));
    assert!(matches!(
        store.receive(&mut Pieces::of("words"), "x", LIMIT, false).await,
        Err(ReceiveError::Port(_))
    ));
}

#[tokio::test]
async fn a_bucket_that_does_not_exist_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let settings = S3Settings {
        bucket: "elsewhere".into(),
        ..serve(dir.path()).await
    };
    let store = ObjectMediaStore::new(
        Place::s3(&settings, dir.path().join("spool")).unwrap(),
        PictureLimits::default(),
    );
    assert!(matches!(store.check().await, Err(PortError::Unavailable(_))));
}

#[tokio::test]
async fn a_storage_that_is_away_may_come_back() {
    let dir = tempfile::tempdir().unwrap();
    // A port that was free a moment ago.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let settings = S3Settings {
        endpoint: Some(format!("http://{nobody}")),
        ..serve(dir.path()).await
    };
    let spool = dir.path().join("spool");
    let store = ObjectMediaStore::new(Place::s3(&settings, &spool).unwrap(), PictureLimits::default());
    let refused = store.receive(&mut Pieces::of("words"), "x", LIMIT, false).await;
    assert!(matches!(refused, Err(ReceiveError::Port(PortError::Unavailable(_)))));
    assert_eq!(std::fs::read_dir(spool).unwrap().count(), 0);
}

#[tokio::test]
async fn a_wrong_secret_keeps_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let settings = S3Settings {
        secret_access_key: "open barley".into(),
        ..serve(dir.path()).await
    };
    let spool = dir.path().join("spool");
    let store = ObjectMediaStore::new(Place::s3(&settings, &spool).unwrap(), PictureLimits::default());
    assert!(store.check().await.is_err());
    let refused = store
        .receive(&mut Pieces::of(samples::png(600, 600)), "x", LIMIT, false)
        .await;
    assert!(matches!(refused, Err(ReceiveError::Port(_))));
    assert_eq!(std::fs::read_dir(spool).unwrap().count(), 0);
}

#[tokio::test]
async fn a_module_builds_the_store_from_its_parameters() {
    shaku::module! { Media { components = [ObjectMediaStore], providers = [] } }
    let dir = tempfile::tempdir().unwrap();
    let module = Media::builder()
        .with_component_parameters::<ObjectMediaStore>(ObjectMediaStoreParameters {
            place: Place::local(dir.path()).unwrap(),
            limits: PictureLimits {
                side_max: 10,
                ..PictureLimits::default()
            },
        })
        .build();
    let store: &dyn MediaStore = module.resolve_ref();
    let stored = store
        .receive(&mut Pieces::of(samples::png(11, 4)), "x", LIMIT, false)
        .await
        .unwrap();
    assert_eq!(stored.kind, MediaKind::File);
}
