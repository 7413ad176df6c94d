//! Uploads: typed by content, seen by those who may, gone when they are recalled.

use std::io::Cursor;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, Person, Server, on_each_backend};

pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 7]));
    picture
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .expect("a picture");
    bytes
}

/// Asks for a file as that person.
pub(crate) async fn load(person: &Person, url: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = person.server.client.get(person.server.url(url));
    if !person.token.is_empty() {
        request = request.bearer_auth(&person.token);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request.send().await.expect("an answer")).await
}

fn media_message(room: i64, url: &Value) -> Value {
    json!({"channelId": room, "contentType": "MEDIA_MESSAGE", "mediaMessage": {"url": url, "text": "look"}})
}

#[tokio::test]
async fn a_picture_is_seen_by_its_uploader_then_by_the_room_then_by_nobody() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = alice.room(&[], &[&bob]).await;
        let file = png(900, 600);
        let upload = alice.upload("message", "../../holiday.png", &file).await.data();
        assert_eq!(
            (upload["kind"].clone(), upload["mime"].clone()),
            (json!("image"), json!("image/png"))
        );
        assert_eq!(
            (upload["width"].clone(), upload["height"].clone()),
            (json!(900), json!(600))
        );
        assert_eq!(upload["name"], "holiday.png");
        let url = upload["url"].as_str().expect("a URL").to_owned();
        let thumbnail = upload["thumbnail"].as_str().expect("a thumbnail").to_owned();
        for (person, status) in [
            (&alice, 200),
            (&bob, 404),
            (&eve, 404),
            (&Person::anonymous(&server), 404),
        ] {
            assert_eq!(load(person, &url, &[]).await.status, status);
        }
        // Nobody attaches what somebody else uploaded.
        bob.post("/api/room/message", media_message(room, &upload["url"]))
            .await
            .refused(400, 400);
        let sent = alice
            .post("/api/room/message", media_message(room, &upload["url"]))
            .await
            .data();
        assert_eq!(
            (
                sent["mediaMessage"]["width"].clone(),
                sent["mediaMessage"]["text"].clone()
            ),
            (json!(900), json!("look"))
        );
        assert_eq!(sent["textMessage"], Value::Null);
        // Nor is one file sent twice.
        alice
            .post("/api/room/message", media_message(room, &upload["url"]))
            .await
            .refused(400, 400);
        for url in [&url, &thumbnail] {
            assert_eq!(load(&bob, url, &[]).await.status, 200);
            assert_eq!(load(&eve, url, &[]).await.status, 404);
        }
        // A page's <img> brings the cookie instead of the token.
        let cookie = format!("banter_media={}", bob.media);
        assert_eq!(
            load(&Person::anonymous(&server), &url, &[("cookie", &cookie)])
                .await
                .status,
            200
        );
        alice
            .delete(&format!("/api/room/message?id={}", sent["id"]))
            .await
            .data();
        for person in [&alice, &bob] {
            assert_eq!(load(person, &url, &[]).await.status, 404);
            assert_eq!(load(person, &thumbnail, &[]).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn files_are_served_safely_and_in_ranges() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let page = b"<html><script>alert(1)</script></html>";
    let upload = alice.upload("message", "cute.png", page).await.data();
    assert_eq!(upload["kind"], "file");
    let url = upload["url"].as_str().expect("a URL").to_owned();
    let answer = load(&alice, &url, &[]).await;
    let header = |name: &str| {
        answer
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-disposition").starts_with("attachment"));
    assert!(!header("content-type").contains("html"));
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(answer.bytes, page);

    let digits = alice.upload("message", "digits.txt", b"0123456789").await.data();
    let url = digits["url"].as_str().expect("a URL").to_owned();
    for (range, status, body) in [
        ("bytes=0-3", 206, "0123"),
        ("bytes=4-", 206, "456789"),
        ("bytes=-2", 206, "89"),
        ("bytes=8-100", 206, "89"),
        ("bytes=20-30", 416, ""),
        ("bytes=0-1,3-4", 200, "0123456789"),
        ("lines=1-2", 200, "0123456789"),
    ] {
        let answer = load(&alice, &url, &[("range", range)]).await;
        assert_eq!(answer.status, status, "{range}");
        if status != 416 {
            assert_eq!(answer.bytes, body.as_bytes(), "{range}");
        }
    }
}

#[tokio::test]
async fn avatars_are_pictures_and_public() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        alice.upload("avatar", "me.png", b"no picture").await.refused(400, 400);
        let upload = alice.upload("avatar", "me.png", &png(64, 64)).await.data();
        let url = upload["url"].as_str().expect("a URL").to_owned();
        assert_eq!(load(&Person::anonymous(&server), &url, &[]).await.status, 200);
        let profile = alice.post("/api/userInfo", json!({"image": url})).await.data();
        assert_eq!(profile["image"], json!(url));
        let anonymous = Person::anonymous(&server);
        assert_eq!(
            anonymous
                .get(&format!("/api/userImage?username={}", alice.name))
                .await
                .data(),
            json!(url)
        );
        let unknown = anonymous.get("/api/userImage?username=nobody-at-all").await.data();
        let drawn = load(&anonymous, unknown.as_str().expect("a URL"), &[]).await;
        assert_eq!(
            (drawn.status, drawn.headers["content-type"].to_str().ok()),
            (200, Some("image/svg+xml"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_form_may_say_after_the_file_what_it_is_for() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let send = async |file: &[u8]| {
        let mut body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"me.png\"\r\n\r\n".to_vec();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x\r\ncontent-disposition: form-data; name=\"scene\"\r\n\r\navatar\r\n--x--\r\n");
        let request = server.client.post(server.url("/api/upload")).bearer_auth(&alice.token);
        let request = request
            .header("content-type", "multipart/form-data; boundary=x")
            .body(body);
        Answer::of(request.send().await.expect("an answer")).await
    };
    let url = send(&png(64, 64)).await.data()["url"]
        .as_str()
        .expect("a URL")
        .to_owned();
    assert_eq!(load(&Person::anonymous(&server), &url, &[]).await.status, 200);
    send(b"no picture").await.refused(400, 400);
    assert_eq!(
        walk(&server.folder.path().join("uploads")).len(),
        1,
        "only the picture is kept"
    );
}

#[tokio::test]
async fn an_upload_over_the_limit_is_cut_off() {
    let server = Server::start(Backend::Sqlite, &[("DATA__MEDIA__MAX_SIZE", "64KiB")]).await;
    let alice = Person::join(&server, "Alice").await;
    alice
        .upload("message", "big.bin", &vec![7; 200 * 1024])
        .await
        .refused(413, 413);
    alice.upload("message", "empty.bin", b"").await.refused(400, 400);
    let left: Vec<_> = walk(&server.folder.path().join("uploads"));
    assert!(left.is_empty(), "{left:?}");
    let wrong = alice
        .ask(
            Method::POST,
            "/api/upload",
            Some(json!({"fileExt": "png", "uploadScene": "message"})),
        )
        .await;
    wrong.refused(409, 409);
}

#[tokio::test]
async fn a_voice_message_keeps_its_waveform() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let upload = alice.upload("message", "voice.ogg", b"OggS and more").await.data();
        assert_eq!(upload.get("peaks"), None);
        let with_peaks = |peaks: Value| {
            let mut message = media_message(room, &upload["url"]);
            message["mediaMessage"]["peaks"] = peaks;
            message
        };
        let mut socket = alice.socket().await;
        for bad in [
            json!([0, 101]),
            json!([-1]),
            json!(vec![1; 257]),
            json!([1.5]),
            json!("loud"),
        ] {
            let over_http = alice.post("/api/room/message", with_peaks(bad.clone())).await;
            let over_http = over_http.refused(400, 400).body["message"].clone();
            let over_socket = socket.request("room.sendMessage", with_peaks(bad.clone())).await;
            assert!(
                over_socket["code"] == 400 || over_socket["code"] == "PIT-400",
                "{over_socket}"
            );
            let over_socket = over_socket.get("message").or(over_socket.get("msg")).cloned();
            for message in [Some(over_http), over_socket] {
                let message = message.expect("a message").to_string();
                assert!(message.contains("mediaMessage.peaks"), "{bad}: {message}");
            }
        }
        let peaks: Vec<i64> = (0..256).map(|n| n % 101).collect();
        let sent = alice.post("/api/room/message", with_peaks(json!(peaks))).await.data();
        assert_eq!(sent["mediaMessage"]["peaks"], json!(peaks));
        let read = bob.get(&format!("/api/room/messages?id={room}")).await.data();
        assert_eq!(read[0]["mediaMessage"]["peaks"], json!(peaks));
    })
    .await;
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().collect::<Vec<_>>())
        .unwrap_or_default();
    let paths = entries.into_iter().map(|entry| entry.path());
    paths
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
