//! Files that a client puts straight into the object storage.

use std::time::Duration;

use domain::media::MediaKind;
use domain::port::{MediaStore, ReceiveError};

use crate::rig::{LIMIT, Rig};
use crate::samples::{self, SECRET};

/// Puts bytes as a browser does; the answer's status.
async fn put(url: &str, bytes: impl Into<reqwest::Body>) -> u16 {
    let client = reqwest::Client::new();
    client.put(url).body(bytes).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_disk_gives_no_permission() {
    let rig = Rig::disk().await;
    assert!(rig.store.presign_put("png").await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_put_there_is_treated_like_any_other() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("heic").await.unwrap().unwrap();
    assert!(key.ends_with(".heic"));
    assert_eq!(permission.expires_in, Duration::from_secs(300));
    assert!(permission.url.contains("X-Amz-Expires=300"));
    assert_eq!(put(&permission.url, samples::photo(600, 300, 6)).await, 200);
    assert!(rig.read(&key).await.is_none(), "nobody reads what was not looked into");

    let stored = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    assert_eq!(
        (&stored.key, stored.mime.as_str(), stored.kind),
        (&key, "image/jpeg", MediaKind::Image)
    );
    assert_eq!((stored.width, stored.height), (Some(300), Some(600)));
    let bytes = rig.read(stored.stored_key()).await.unwrap();
    assert_eq!(bytes.len() as u64, stored.size);
    assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET));
    assert!(rig.read(&stored.thumbnail.unwrap()).await.is_some());
    assert!(rig.spool_is_empty());
}

#[tokio::test]
async fn a_used_permission_cannot_replace_the_file() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    put(&permission.url, "what everybody saw").await;
    let first = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    put(&permission.url, "something else").await;
    let second = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    assert_eq!(rig.read(first.stored_key()).await.unwrap(), b"what everybody saw");
    assert_eq!(rig.read(second.stored_key()).await.unwrap(), b"something else");
    rig.store.remove(&key).await.unwrap();
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());
    assert_eq!(rig.read(first.stored_key()).await.unwrap(), b"what everybody saw");
}

#[tokio::test]
async fn each_look_keeps_what_it_has_made_for_itself() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("png").await.unwrap().unwrap();
    put(&permission.url, samples::png(600, 500)).await;
    let first = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    let second = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    assert_eq!((&first.key, first.size), (&second.key, second.size));
    assert_ne!(first.stored_key(), second.stored_key());
    assert_ne!(first.thumbnail, second.thumbnail);
    for own in [second.stored_key(), second.thumbnail.as_deref().unwrap()] {
        rig.store.remove(own).await.unwrap();
    }
    for kept in [first.stored_key(), first.thumbnail.as_deref().unwrap()] {
        assert!(rig.read(kept).await.is_some());
    }
}

#[tokio::test]
async fn what_was_put_there_outlives_a_storage_that_fails() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    put(&permission.url, "words").await;
    rig.bucket_fails(true);
    assert!(matches!(rig.store.adopt(&key, LIMIT).await, Err(ReceiveError::Port(_))));
    rig.bucket_fails(false);
    let stored = rig.store.adopt(&key, LIMIT).await.unwrap().unwrap();
    assert_eq!(rig.read(stored.stored_key()).await.unwrap(), b"words");
}

#[tokio::test]
async fn a_tampered_or_missing_signature_is_refused() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    let other_key = permission.url.replace(&key, &key.replace(".txt", "x.txt"));
    let no_folder = permission.url.replace("incoming/", "");
    let longer = permission.url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000");
    let unsigned = permission.url.split('?').next().unwrap().to_owned();
    for url in [other_key, no_folder, longer, unsigned] {
        assert_ne!(url, permission.url);
        assert_eq!(put(&url, "words").await, 403, "{url}");
    }
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());
}

#[tokio::test]
async fn nothing_was_put_there_is_no_error() {
    let rig = Rig::bucket().await;
    let (key, _) = rig.store.presign_put("txt").await.unwrap().unwrap();
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());
}

#[tokio::test]
async fn too_much_or_nothing_at_all_is_removed() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    put(&permission.url, "0123456789a").await;
    let refused = rig.store.adopt(&key, 10).await;
    assert!(matches!(refused, Err(ReceiveError::TooLarge { limit: 10 })));
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());

    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    put(&permission.url, "").await;
    assert!(matches!(rig.store.adopt(&key, 10).await, Err(ReceiveError::Empty)));
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_that_is_never_used_can_be_removed() {
    let rig = Rig::bucket().await;
    let (key, permission) = rig.store.presign_put("txt").await.unwrap().unwrap();
    put(&permission.url, "words").await;
    rig.store.remove(&key).await.unwrap();
    assert!(rig.store.adopt(&key, LIMIT).await.unwrap().is_none());
}

#[tokio::test]
async fn every_permission_has_a_key_of_its_own_with_a_plain_extension() {
    let rig = Rig::bucket().await;
    let (first, _) = rig.store.presign_put("../x").await.unwrap().unwrap();
    let (second, _) = rig.store.presign_put("JPG").await.unwrap().unwrap();
    assert_ne!(first.split('.').next(), second.split('.').next());
    assert!(first.ends_with(".bin"), "{first}");
    assert!(second.ends_with(".jpg"), "{second}");
}
