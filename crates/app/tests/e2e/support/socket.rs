//! A connection to the gateway, written against the codec.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use pitaya_protocol::{HANDSHAKE_ACK_PACKET, Message, MessageKind, MessageRoute, Packet, PacketSplitter, PacketType};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::{Error, Message as Frame};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::Server;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);
const PACKET_MAX: usize = 0xff_ffff;

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    /// The reason of the kick, if there was one.
    pub(crate) kick: Option<String>,
    /// The close code, if a close frame came.
    pub(crate) code: Option<u16>,
}

impl Ended {
    /// As it ends for whoever sends too much at once (RFC 6455, section 7.4.1).
    pub(crate) const TOO_BIG: Self = Self {
        kick: None,
        code: Some(1009),
    };
}

/// What comes from the server.
pub(crate) enum Incoming {
    Answer(u64, Value),
    Push(String, Value),
}

/// A connection.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    packets: VecDeque<Packet>,
    pushes: VecDeque<(String, Value)>,
    kick: Option<String>,
    code: Option<u16>,
    next_id: u64,
}

impl Socket {
    pub(crate) async fn connect(server: &Server) -> Self {
        let request = server.ws_url().into_client_request().expect("an address");
        Self::open(request).await.expect("a connection")
    }

    /// `None` when nobody is there.
    pub(crate) async fn reach(url: &str) -> Option<Self> {
        Self::open(url.into_client_request().expect("an address")).await.ok()
    }

    /// Connects with that request.
    pub(crate) async fn open(request: Request) -> Result<Self, Error> {
        let (stream, _) = tokio_tungstenite::connect_async(request).await?;
        Ok(Self::over(stream))
    }

    /// A connection for which the kernel keeps as little as it can.
    pub(crate) async fn connect_narrow(server: &Server) -> Self {
        let address = server.ws.trim_start_matches("ws://").parse().expect("an address");
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("a small buffer");
        let stream = MaybeTlsStream::Plain(socket.connect(address).await.expect("a connection"));
        let (stream, _) = tokio_tungstenite::client_async(server.ws_url(), stream)
            .await
            .expect("a connection");
        Self::over(stream)
    }

    fn over(stream: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        Self {
            stream,
            packets: VecDeque::new(),
            pushes: VecDeque::new(),
            kick: None,
            code: None,
            next_id: 1,
        }
    }

    pub(crate) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        // A refused write shows in what comes next: the end of the connection.
        let _ = self.stream.send(Frame::binary(bytes)).await;
    }

    pub(crate) async fn send_frame(&mut self, frame: Frame) {
        let _ = self.stream.send(frame).await;
    }

    /// Shakes hands and acknowledges; the server's answer.
    pub(crate) async fn handshake(&mut self) -> Value {
        self.handshake_with(json!({"sys": {"type": "test"}})).await
    }

    pub(crate) async fn handshake_with(&mut self, request: Value) -> Value {
        self.try_handshake(request).await.expect("the handshake's answer")
    }

    /// `None` when the connection ends before the answer.
    pub(crate) async fn try_handshake(&mut self, request: Value) -> Option<Value> {
        let packet = Packet::new(PacketType::Handshake, request.to_string());
        self.send_bytes(packet.encode().expect("small").to_vec()).await;
        let answer = loop {
            let packet = self.packet().await?;
            if packet.packet_type == PacketType::Handshake {
                break serde_json::from_slice(&packet.body).expect("JSON");
            }
        };
        self.send_bytes(HANDSHAKE_ACK_PACKET.to_vec()).await;
        Some(answer)
    }

    /// Asks and waits for the answer. Pushes that come before it are kept.
    pub(crate) async fn request(&mut self, route: &str, body: Value) -> Value {
        let id = self.ask(route, body).await;
        self.answer(id).await
    }

    /// Whether somebody who is signed in is answered as always.
    pub(crate) async fn is_served(&mut self) -> bool {
        self.request("room.list", json!({})).await["code"] == 0
    }

    /// Asks without waiting; the id to wait for.
    pub(crate) async fn ask(&mut self, route: &str, body: Value) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.say(
            MessageKind::Request {
                id,
                route: MessageRoute::Name(route.into()),
            },
            body,
        )
        .await;
        id
    }

    pub(crate) async fn notify(&mut self, route: &str, body: Value) {
        self.say(
            MessageKind::Notify {
                route: MessageRoute::Name(route.into()),
            },
            body,
        )
        .await;
    }

    async fn say(&mut self, kind: MessageKind, body: Value) {
        let packet = Message::new(kind, body.to_string()).encode_packet().expect("small");
        self.send_bytes(packet.to_vec()).await;
    }

    /// The answer to a request.
    pub(crate) async fn answer(&mut self, wanted: u64) -> Value {
        loop {
            let message = self
                .message()
                .await
                .unwrap_or_else(|| panic!("the connection ended: {:?}", self.kick));
            let body = serde_json::from_slice(&message.body).expect("JSON");
            match message.kind {
                MessageKind::Response { id } if id == wanted => return body,
                MessageKind::Push { route } => self.pushes.push_back((name(route), body)),
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    /// The next answer to any request: those of different rooms may overtake each other.
    pub(crate) async fn next_answer(&mut self) -> (u64, Value) {
        loop {
            let message = self.message().await.expect("an answer");
            let body = serde_json::from_slice(&message.body).expect("JSON");
            match message.kind {
                MessageKind::Response { id } => return (id, body),
                MessageKind::Push { route } => self.pushes.push_back((name(route), body)),
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    /// The next push of that route that fits; earlier ones of other routes are kept, earlier
    /// ones of this route that do not fit are dropped.
    pub(crate) async fn push(&mut self, route: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut kept = VecDeque::new();
        loop {
            let next = match self.pushes.pop_front() {
                Some(push) => push,
                None => self
                    .next_push()
                    .await
                    .unwrap_or_else(|| panic!("no {route} came: {:?}", self.kick)),
            };
            if next.0 != route {
                kept.push_back(next);
            } else if fits(&next.1) {
                kept.append(&mut self.pushes);
                self.pushes = kept;
                return next.1;
            }
        }
    }

    /// All pushes that are here once everything asked before this call was handled.
    pub(crate) async fn pushes_so_far(&mut self) -> Vec<(String, Value)> {
        self.request("presence.get", json!({"userIds": []})).await;
        self.pushes.drain(..).collect()
    }

    /// The pushes that came and were not asked for, of a connection that may have ended.
    pub(crate) fn heard_before_the_end(&mut self) -> Vec<(String, Value)> {
        self.pushes.drain(..).collect()
    }

    /// The next answer or push; `None` when the connection has ended.
    pub(crate) async fn incoming(&mut self) -> Option<Incoming> {
        let message = self.message().await?;
        let body = serde_json::from_slice(&message.body).expect("JSON");
        Some(match message.kind {
            MessageKind::Response { id } => Incoming::Answer(id, body),
            MessageKind::Push { route } => Incoming::Push(name(route), body),
            other => panic!("unexpected {other:?}"),
        })
    }

    /// How it ended, once it has.
    pub(crate) fn ending(&self) -> Ended {
        Ended {
            kick: self.kick.clone(),
            code: self.code,
        }
    }

    async fn next_push(&mut self) -> Option<(String, Value)> {
        loop {
            let message = self.message().await?;
            if let MessageKind::Push { route } = message.kind {
                return Some((name(route), serde_json::from_slice(&message.body).expect("JSON")));
            }
        }
    }

    async fn message(&mut self) -> Option<Message> {
        loop {
            let packet = self.packet().await?;
            match packet.packet_type {
                PacketType::Data => return Some(Message::decode(packet.body).expect("a message")),
                PacketType::Kick => {
                    let body: Value = serde_json::from_slice(&packet.body).expect("a kick with a reason");
                    self.kick = Some(body["reason"].as_str().expect("a reason").to_owned());
                }
                _ => {}
            }
        }
    }

    /// The next packet; `None` when the connection has ended.
    pub(crate) async fn packet(&mut self) -> Option<Packet> {
        loop {
            if let Some(packet) = self.packets.pop_front() {
                return Some(packet);
            }
            match self.frame().await? {
                Frame::Binary(bytes) => {
                    let packets = PacketSplitter::new(bytes, PACKET_MAX);
                    self.packets.extend(packets.map(|packet| packet.expect("a packet")));
                }
                Frame::Close(close) => {
                    self.code = close.map(|close| close.code.into());
                    return None;
                }
                _ => {}
            }
        }
    }

    async fn frame(&mut self) -> Option<Frame> {
        let frame = timeout(PATIENCE, self.stream.next())
            .await
            .expect("something within the time");
        frame.and_then(Result::ok)
    }

    /// Waits for the end of the connection. Pushes that come before it are kept.
    pub(crate) async fn ended(&mut self) -> Ended {
        let mut code = None;
        while let Some(frame) = self.frame().await {
            match frame {
                Frame::Binary(bytes) => {
                    let packets = PacketSplitter::new(bytes, PACKET_MAX);
                    self.packets.extend(packets.map(|packet| packet.expect("a packet")));
                }
                Frame::Close(close) => code = close.map(|close| close.code.into()),
                _ => {}
            }
        }
        for packet in std::mem::take(&mut self.packets) {
            match packet.packet_type {
                PacketType::Kick => {
                    let body: Value = serde_json::from_slice(&packet.body).expect("a kick with a reason");
                    self.kick = body["reason"].as_str().map(str::to_owned);
                }
                PacketType::Data => {
                    let message = Message::decode(packet.body).expect("a message");
                    if let MessageKind::Push { route } = message.kind {
                        self.pushes
                            .push_back((name(route), serde_json::from_slice(&message.body).expect("JSON")));
                    }
                }
                _ => {}
            }
        }
        Ended {
            kick: self.kick.clone(),
            code,
        }
    }
}

fn name(route: MessageRoute) -> String {
    match route {
        MessageRoute::Name(name) => name,
        MessageRoute::Code(code) => panic!("a push with the code {code}: push routes are not in the dictionary"),
    }
}
