//! Reading an outbox as a client would, for tests.

use std::task::{Context, Poll, Waker};

use actix_http::ws::{OpCode, Parser};
use bytes::{Bytes, BytesMut};
use pitaya_protocol::{Message, MessageKind, MessageRoute, PacketSplitter, PacketType};
use serde_json::Value;

use super::{Outbox, Transport, Written};

/// A socket that takes nothing and brings nothing: the test reads the outbox itself.
pub(crate) struct NoSocket;

impl Transport for NoSocket {
    fn write(&self, _: &Outbox) -> Written {
        Written::All
    }

    fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }

    fn finish(&self) {}

    fn kill(&self) {}
}

const NO_LIMIT: usize = 1 << 24;

/// The next bytes for the socket: `None` when there are none now, `Some(None)` at the end.
pub(crate) fn next_chunk(outbox: &Outbox) -> Option<Option<Bytes>> {
    match outbox.poll_chunk(&Context::from_waker(Waker::noop())) {
        Poll::Ready(chunk) => Some(chunk),
        Poll::Pending => None,
    }
}

/// The WebSocket frames that wait, with their codes.
pub(crate) fn frames(outbox: &Outbox) -> Vec<(OpCode, Bytes)> {
    let mut bytes = BytesMut::new();
    while let Some(Some(chunk)) = next_chunk(outbox) {
        bytes.extend_from_slice(&chunk);
    }
    let mut frames = Vec::new();
    while let Some((is_final, code, payload)) = Parser::parse(&mut bytes, false, NO_LIMIT).unwrap() {
        assert!(is_final);
        frames.push((code, payload.unwrap_or_default().freeze()));
    }
    assert!(bytes.is_empty());
    frames
}

/// The pushes that wait, each as its route and its body.
pub(crate) fn pushes(outbox: &Outbox) -> Vec<(String, Value)> {
    let messages = frames(outbox).into_iter().filter(|(code, _)| *code == OpCode::Binary);
    let packets = messages.flat_map(|(_, message)| PacketSplitter::new(message, NO_LIMIT));
    let data = packets
        .map(Result::unwrap)
        .filter(|packet| packet.packet_type == PacketType::Data);
    data.map(|packet| {
        let message = Message::decode(packet.body).unwrap();
        let MessageKind::Push {
            route: MessageRoute::Name(route),
        } = message.kind
        else {
            panic!("not a push: {message:?}");
        };
        (route, serde_json::from_slice(&message.body).unwrap())
    })
    .collect()
}

/// The routes of the pushes that wait.
pub(crate) fn pushed_routes(outbox: &Outbox) -> Vec<String> {
    pushes(outbox).into_iter().map(|(route, _)| route).collect()
}
