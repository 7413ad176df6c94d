//! Uploads.

use domain::PortError;
use domain::media::{MediaKind, Scene, Upload};
use domain::port::{Change, ChangeError};

use super::build::{at, draft, message_of, recall, remove, upload};
use super::world::World;

pub(super) async fn an_upload_is_found_by_file_and_thumbnail(world: &World) {
    let a = world.user("a").await;
    let one = upload("k1", a);
    world.uploads.insert(&one).await.unwrap();
    let mut bare = upload("k2", a);
    bare.media.thumbnail = None;
    world.uploads.insert(&bare).await.unwrap();
    let mut bare = upload("k3", a);
    bare.media.thumbnail = None;
    world.uploads.insert(&bare).await.unwrap();
    assert_eq!(world.uploads.get("k1").await.unwrap(), Some(one.clone()));
    assert_eq!(world.uploads.get("thumb.k1").await.unwrap(), Some(one.clone()));
    assert_eq!(world.uploads.get("k3").await.unwrap(), Some(bare));
    assert_eq!(world.uploads.get("K1").await.unwrap(), None);
    assert_eq!(world.uploads.get("").await.unwrap(), None);
    assert!(world.uploads.insert(&one).await.is_err());
}

pub(super) async fn a_pending_upload_is_completed_once(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mut pending = upload("k1", a);
    pending.is_pending = true;
    pending.media.thumbnail = None;
    world.uploads.insert(&pending).await.unwrap();
    let mut carrying = draft(room, a, "file");
    carrying.upload_key = Some("k1".to_owned());
    let refused = world.apply(Change::Append(carrying.clone())).await;
    assert!(matches!(refused, Err(ChangeError::NoSuchUpload)));
    let mut found = upload("k1", a);
    found.media.kind = MediaKind::Gif;
    found.media.size = 7;
    found.media.object_key = Some("k2".to_owned());
    found.created_at = at(99);
    assert!(world.uploads.complete(&found).await.unwrap());
    let stored = world.uploads.get("k1").await.unwrap().unwrap();
    let expected = Upload {
        created_at: at(0),
        ..found.clone()
    };
    assert_eq!(stored, expected);
    found.media.size = 8;
    assert!(!world.uploads.complete(&found).await.unwrap());
    assert_eq!(world.uploads.get("k1").await.unwrap().unwrap().media.size, 7);
    world.apply(Change::Append(carrying)).await.unwrap();
}

pub(super) async fn an_upload_is_readable_by_members_of_its_room_only(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    world.uploads.insert(&upload("k1", a)).await.unwrap();
    let readable = async |key: &str, user| world.uploads.is_readable_by(key, user).await.unwrap();
    assert!(
        !readable("k1", a).await,
        "nobody reads it by membership before it is sent"
    );
    let mut carrying = draft(room, a, "file");
    carrying.upload_key = Some("k1".to_owned());
    let message = message_of(world.apply(Change::Append(carrying)).await.unwrap());
    assert_eq!(
        world.uploads.get("k1").await.unwrap().unwrap().message_id,
        Some(message.id)
    );
    for key in ["k1", "thumb.k1"] {
        assert!(readable(key, a).await && readable(key, b).await);
        assert!(!readable(key, c).await);
    }
    world.apply(remove(room, b)).await.unwrap();
    assert!(!readable("k1", b).await);
    assert!(!readable("none", a).await);
}

pub(super) async fn an_upload_is_sent_once_by_its_owner_only(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    world.uploads.insert(&upload("k1", a)).await.unwrap();
    world.uploads.insert(&upload("k2", a)).await.unwrap();
    let mut picture = upload("k3", a);
    picture.scene = Scene::Avatar;
    world.uploads.insert(&picture).await.unwrap();
    let mut gone = upload("k4", a);
    gone.deleted_at = Some(at(0));
    world.uploads.insert(&gone).await.unwrap();
    let send = |author, key: &str| {
        let mut carrying = draft(room, author, "file");
        carrying.upload_key = Some(key.to_owned());
        Change::Append(carrying)
    };
    let batch = vec![
        send(b, "k1"),
        send(a, "k1"),
        send(a, "k1"),
        send(a, "k2"),
        send(a, "k3"),
        send(a, "k4"),
        send(a, "thumb.k2"),
    ];
    let answers = world.log.commit(batch, at(1)).await;
    let stored: Vec<bool> = answers.iter().map(Result::is_ok).collect();
    assert_eq!(stored, [false, true, false, true, false, false, false]);
    assert!(matches!(
        world.apply(send(a, "k2")).await,
        Err(ChangeError::NoSuchUpload)
    ));
    let carriers: Vec<_> = answers.into_iter().flatten().map(message_of).collect();
    for (key, message) in ["k1", "k2"].into_iter().zip(carriers) {
        assert_eq!(
            world.uploads.get(key).await.unwrap().unwrap().message_id,
            Some(message.id)
        );
    }
    world.assert_no_holes(room).await;
}

pub(super) async fn unused_uploads_expire_and_are_forgotten(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    for (key, scene, millis) in [
        ("old", Scene::Message, 0),
        ("sent", Scene::Message, 0),
        ("new", Scene::Message, 50),
        ("face", Scene::Avatar, 0),
        ("door", Scene::Room, 0),
        ("otherface", Scene::Avatar, 0),
        ("otherdoor", Scene::Room, 0),
    ] {
        let mut one = upload(key, a);
        (one.scene, one.created_at) = (scene, at(millis));
        world.uploads.insert(&one).await.unwrap();
    }
    let mut carrying = draft(room, a, "file");
    carrying.upload_key = Some("sent".to_owned());
    world.apply(Change::Append(carrying)).await.unwrap();
    world.picture_of_user(a, "/uploads/face").await.unwrap();
    world.picture_of_room(room, "/uploads/thumb.door").await.unwrap();
    world.uploads.expire_unused(at(50), at(100)).await.unwrap();
    world.uploads.expire_unused(at(50), at(200)).await.unwrap();
    assert_eq!(world.deleted_uploads().await, ["old", "otherdoor", "otherface"]);
    assert_eq!(
        world.uploads.get("old").await.unwrap().unwrap().deleted_at,
        Some(at(100))
    );
    for key in ["old", "otherdoor", "otherface"] {
        world.uploads.forget(key).await.unwrap();
        assert!(world.uploads.get(key).await.unwrap().is_none());
    }
    assert!(world.deleted_uploads().await.is_empty());
}

pub(super) async fn a_picture_goes_with_the_last_one_who_has_it(world: &World) {
    let a = world.user("a").await;
    for (key, scene) in [
        ("face", Scene::Avatar),
        ("newface", Scene::Avatar),
        ("door", Scene::Room),
        ("sent", Scene::Message),
    ] {
        world.picture(key, a, scene).await;
    }
    world.picture_of_user(a, "/uploads/face").await.unwrap();
    world.picture_of_user(a, "/uploads/thumb.face").await.unwrap();
    assert!(world.deleted_uploads().await.is_empty(), "it is the same picture");
    world.picture_of_user(a, "/uploads/newface").await.unwrap();
    assert_eq!(world.deleted_uploads().await, ["face"]);
    world.picture_of_user(a, "").await.unwrap();
    assert_eq!(world.deleted_uploads().await, ["face", "newface"]);

    let one = world.new_room("one", &[a], "/uploads/door").await.unwrap();
    let two = world.room("two", &[a]).await;
    world.picture_of_room(two, "/uploads/door").await.unwrap();
    world
        .picture_of_room(two, "https://elsewhere.example/a.png")
        .await
        .unwrap();
    assert_eq!(
        world.deleted_uploads().await,
        ["face", "newface"],
        "one room has it still"
    );
    world.rooms.delete(one, &[], at(7)).await.unwrap().unwrap();
    assert_eq!(world.deleted_uploads().await, ["door", "face", "newface"]);
    assert_eq!(
        world.uploads.get("door").await.unwrap().unwrap().deleted_at,
        Some(at(7))
    );

    // What is gone, or is no picture, is nobody's from now on.
    for gone in ["face", "door", "thumb.door", "sent", "none"] {
        let url = format!("/uploads/{gone}");
        let refused = world.picture_of_user(a, &url).await;
        assert!(matches!(refused, Err(PortError::NoSuchPicture)), "{gone}");
        let refused = world.picture_of_room(two, &url).await;
        assert!(matches!(refused, Err(ChangeError::NoSuchPicture)), "{gone}");
        let refused = world.new_room("three", &[a], &url).await;
        assert!(matches!(refused, Err(PortError::NoSuchPicture)), "{gone}");
    }
    let stored = world.stored_room(two).await;
    assert_eq!(stored.image, "https://elsewhere.example/a.png");
    assert_eq!(world.uploads.get("sent").await.unwrap().unwrap().deleted_at, None);
}

pub(super) async fn a_recalled_message_gives_up_its_upload(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.uploads.insert(&upload("k1", a)).await.unwrap();
    let mut carrying = draft(room, a, "file");
    carrying.upload_key = Some("k1".to_owned());
    let message = message_of(world.apply(Change::Append(carrying)).await.unwrap());
    world.apply_at(recall(&message, a), at(9)).await.unwrap();
    assert!(!world.uploads.is_readable_by("k1", a).await.unwrap());
    let deleted = world.uploads.deleted(10).await.unwrap();
    assert_eq!(deleted.len(), 1);
    assert_eq!(deleted[0].deleted_at, Some(at(9)));
}

pub(super) async fn the_files_of_a_person_stay_within_the_quota(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let sized = |key: &str, owner, size| {
        let mut upload = upload(key, owner);
        upload.media.size = size;
        upload
    };
    let within = async |upload: Upload| world.uploads.insert_within(&upload, 100).await.unwrap();
    world.uploads.insert(&sized("of b", b, 1000)).await.unwrap();
    assert!(within(sized("k1", a, 60)).await);
    assert!(!within(sized("k2", a, 41)).await);
    assert_eq!(world.uploads.get("k2").await.unwrap(), None);
    assert!(within(sized("k3", a, 40)).await);
    assert_eq!(world.uploads.bytes_of(a).await.unwrap(), 100);
    // What is deleted takes nothing.
    world.uploads.expire_unused(at(1), at(2)).await.unwrap();
    assert_eq!(world.uploads.bytes_of(a).await.unwrap(), 0);
    let many = (0..8).map(|n| within(sized(&format!("many {n}"), a, 30)));
    let stored = futures_util::future::join_all(many).await;
    assert_eq!(stored.into_iter().filter(|stored| *stored).count(), 3);
    assert_eq!(world.uploads.bytes_of(a).await.unwrap(), 90);
}
