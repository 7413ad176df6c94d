//! Who may come in, and what an HTTP client sees.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use ws_gateway::GatewayOptions;

use crate::LISTENER;
use crate::client::{Client, PATIENCE, Seen};
use crate::server::{Kind, Server, options};

/// The answer to a plain request, head and body.
async fn plain(server: &Server, method: &str) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("{method} /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// The status of an upgrade with this header.
async fn status_with(server: &Server, name: &'static str, value: &'static str) -> u16 {
    let url = format!("ws://{}/ws", server.address);
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert(name, HeaderValue::from_static(value));
    match connect_async(request).await {
        Ok((_, response)) => response.status().as_u16(),
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
    }
}

#[actix_web::test]
async fn a_plain_request_is_told_to_upgrade() {
    let server = Server::start();
    let answer = plain(&server, "GET").await;
    assert!(answer.starts_with("HTTP/1.1 426"), "{answer}");
    assert!(answer.to_lowercase().contains("upgrade: websocket"), "{answer}");
    let answer = plain(&server, "POST").await;
    assert!(answer.starts_with("HTTP/1.1 405"), "{answer}");
    assert!(answer.to_lowercase().contains("allow: get"), "{answer}");
    server.stop().await;
}

#[actix_web::test]
async fn a_foreign_page_does_not_get_in() {
    let server = Server::with(GatewayOptions {
        allowed_origins: vec!["https://app.example".to_owned()],
        ..options()
    });
    for (origin, status) in [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1:8000", 101),
        ("https://app.example", 101),
    ] {
        assert_eq!(status_with(&server, "origin", origin).await, status, "{origin}");
    }
    assert_eq!(server.gateway.stats().refused, 2);
    server.stop().await;
}

#[actix_web::test]
async fn a_token_in_the_url_or_the_subprotocol_signs_nobody_in() {
    let server = Server::start();
    let url = format!("ws://{}/ws?token=alice&access_token=alice", server.address);
    let mut client = Client::connect_to(&url).await;
    client.shake_hands("{}").await;
    let answer = client.request("room.list", "{}").await;
    assert_eq!(answer["code"], "PIT-401");
    assert!(server.world.asked("authenticate").is_empty());
    server.stop().await;
}

#[actix_web::test]
async fn a_full_node_says_so_and_takes_the_next_one_when_there_is_room() {
    let server = Server::with(GatewayOptions {
        max_connections: 1,
        ..options()
    });
    let mut client = server.anonymous().await;
    assert_eq!(status_with(&server, "x-some", "thing").await, 503);
    client.frame(tokio_tungstenite::tungstenite::Message::Close(None)).await;
    assert!(matches!(client.rest().await.last(), Some(Seen::Close(..) | Seen::Gone)));
    while server.gateway.stats().connections > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(status_with(&server, "x-some", "thing").await, 101);
    server.stop().await;
}

#[actix_web::test]
async fn a_socket_that_is_never_upgraded_is_closed_whatever_it_asks_for() {
    if matches!(LISTENER, Kind::Http) {
        // There it is a client of the rest of the server.
        return;
    }
    let server = Server::with(GatewayOptions {
        handshake_timeout: Duration::from_millis(200),
        ..options()
    });
    let unfinished = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    let answered = "GET / HTTP/1.1\r\nHost: x\r\n\r\nG";
    for request in ["", "G", unfinished, answered] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        let end = timeout(PATIENCE, stream.read_to_end(&mut rest)).await;
        assert!(
            end.is_ok(),
            "{request:?} holds its socket: {}",
            String::from_utf8_lossy(&rest)
        );
    }
    server.stop().await;
}
