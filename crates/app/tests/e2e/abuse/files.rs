//! Files: typed by what is in them, seen by who may, bounded, and gone when they are to be.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::media::{load, png};
use crate::support::{Backend, Person, Server, on_each_backend};

/// Bytes of a file that has no end.
const ENDLESS: usize = 24 << 20;

fn media_message(room: i64, url: &Value) -> Value {
    json!({"channelId": room, "contentType": "MEDIA_MESSAGE", "mediaMessage": {"url": url}})
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>());
    let paths = entries.unwrap_or_default().into_iter().map(|entry| entry.path());
    paths
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

/// Waits until something holds of the files that are kept.
pub(super) async fn kept(server: &Server, holds: impl Fn(&[PathBuf]) -> bool) {
    let folder = server.folder.path().join("uploads");
    while !holds(&walk(&folder)) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_a_file_claims_to_be_means_nothing() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>".to_vec();
    let entities =
        b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg>&b;</svg>".to_vec();
    let two_in_one = [
        b"GIF89a/*".as_slice(),
        &[0; 20],
        b"*/=1;alert(1)//<script>alert(1)</script>",
    ]
    .concat();
    let scripted_jpeg = [b"\xff\xd8\xff\xe0<script>alert(1)</script>".as_slice(), &[0; 64]].concat();
    let pdf = b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>".to_vec();
    for (name, bytes) in [
        ("cute.png", &html),
        ("page.html", &html),
        ("page.xhtml", &html),
        ("icon.svg", &svg),
        ("icon.png", &svg),
        ("bomb.svg", &entities),
        ("moving.gif", &two_in_one),
        ("photo.jpg", &scripted_jpeg),
        ("paper.png", &pdf),
        ("script.js", &b"alert(1)".to_vec()),
        ("image.tiff", &b"II*\0\x08\0\0\0".to_vec()),
    ] {
        let upload = alice.upload("message", name, bytes).await.data();
        assert_eq!(upload["kind"], "file", "{name}");
        let answer = load(&alice, upload["url"].as_str().expect("a URL"), &[]).await;
        let header = |name: &str| answer.headers[name].to_str().expect("text").to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff", "{name}");
        assert!(header("content-disposition").starts_with("attachment"), "{name}");
        assert!(header("content-security-policy").starts_with("sandbox"), "{name}");
        let media_type = header("content-type");
        assert!(
            !["html", "svg", "xml", "javascript"]
                .iter()
                .any(|odd| media_type.contains(odd)),
            "{name}: {media_type}"
        );
        alice.upload("avatar", name, bytes).await.refused(400, 400);
    }
}

#[tokio::test]
async fn a_file_is_found_by_nobody_who_may_not_see_it() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = alice.room(&[], &[&bob]).await;
        let upload = alice.upload("message", "plan.txt", b"the plan").await.data();
        let key = upload["url"]
            .as_str()
            .expect("a URL")
            .rsplit('/')
            .next()
            .expect("a key")
            .to_owned();
        let random = key.split('.').next().expect("a key");
        assert!(random.len() >= 22, "128 bits at least: {key}");
        let load = async |person: &Person, header: (&str, String)| {
            let request = server
                .client
                .get(server.url(&format!("/uploads/{key}?roomId={room}")))
                .header(header.0, header.1);
            let answer = request.send().await.expect("an answer");
            (
                answer.status().as_u16(),
                answer.bytes().await.expect("bytes").len(),
                person.id,
            )
        };
        let bearer = |person: &Person| ("authorization", format!("Bearer {}", person.token));
        let cookie = |person: &Person| ("cookie", format!("banter_media={}", person.media));
        alice
            .post("/api/room/message", media_message(room, &upload["url"]))
            .await
            .data();
        for header in [bearer(&bob), cookie(&bob)] {
            assert_eq!(load(&bob, header).await.0, 200);
        }
        let nothing = server
            .client
            .get(server.url("/uploads/0000000000000000000000000000.txt"))
            .bearer_auth(&eve.token);
        let nothing = nothing
            .send()
            .await
            .expect("an answer")
            .bytes()
            .await
            .expect("bytes")
            .len();
        let anonymous = Person::anonymous(&server);
        for header in [
            bearer(&eve),
            cookie(&eve),
            bearer(&anonymous),
            ("x-user-id", alice.id.to_string()),
        ] {
            assert_eq!(
                load(&eve, header).await,
                (404, nothing, eve.id),
                "as if there were none"
            );
        }
        // A room of one's own opens nothing of another one.
        let own = eve.room(&[], &[]).await;
        eve.post("/api/room/message", media_message(own, &upload["url"]))
            .await
            .refused(400, 400);
        bob.post("/api/room/message", media_message(room, &upload["url"]))
            .await
            .refused(400, 400);
        bob.delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
            .await
            .data();
        for header in [bearer(&bob), cookie(&bob)] {
            assert_eq!(load(&bob, header).await.0, 404, "he has left");
        }
        alice.post("/api/logout", json!({})).await.data();
        for header in [bearer(&alice), cookie(&alice)] {
            assert_eq!(load(&alice, header).await.0, 404, "she is signed out");
        }
    })
    .await;
}

#[tokio::test]
async fn no_name_and_no_path_leads_out_of_the_folder() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let names = [
        "../../secret",
        "..\\..\\secret",
        "/etc/passwd",
        "C:\\Windows\\system.ini",
        "%2e%2e%2fsecret",
        "....//secret",
        "CON",
        "nul.txt",
        "a\u{0}b.png",
        "\u{202e}gnp.exe",
        ".htaccess",
        "..",
        ".",
        "",
        "a/../../b",
        "name with \"quotes\".txt",
        &"x".repeat(5_000),
    ];
    for name in names {
        let upload = alice.upload("message", &name.replace('"', "%22"), b"harmless").await;
        if upload.status == 400 {
            continue;
        }
        let upload = upload.data();
        let kept = upload["name"].as_str().expect("a name");
        assert!(
            !kept.contains(['/', '\\', '\0']) && !kept.is_empty() && kept != "..",
            "{name:?}: {kept:?}"
        );
        assert!(kept.chars().count() <= 255, "{kept}");
        let url = upload["url"].as_str().expect("a URL");
        let key = url.strip_prefix("/uploads/").expect("a key");
        assert!(
            key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'),
            "{key}"
        );
    }
    let uploads = server.folder.path().join("uploads");
    let secret = std::fs::read_to_string(server.folder.path().join("secret")).expect("a key");
    assert!(
        walk(server.folder.path())
            .iter()
            .filter(|path| !path.starts_with(&uploads))
            .all(|path| {
                let name = path.file_name().expect("a name").to_string_lossy();
                name.starts_with("banter.db") || name == "secret" || name == "server.log" || name == "stderr.log"
            })
    );
    for path in [
        "/uploads/../secret",
        "/uploads/..%2fsecret",
        "/uploads/%2e%2e/secret",
        "/uploads/%2e%2e%2fsecret",
        "/uploads/..%5csecret",
        "/uploads/....//secret",
        "/uploads//etc/passwd",
        "/uploads/%2fetc%2fpasswd",
        "/uploads/secret%00.png",
        "/uploads/.",
        "/uploads/generated/../../secret",
        "/uploads/generated/%2e%2e%2f%2e%2e%2fsecret",
        "/../secret",
        "/assets/../../secret",
        "/swagger/../../secret",
        "/swagger/%2e%2e%2f%2e%2e%2fsecret",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/uploads/%c0%ae%c0%ae/secret",
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
            alice.token
        );
        let answer = server.raw(request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 "), "{path}: {answer}");
        assert!(!answer.contains(secret.trim()) && !answer.contains("root:"), "{path}");
        assert!(
            !path.starts_with("/uploads") || !answer.starts_with("HTTP/1.1 200") || path.contains("generated"),
            "{path}: {answer}"
        );
    }
}

/// The beginning of a PNG that says it is that large; RFC 2083, sections 3 and 4.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let mut sum = flate2::Crc::new();
    sum.update(&header);
    bytes.extend(&header);
    bytes.extend(sum.sum().to_be_bytes());
    bytes.extend(b"\0\0\0\x04IDAT\x78\x9c\x03\x00\0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

/// A GIF of one pixel and so many frames.
fn gif_of(frames: usize) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for _ in 0..frames {
        bytes.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
    }
    bytes.push(0x3b);
    bytes
}

#[tokio::test]
async fn a_picture_that_is_a_bomb_is_a_plain_file() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let memory = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", server.process_id())).unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap_or("0 kB")
            .trim()
            .to_owned();
        line.split(' ')
            .next()
            .and_then(|number| number.parse::<u64>().ok())
            .unwrap_or(0)
    };
    assert_eq!(
        alice.upload("message", "small.gif", &gif_of(2)).await.data()["kind"],
        "gif"
    );
    let before = memory();
    for (name, bytes) in [
        ("wide.png", png_of(65_535, 65_535)),
        ("endless.png", png_of(u32::MAX >> 1, u32::MAX >> 1)),
        ("long.png", png_of(1, 20_000_000)),
        ("many.gif", gif_of(2_000)),
    ] {
        let upload = alice.upload("message", name, &bytes).await.data();
        assert_eq!(
            (&upload["kind"], &upload["thumbnail"]),
            (&json!("file"), &Value::Null),
            "{name}: {upload}"
        );
        alice.upload("avatar", name, &bytes).await.refused(400, 400);
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 256 * 1024, "reading their sizes took {grown} kB");
}

#[tokio::test]
async fn an_upload_that_lies_or_never_ends_leaves_nothing_behind() {
    let settings = [("DATA__MEDIA__MAX_SIZE", "64KiB"), ("HTTP__BODY_TIMEOUT", "2s")];
    let server = Server::start(Backend::Sqlite, &settings).await;
    let alice = Person::join(&server, "Alice").await;
    let begin = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    let head = |length: &str| {
        format!(
            "POST /api/upload HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
             content-type: multipart/form-data; boundary=x\r\n{length}\r\n\r\n",
            alice.token
        )
    };
    // Pieces whose sum nobody told before: cut off at the limit, and not kept in memory either.
    let piece = format!("10000\r\n{}\r\n", "y".repeat(0x10000));
    let endless = head("transfer-encoding: chunked")
        + &format!("{:x}\r\n{begin}\r\n", begin.len())
        + &piece.repeat(ENDLESS >> 16)
        + "9\r\n\r\n--x--\r\n\r\n0\r\n\r\n";
    let before = server.peak_bytes();
    let answer = server.raw(endless.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let grown = server.peak_bytes() - before;
    assert!(grown < ENDLESS as u64 / 2, "{grown} bytes more than before");
    // A length that is a lie: refused at once, or when the rest does not come.
    let answer = server
        .raw((head("content-length: 99999999999") + begin).as_bytes())
        .await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    for lie in [
        "content-length: -1",
        "content-length: 1, 2",
        "content-length: 10\r\ntransfer-encoding: chunked",
    ] {
        let answer = server.raw((head(lie) + begin).as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{lie}: {answer}");
    }
    // Whoever goes away in the middle leaves no half of a file.
    let address = server.http.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let half = head("content-length: 60000") + begin + &"z".repeat(40_000);
    stream.write_all(half.as_bytes()).await.expect("a server");
    kept(&server, |files| !files.is_empty()).await;
    drop(stream);
    kept(&server, <[PathBuf]>::is_empty).await;
    // Nor a whole file of a form that has no end, whether the connection is ended or reset.
    for is_reset in [false, true] {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let whole = head("content-length: 60000") + begin + &"z".repeat(40_000) + "\r\n--x\r\n";
        stream.write_all(whole.as_bytes()).await.expect("a server");
        kept(&server, |files| {
            files.iter().any(|file| !file.to_string_lossy().contains(".incoming"))
        })
        .await;
        if is_reset {
            stream.set_zero_linger().expect("a connection");
        }
        drop(stream);
        kept(&server, <[PathBuf]>::is_empty).await;
    }
    assert_eq!(alice.upload("message", "a.txt", b"fine").await.status, 200);
}

#[tokio::test]
async fn bytes_that_nobody_can_see_any_more_are_removed() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let (room, doomed) = (alice.room(&[], &[&bob]).await, alice.room(&[], &[&bob]).await);
        let mut urls = Vec::new();
        let mut sent = Vec::new();
        for place in [room, doomed, room] {
            let upload = alice.upload("message", "plan.txt", b"the plan").await.data();
            sent.push(
                alice
                    .post("/api/room/message", media_message(place, &upload["url"]))
                    .await
                    .data(),
            );
            urls.push(server.url(upload["url"].as_str().expect("a URL")));
        }
        kept(&server, |files| files.len() == 3).await;
        for _ in ["to be replaced", "to stay"] {
            let avatar = alice.upload("avatar", "me.png", &png(64, 64)).await.data();
            let image = json!({"image": avatar["url"]});
            alice.post("/api/userInfo", image).await.data();
        }
        alice
            .delete(&format!("/api/room/message?id={}", sent[0]["id"]))
            .await
            .data();
        alice.delete(&format!("/api/room?id={doomed}")).await.data();
        for (url, status) in urls.iter().zip([404, 404, 200]) {
            for person in [&alice, &bob] {
                let answer = server
                    .client
                    .get(url)
                    .bearer_auth(&person.token)
                    .send()
                    .await
                    .expect("an answer");
                assert_eq!(answer.status(), status, "at once");
            }
        }
        // The sweep runs at the start and then again and again.
        let server = server.killed_and_restarted().await;
        kept(&server, |files| files.len() == 2).await;
        let url = urls[2].replace(urls[2].split("/uploads").next().expect("a host"), &server.http);
        let answer = server
            .client
            .get(url)
            .bearer_auth(&bob.token)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.bytes().await.expect("bytes").as_ref(), b"the plan");
    })
    .await;
}
