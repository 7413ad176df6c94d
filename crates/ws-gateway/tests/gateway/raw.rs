//! A client that writes bytes of its own, and reads frames as they come.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::LISTENER;
use crate::client::PATIENCE;
use crate::server::Server;

/// The payload is written as if it had gone through this mask.
const MASK: [u8; 4] = [0x5a, 0, 0xff, 0x81];

/// A connection on which WebSocket frames may be anything.
pub(crate) struct Raw(pub(crate) TcpStream);

impl Raw {
    /// Goes as far as the server's answer to the upgrade.
    pub(crate) async fn connect(server: &Server) -> Self {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let path = LISTENER.path();
        let upgrade = format!(
            "GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(upgrade.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        Self(stream)
    }

    /// Writes; the server may have closed already.
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes).await;
    }

    /// The first byte and the payload of the next frame; `None` once the connection has ended.
    pub(crate) async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        timeout(PATIENCE, self.read_frame()).await.expect("nothing came").ok()
    }

    async fn read_frame(&mut self) -> std::io::Result<(u8, Vec<u8>)> {
        let first = self.0.read_u8().await?;
        let length = match self.0.read_u8().await? {
            126 => self.0.read_u16().await?.into(),
            127 => self.0.read_u64().await?,
            short => short.into(),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut payload).await?;
        Ok((first, payload))
    }
}

/// A frame as RFC 6455 has it: its first byte is given, its length takes the least room.
pub(crate) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = match payload.len() {
        short @ ..126 => vec![u8::try_from(short).unwrap()],
        medium @ ..0x1_0000 => [&[126][..], &u16::try_from(medium).unwrap().to_be_bytes()].concat(),
        long => [&[127][..], &(long as u64).to_be_bytes()].concat(),
    };
    frame_of(first, &length, payload)
}

/// A masked frame whose length is declared in these bytes.
pub(crate) fn frame_of(first: u8, length: &[u8], payload: &[u8]) -> Vec<u8> {
    let masked = payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask);
    let head = [&[first, length[0] | 0x80], &length[1..], &MASK[..]].concat();
    head.into_iter().chain(masked).collect()
}
