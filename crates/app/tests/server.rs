//! The server in-process: what its two listeners answer, and how it ends.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test that calls them")]

use app::config::Config;
use app::{Running, Server};
use futures_util::{SinkExt as _, StreamExt as _};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

/// The packet of an empty handshake: type 1, three bytes of length, `{}`.
const HANDSHAKE: &[u8] = &[1, 0, 0, 2, b'{', b'}'];
/// The packet that ends the handshake.
const ACK: &[u8] = &[2, 0, 0, 0];
/// The packet that answers the end of the handshake, and nothing for some time after it.
const HEARTBEAT: &[u8] = &[3, 0, 0, 0];
/// The type of the packet that sends a client away.
const KICK: u8 = 5;

async fn start() -> (TempDir, Running) {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::below(folder.path());
    config.http.port = 0;
    config.ws.port = 0;
    let server = Server::start(&config).await.unwrap();
    (folder, server)
}

async fn get(server: &Running, path: &str) -> String {
    let mut stream = TcpStream::connect(server.http_addr()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn probes_metrics_and_documents_are_answered() {
    let (_folder, server) = start().await;
    for path in ["/healthz", "/readyz", "/metrics", "/openapi.json", "/swagger.json", "/"] {
        let answer = get(&server, path).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }
    assert!(get(&server, "/metrics").await.contains("banter_uptime_seconds"));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_live_in_one_process() {
    let ((_one_folder, one), (_other_folder, other)) = tokio::join!(start(), start());
    assert_ne!(one.http_addr(), other.http_addr());
    one.stop().await;
    assert!(get(&other, "/healthz").await.starts_with("HTTP/1.1 200"));
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_of_both_listeners_are_told_of_the_end() {
    let (_folder, server) = start().await;
    let urls = [
        format!("ws://{}/ws", server.http_addr()),
        format!("ws://{}/anything", server.ws_addr()),
    ];
    let mut sockets = Vec::new();
    for url in urls {
        let (mut socket, _) = connect_async(url).await.unwrap();
        socket.send(Message::binary(HANDSHAKE)).await.unwrap();
        assert!(matches!(socket.next().await, Some(Ok(Message::Binary(answer))) if answer[0] == HANDSHAKE[0]));
        socket.send(Message::binary(ACK)).await.unwrap();
        assert!(matches!(socket.next().await, Some(Ok(Message::Binary(answer))) if answer == HEARTBEAT));
        sockets.push(socket);
    }
    let told = async {
        for mut socket in sockets {
            let mut reason = String::new();
            let code = loop {
                match socket.next().await {
                    Some(Ok(Message::Binary(packet))) if packet[0] == KICK => {
                        reason = String::from_utf8_lossy(&packet[4..]).into_owned();
                    }
                    Some(Ok(Message::Close(frame))) => break frame.map(|frame| u16::from(frame.code)),
                    Some(Ok(_)) => {}
                    other => panic!("ended without a close frame: {other:?}"),
                }
            };
            assert!(reason.contains("shutdown"), "{reason:?}");
            assert_eq!(code, Some(1012));
        }
    };
    tokio::join!(server.stop(), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_ends_is_not_ready_any_more() {
    let (_folder, server) = start().await;
    let connect = || TcpStream::connect(server.http_addr());
    let (mut probe, mut working) = (connect().await.unwrap(), connect().await.unwrap());
    let answer = async |stream: &mut TcpStream| {
        let mut answer = vec![0; 4096];
        let length = stream.read(&mut answer).await.unwrap_or(0);
        String::from_utf8_lossy(&answer[..length]).into_owned()
    };
    let ask = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    probe.write_all(ask).await.unwrap();
    assert!(answer(&mut probe).await.starts_with("HTTP/1.1 200"));

    // A request that is in work keeps the server for a while.
    let body = r#"{"email": "nobody@example.com", "password": "not the password"}"#;
    let head = "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Expect: 100-continue\r\n";
    let head = format!("{head}Content-Length: {}\r\n\r\n", body.len());
    working.write_all(head.as_bytes()).await.unwrap();
    assert!(
        answer(&mut working).await.starts_with("HTTP/1.1 100"),
        "the head has arrived"
    );
    let asking = async {
        probe.write_all(ask).await.unwrap();
        let answer = answer(&mut probe).await;
        // Who asks nothing at that moment is not answered any more.
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 503"), "{answer}");
        working.write_all(body.as_bytes()).await.unwrap();
    };
    tokio::join!(biased; server.stop(), asking);
    assert!(
        answer(&mut working).await.starts_with("HTTP/1.1 401"),
        "what is in work is answered"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_let_in_any_more_after_the_end() {
    let (_folder, server) = start().await;
    let addresses = [server.http_addr(), server.ws_addr()];
    server.stop().await;
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err(), "{address} still listens");
    }
}
