//! Who sends too slowly: cut off in time, and nobody waits for them.

use std::time::Duration;

use futures_util::future::{join_all, select};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use super::files::kept;
use crate::support::{Backend, Person, Server};

/// How long is waited for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a trickle waits before its next byte: less than a piece may take.
const DROP: Duration = Duration::from_millis(50);
/// Uploads at once that never get anywhere, more than there are threads.
const TRICKLES: usize = 30;

/// A request whose body never comes to its end.
struct Slow {
    stream: TcpStream,
}

impl Slow {
    /// Begins it with these bytes.
    async fn begin(server: &Server, bytes: String) -> Self {
        let address = server.http.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(bytes.as_bytes()).await.expect("a server");
        Self { stream }
    }

    /// Goes on byte by byte, or says nothing any more, until it is cut off; what it is told then.
    async fn go_on(self, has_more: bool) -> String {
        let (mut reader, mut writer) = self.stream.into_split();
        let trickle = async move {
            let mut turn = interval(DROP);
            while has_more && writer.write_all(b"z").await.is_ok() {
                turn.tick().await;
            }
            std::future::pending::<()>().await;
        };
        let mut answer = Vec::new();
        let end = select(Box::pin(trickle), Box::pin(reader.read_to_end(&mut answer)));
        let _ = timeout(PATIENCE, end).await.expect("an end within the time");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

#[tokio::test]
async fn who_sends_slowly_is_cut_off_and_holds_nobody_up() {
    let settings = [("HTTP__BODY_TIMEOUT", "1s"), ("DATA__MEDIA__UPLOAD_TIMEOUT", "1500ms")];
    let server = Server::start(Backend::Sqlite, &settings).await;
    let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
    let request = |path: &str, media_type: &str, body: &str| {
        format!(
            "POST /api/{path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
             content-type: {media_type}\r\ncontent-length: 60000\r\n\r\n{body}",
            alice.token
        )
    };
    let form = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    let upload = request("upload", "multipart/form-data; boundary=x", form) + &"z".repeat(1000);
    let json = request("room", "application/json", "{");
    let mut slow = Vec::new();
    for n in 0..TRICKLES {
        // One of them falls silent.
        slow.push((Slow::begin(&server, upload.clone()).await, n > 0));
    }
    for has_more in [false, true] {
        slow.push((Slow::begin(&server, json.clone()).await, has_more));
    }
    let cut_off = join_all(slow.into_iter().map(|(slow, has_more)| slow.go_on(has_more)));
    let others = async {
        let mut socket = bob.socket().await;
        for _ in 0..5 {
            assert_eq!(bob.upload("message", "a.txt", b"quick").await.status, 200);
            assert!(socket.is_served().await);
        }
    };
    let (cut_off, ()) = tokio::join!(cut_off, others);
    for answer in cut_off {
        // The last byte may cross the answer, which is lost then.
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
        assert!(answer.is_empty() || answer.contains("in time"), "{answer}");
    }
    kept(&server, |files| files.len() == 5).await;
}
