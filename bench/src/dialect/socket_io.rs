//! Socket.IO: protocol 5 over Engine.IO 4, WebSocket only, JSON in text frames.

use anyhow::{Result, bail};
use serde_json::json;

use super::{Dialect, Listener, Seat, Stage};
use crate::frame::Opcode;

const ENGINE_OPEN: u8 = b'0';
const ENGINE_PING: u8 = b'2';
const ENGINE_MESSAGE: u8 = b'4';
const ENGINE_NOOP: u8 = b'6';
const CONNECTED: u8 = b'0';
const EVENT: u8 = b'2';
const ACK: u8 = b'3';

/// Socket.IO's default namespace.
pub(crate) struct SocketIo;

impl Dialect for SocketIo {
    fn path(&self) -> &'static str {
        "/socket.io/?EIO=4&transport=websocket"
    }

    fn opcode(&self) -> Opcode {
        Opcode::Text
    }

    fn greeting(&self, _: &Seat) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn receive(&self, message: &[u8], listener: &mut Listener<'_>) -> Result<()> {
        match message {
            [ENGINE_OPEN, ..] => {
                let auth = json!({"token": listener.seat.token});
                listener.replies.push(format!("40{auth}").into_bytes());
            }
            [ENGINE_PING, ..] => listener.replies.push(b"3".to_vec()),
            [ENGINE_NOOP, ..] => {}
            [ENGINE_MESSAGE, CONNECTED, ..] => {
                *listener.stage = Stage::Entering;
                let join = json!(["join", listener.seat.room.to_string()]);
                listener.replies.push(format!("420{join}").into_bytes());
            }
            [ENGINE_MESSAGE, EVENT, event @ ..] if event.starts_with(b"[\"message\"") => {
                listener.heard.deliveries += 1;
                (listener.on_delivery)(event);
            }
            [ENGINE_MESSAGE, ACK, ..] if *listener.stage == Stage::Entering => *listener.stage = Stage::Ready,
            [ENGINE_MESSAGE, ACK, ..] => listener.heard.answers += 1,
            other => bail!("unexpected packet: {}", String::from_utf8_lossy(other)),
        }
        Ok(())
    }

    fn say(&self, seat: &Seat, text: &str) -> Result<Vec<u8>> {
        let event = json!(["message", seat.room.to_string(), text]);
        Ok(format!("42{event}").into_bytes())
    }

    fn ask(&self) -> Result<Vec<u8>> {
        Ok(format!("421{}", json!(["echo", {"userIds": []}])).into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Heard, testing};
    use super::*;

    fn receive(stage: Stage, message: &str) -> Result<(Heard, Stage, Vec<String>)> {
        let (heard, stage, replies) = testing::receive(&SocketIo, stage, message.as_bytes(), &mut |_| {})?;
        let replies = replies.into_iter().map(|reply| String::from_utf8(reply).unwrap());
        Ok((heard, stage, replies.collect()))
    }

    #[test]
    fn a_connection_signs_in_enters_and_is_ready() {
        let (_, stage, replies) = receive(Stage::Greeting, "0{\"sid\":\"a\",\"upgrades\":[]}").unwrap();
        assert_eq!(
            (stage, &replies[..]),
            (Stage::Greeting, &["40{\"token\":\"t\"}".to_owned()][..])
        );
        let (_, stage, replies) = receive(stage, "40{\"sid\":\"b\"}").unwrap();
        assert_eq!(
            (stage, &replies[..]),
            (Stage::Entering, &["420[\"join\",\"7\"]".to_owned()][..])
        );
        let (heard, stage, _) = receive(stage, "430[\"7\"]").unwrap();
        assert_eq!((heard, stage), (Heard::default(), Stage::Ready));
    }

    #[test]
    fn messages_answers_and_pings_are_told_apart() {
        let heard = |message| receive(Stage::Ready, message).unwrap().0;
        assert_eq!(
            heard("42[\"message\",{}]"),
            Heard {
                deliveries: 1,
                answers: 0
            }
        );
        assert_eq!(
            heard("431[{}]"),
            Heard {
                deliveries: 0,
                answers: 1
            }
        );
        assert_eq!(receive(Stage::Ready, "2").unwrap().2, ["3"]);
        assert!(receive(Stage::Ready, "42[\"other\"]").is_err());
        assert!(receive(Stage::Greeting, "44{\"message\":\"unauthorized\"}").is_err());
    }
}
