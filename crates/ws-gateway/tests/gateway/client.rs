//! A client that speaks in packets.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use pitaya_protocol::{
    HANDSHAKE_ACK_PACKET, HEARTBEAT_PACKET, Message, MessageKind, MessageRoute, Packet, PacketSplitter, PacketType,
};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::LISTENER;

const NO_LIMIT: usize = 1 << 24;
/// How long anything may take that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    packets: VecDeque<Packet>,
    next_id: u64,
}

/// What came from the server.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    Handshake(Value),
    Heartbeat,
    Answer(u64, Value),
    Error(u64, Value),
    Push(String, Value),
    Kick(String),
    Close(u16, String),
    /// The connection ended without a close frame.
    Gone,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let path = LISTENER.path();
        Self::connect_to(&format!("ws://{address}/{path}?token=alice")).await
    }

    pub(crate) async fn connect_to(url: &str) -> Self {
        let (socket, response) = connect_async(url).await.unwrap();
        assert!(response.headers().get("sec-websocket-protocol").is_none());
        Self {
            socket,
            packets: VecDeque::new(),
            next_id: 1,
        }
    }

    /// Sends a handshake with this body and its ack; waits for the answer and the heartbeat.
    pub(crate) async fn shake_hands(&mut self, body: &str) -> Value {
        self.send(Packet::new(PacketType::Handshake, body.to_owned())).await;
        self.raw(HANDSHAKE_ACK_PACKET.to_vec()).await;
        let Seen::Handshake(answer) = self.next().await else {
            panic!("no handshake");
        };
        assert_eq!(self.next().await, Seen::Heartbeat);
        answer
    }

    pub(crate) async fn raw(&mut self, websocket_message: impl Into<Bytes>) {
        self.frame(Frame::Binary(websocket_message.into())).await;
    }

    /// Sends a frame; the server may have closed already.
    pub(crate) async fn frame(&mut self, frame: Frame) {
        let _ = self.socket.send(frame).await;
    }

    pub(crate) async fn send(&mut self, packet: Packet) {
        self.raw(packet.encode().unwrap()).await;
    }

    pub(crate) async fn heartbeat(&mut self) {
        self.raw(HEARTBEAT_PACKET.to_vec()).await;
    }

    /// Sends a request without waiting and gives its id.
    pub(crate) async fn ask(&mut self, route: &str, body: &str) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        let message = request(id, route, body);
        self.raw(message).await;
        id
    }

    pub(crate) async fn notify(&mut self, route: &str, body: &str) {
        let route = MessageRoute::Name(route.to_owned());
        let message = Message::new(MessageKind::Notify { route }, body.to_owned());
        self.raw(message.encode_packet().unwrap()).await;
    }

    /// Sends a request and waits for its answer; pushes that come before it are skipped.
    pub(crate) async fn request(&mut self, route: &str, body: &str) -> Value {
        let id = self.ask(route, body).await;
        loop {
            match self.next().await {
                Seen::Answer(answered, body) | Seen::Error(answered, body) if answered == id => return body,
                Seen::Push(..) | Seen::Heartbeat => {}
                other => panic!("not the answer to {route}: {other:?}"),
            }
        }
    }

    /// The next answer or error, heartbeats and pushes skipped.
    pub(crate) async fn answer(&mut self) -> Seen {
        loop {
            let seen = self.next().await;
            if !matches!(seen, Seen::Push(..) | Seen::Heartbeat) {
                return seen;
            }
        }
    }

    /// The next push of this route; anything else but heartbeats is wrong.
    pub(crate) async fn push(&mut self, route: &str) -> Value {
        loop {
            match self.next().await {
                Seen::Push(pushed, body) if pushed == route => return body,
                Seen::Heartbeat => {}
                other => panic!("not {route}: {other:?}"),
            }
        }
    }

    /// What comes next.
    pub(crate) async fn next(&mut self) -> Seen {
        timeout(PATIENCE, self.receive()).await.expect("nothing came")
    }

    /// Everything until the connection ends, without heartbeats.
    pub(crate) async fn rest(&mut self) -> Vec<Seen> {
        let mut seen = Vec::new();
        loop {
            match self.next().await {
                Seen::Heartbeat => {}
                end @ (Seen::Close(..) | Seen::Gone) => {
                    seen.push(end);
                    return seen;
                }
                other => seen.push(other),
            }
        }
    }

    /// True while the server answers.
    pub(crate) async fn is_alive(&mut self) -> bool {
        let error = self.request("probe.nothere", "{}").await;
        error["code"] == "PIT-404"
    }

    /// The next WebSocket message as it came.
    pub(crate) async fn next_frame(&mut self) -> Option<Frame> {
        timeout(PATIENCE, self.socket.next())
            .await
            .expect("nothing came")
            .and_then(Result::ok)
    }

    async fn receive(&mut self) -> Seen {
        loop {
            if let Some(packet) = self.packets.pop_front() {
                return seen(packet);
            }
            match self.socket.next().await {
                Some(Ok(Frame::Binary(message))) => {
                    let packets = PacketSplitter::new(message, NO_LIMIT).map(Result::unwrap);
                    self.packets.extend(packets);
                }
                Some(Ok(Frame::Close(reason))) => {
                    return reason.map_or(Seen::Close(1005, String::new()), |reason| {
                        Seen::Close(code(reason.code), reason.reason.to_string())
                    });
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Seen::Gone,
            }
        }
    }
}

/// A request as a whole packet.
pub(crate) fn request(id: u64, route: &str, body: &str) -> Bytes {
    let route = MessageRoute::Name(route.to_owned());
    let message = Message::new(MessageKind::Request { id, route }, body.to_owned());
    message.encode_packet().unwrap()
}

fn seen(packet: Packet) -> Seen {
    let json = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap();
    match packet.packet_type {
        PacketType::Handshake => Seen::Handshake(json(&packet.body)),
        PacketType::Heartbeat => Seen::Heartbeat,
        PacketType::Kick => Seen::Kick(json(&packet.body)["reason"].as_str().unwrap().to_owned()),
        PacketType::HandshakeAck => panic!("a server sends no ack"),
        PacketType::Data => {
            let message = Message::decode(packet.body).unwrap();
            let body = json(&message.body);
            match message.kind {
                MessageKind::Response { id } if message.is_error => Seen::Error(id, body),
                MessageKind::Response { id } => Seen::Answer(id, body),
                MessageKind::Push {
                    route: MessageRoute::Name(route),
                } => Seen::Push(route, body),
                other => panic!("a server does not send {other:?}"),
            }
        }
    }
}

fn code(code: CloseCode) -> u16 {
    code.into()
}
