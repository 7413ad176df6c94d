//! Files that went straight to object storage, sent several times at once.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use domain::media::{MediaKind, Scene, StoredMedia, Upload, url_of};
use domain::message::Content;
use domain::port::{Chunks, MediaStore, OpenedMedia, PresignedPut, ReceiveError};
use domain::{PortError, RoomId, Timestamp};
use futures_util::poll;
use service::message::{Outgoing, SendMessage};
use service::{Actor, Error};
use shaku::Component;
use tokio::sync::oneshot;

use crate::world::World;

const KEY: &str = "promised.txt";

/// An object storage in which a look into a file can be held up, and fail then.
#[derive(Debug, Clone, Default, Component)]
#[shaku(interface = MediaStore)]
struct Bucket {
    #[shaku(default)]
    inside: Arc<Mutex<Inside>>,
}

#[derive(Debug, Default)]
struct Inside {
    /// What the client has put there.
    incoming: Option<&'static str>,
    kept: HashMap<String, &'static str>,
    /// Holds up the next look until it is told whether it fails.
    held: Option<oneshot::Receiver<bool>>,
    looks: u32,
}

impl Bucket {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, words: &'static str) {
        self.lock().incoming = Some(words);
    }

    /// Holds up the next look; tell it whether it fails.
    fn hold(&self) -> oneshot::Sender<bool> {
        let (release, held) = oneshot::channel();
        self.lock().held = Some(held);
        release
    }
}

#[async_trait]
impl MediaStore for Bucket {
    async fn receive(&self, _: &mut dyn Chunks, _: &str, _: u64, _: bool) -> Result<StoredMedia, ReceiveError> {
        Err(PortError::failed("nothing is received here").into())
    }

    async fn open(&self, _: &str, _: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        Ok(None)
    }

    async fn remove(&self, key: &str) -> Result<(), PortError> {
        let mut inside = self.lock();
        if key == KEY {
            inside.incoming = None;
        }
        inside.kept.remove(key);
        Ok(())
    }

    async fn presign_put(&self, _: &str) -> Result<Option<(String, PresignedPut)>, PortError> {
        Ok(None)
    }

    async fn adopt(&self, key: &str, _: u64) -> Result<Option<StoredMedia>, ReceiveError> {
        let (found, held) = {
            let mut inside = self.lock();
            (inside.incoming, inside.held.take())
        };
        if let Some(held) = held
            && held.await.expect("released")
        {
            return Err(PortError::unavailable("the storage went away").into());
        }
        let Some(words) = found else {
            return Ok(None);
        };
        let mut inside = self.lock();
        inside.looks += 1;
        let object_key = format!("look{}.txt", inside.looks);
        inside.kept.insert(object_key.clone(), words);
        Ok(Some(StoredMedia {
            object_key: Some(object_key),
            size: words.len() as u64,
            ..promised(key)
        }))
    }

    async fn check(&self) -> Result<(), PortError> {
        Ok(())
    }
}

fn promised(key: &str) -> StoredMedia {
    StoredMedia {
        key: key.to_owned(),
        object_key: None,
        mime: "text/plain".to_owned(),
        extension: "txt".to_owned(),
        kind: MediaKind::File,
        size: 0,
        width: None,
        height: None,
        thumbnail: None,
    }
}

/// A world with somebody in a room who may put a file into the bucket.
async fn with_permission() -> (World, Bucket, Actor, RoomId) {
    let bucket = Bucket::default();
    let world = World::storing_in(Box::new(bucket.clone()));
    let alice = world.person("alice").await;
    let room_id = world.room(&alice, &[]).await.room.id;
    let upload = Upload {
        media: promised(KEY),
        name: String::new(),
        owner: alice.user_id,
        scene: Scene::Message,
        message_id: None,
        is_pending: true,
        created_at: Timestamp(0),
        deleted_at: None,
    };
    world.uploads().insert(&upload).await.expect("a permission");
    (world, bucket, alice, room_id)
}

fn message(room_id: RoomId, id: &str) -> SendMessage {
    SendMessage {
        room_id,
        body: Outgoing::Media {
            url: url_of(KEY),
            name: None,
            duration: None,
            text: None,
            peaks: None,
        },
        reply_id: None,
        client_msg_id: Some(id.to_owned()),
    }
}

/// The bytes of the one file that is kept, which is the upload's.
async fn kept(world: &World, bucket: &Bucket) -> &'static str {
    let upload = world.uploads().get(KEY).await.expect("uploads").expect("the upload");
    let kept = bucket.lock().kept.clone();
    assert_eq!(kept.len(), 1, "no other file is left: {kept:?}");
    let words = kept.get(upload.media.stored_key()).expect("the file of the upload");
    assert_eq!(upload.media.size, words.len() as u64);
    words
}

#[tokio::test]
async fn a_file_stays_as_the_message_that_carries_it_was_sent() {
    let (world, bucket, alice, room) = with_permission().await;
    bucket.put("first");
    let release = bucket.hold();
    let mut slow = pin!(world.messages.send(&alice, message(room, "slow")));
    assert!(poll!(&mut slow).is_pending());
    bucket.put("and then another");
    let sent = world.messages.send(&alice, message(room, "quick")).await.expect("sent");
    let Content::Media(media) = &sent.message.content else {
        panic!("{sent:?}")
    };
    assert_eq!(media.size, "and then another".len() as u64);
    release.send(false).expect("the slow one waits");
    let refused = slow.await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    assert_eq!(kept(&world, &bucket).await, "and then another");
}

#[tokio::test]
async fn a_repetition_whose_look_fails_or_finds_nothing_takes_nothing_away() {
    for fails in [true, false] {
        let (world, bucket, alice, room) = with_permission().await;
        bucket.put("words");
        let release = bucket.hold();
        let mut slow = pin!(world.messages.send(&alice, message(room, "same")));
        assert!(poll!(&mut slow).is_pending());
        let sent = world.messages.send(&alice, message(room, "same")).await.expect("sent");
        assert_eq!(bucket.lock().incoming, None, "what was put there is gone");
        release.send(fails).expect("the slow one waits");
        match slow.await {
            Ok(again) => assert!(!fails && again.message.id == sent.message.id),
            Err(Error::Overloaded { .. }) => assert!(fails),
            Err(other) => panic!("{other:?}"),
        }
        world.pass(Duration::from_secs(1));
        let again = world.messages.send(&alice, message(room, "same")).await;
        assert_eq!(again.expect("repeated").message.id, sent.message.id);
        assert_eq!(kept(&world, &bucket).await, "words");
    }
}
