//! Banter: packets and messages of Pitaya (docs/protocol.md).

use std::cell::Cell;

use anyhow::{Result, bail};
use pitaya_protocol::{
    HANDSHAKE_ACK_PACKET, HEARTBEAT_PACKET, Message, MessageKind, MessageRoute, PACKET_HEADER_BYTES, Packet, PacketType,
};
use serde_json::{Value, json};

use super::{Dialect, Listener, Seat, Stage};
use crate::frame::Opcode;

const HANDSHAKE: u8 = PacketType::Handshake.to_byte();
const HEARTBEAT: u8 = PacketType::Heartbeat.to_byte();
const DATA: u8 = PacketType::Data.to_byte();
const KICK: u8 = PacketType::Kick.to_byte();

const FLAG_TYPE: u8 = 0b1110;
const FLAG_ERROR: u8 = 0b10_0000;
const RESPONSE: u8 = 0b0100;
const PUSH: u8 = 0b0110;
/// Length byte and route, as they stand behind the flag of a message of a room.
const ON_MESSAGE: &[u8] = b"\x09onMessage";
const SUCCESS: &[u8] = b"{\"code\":0,";

/// The gateway's protocol, with several packets in a frame and compact messages, as the web app
/// asks for.
pub(crate) struct Banter {
    /// Whether texts are sent as requests, which are answered once they are durable, or as
    /// notifies, which are not answered.
    is_acknowledged: bool,
    said: Cell<u64>,
}

impl Banter {
    pub(crate) fn new(is_acknowledged: bool) -> Self {
        Self {
            is_acknowledged,
            said: Cell::new(0),
        }
    }
}

impl Dialect for Banter {
    fn path(&self) -> &'static str {
        "/ws"
    }

    fn opcode(&self) -> Opcode {
        Opcode::Binary
    }

    fn greeting(&self, seat: &Seat) -> Result<Option<Vec<u8>>> {
        let body = json!({"sys": {"type": "bench", "version": "1", "batch": true, "compact": true}, "user": {"token": seat.token}});
        let packet = Packet::new(PacketType::Handshake, body.to_string());
        Ok(Some(packet.encode()?.to_vec()))
    }

    fn receive(&self, message: &[u8], listener: &mut Listener<'_>) -> Result<()> {
        let mut rest = message;
        while !rest.is_empty() {
            let (packet_type, body, behind) = first_packet(rest)?;
            rest = behind;
            match packet_type {
                DATA => take_data(body, listener)?,
                HEARTBEAT => listener.replies.push(HEARTBEAT_PACKET.to_vec()),
                HANDSHAKE if body.starts_with(b"{\"code\":200") => {
                    *listener.stage = Stage::Entering;
                    let mut reply = HANDSHAKE_ACK_PACKET.to_vec();
                    reply.extend(if listener.seat.join {
                        request("room.join", &json!({"id": listener.seat.room}))?
                    } else {
                        self.ask()?
                    });
                    listener.replies.push(reply);
                }
                KICK => bail!("kicked: {}", String::from_utf8_lossy(body)),
                other => bail!("packet type {other}: {}", String::from_utf8_lossy(body)),
            }
        }
        Ok(())
    }

    fn say(&self, seat: &Seat, text: &str) -> Result<Vec<u8>> {
        // Every client that can repeat itself sends one, so its cost belongs to a message.
        self.said.update(|said| said + 1);
        let body = json!({
            "channelId": seat.room,
            "clientMsgId": format!("bench-{}", self.said.get()),
            "contentType": "TEXT_MESSAGE",
            "textMessage": {"text": text, "mention": []},
        });
        if self.is_acknowledged {
            request("room.sendMessage", &body)
        } else {
            encode(
                MessageKind::Notify {
                    route: route("room.sendMessage"),
                },
                &body,
            )
        }
    }

    /// Goes the whole way of a signed-in request, but for the database.
    fn ask(&self) -> Result<Vec<u8>> {
        request("presence.get", &json!({"userIds": []}))
    }
}

/// Splits the first packet off: its type, its body, and what stands behind it.
fn first_packet(bytes: &[u8]) -> Result<(u8, &[u8], &[u8])> {
    let [packet_type, high, middle, low, rest @ ..] = bytes else {
        bail!("a packet needs {PACKET_HEADER_BYTES} bytes, there are {}", bytes.len());
    };
    let length = usize::from(*high) << 16 | usize::from(*middle) << 8 | usize::from(*low);
    match rest.split_at_checked(length) {
        Some((body, behind)) => Ok((*packet_type, body, behind)),
        None => bail!("a packet of {length} bytes ends after {}", rest.len()),
    }
}

fn take_data(message: &[u8], listener: &mut Listener<'_>) -> Result<()> {
    let [flag, rest @ ..] = message else {
        bail!("an empty message");
    };
    match flag & FLAG_TYPE {
        PUSH if rest.starts_with(ON_MESSAGE) => {
            listener.heard.deliveries += 1;
            (listener.on_delivery)(rest);
        }
        PUSH => {}
        RESPONSE => {
            let id_bytes = rest.iter().take_while(|byte| **byte >= 0x80).count() + 1;
            let body = rest.get(id_bytes..).unwrap_or_default();
            if flag & FLAG_ERROR != 0 || !body.starts_with(SUCCESS) {
                bail!("refused: {}", String::from_utf8_lossy(body));
            }
            if *listener.stage == Stage::Entering {
                *listener.stage = Stage::Ready;
            } else {
                listener.heard.answers += 1;
            }
        }
        other => bail!("message type {other}"),
    }
    Ok(())
}

/// Answers come in order, so that all requests may have the same id.
fn request(name: &str, body: &Value) -> Result<Vec<u8>> {
    encode(
        MessageKind::Request {
            id: 1,
            route: route(name),
        },
        body,
    )
}

fn route(name: &str) -> MessageRoute {
    MessageRoute::Name(name.to_owned())
}

fn encode(kind: MessageKind, body: &Value) -> Result<Vec<u8>> {
    Ok(Message::new(kind, body.to_string()).encode_packet()?.to_vec())
}

#[cfg(test)]
mod tests {
    use super::super::{Heard, testing};
    use super::*;

    fn push(name: &str) -> Vec<u8> {
        encode(MessageKind::Push { route: route(name) }, &json!({"text": "hello"})).unwrap()
    }

    fn response(id: u64, body: &str) -> Vec<u8> {
        Message::response(id, body.to_owned()).encode_packet().unwrap().to_vec()
    }

    /// What is heard, the stage reached, and the replies.
    fn receive(stage: Stage, message: &[u8]) -> Result<(Heard, Stage, Vec<Vec<u8>>)> {
        let mut on_delivery = |bytes: &[u8]| assert!(bytes.ends_with(b"}"));
        testing::receive(&Banter::new(true), stage, message, &mut on_delivery)
    }

    #[test]
    fn each_packet_of_a_frame_counts() {
        let frame = [
            push("onMessage"),
            push("onPresence"),
            response(300, "{\"code\":0,\"message\":\"success\",\"data\":[]}"),
            push("onMessageUpdated"),
            push("onMessage"),
            push("onMessage"),
        ]
        .concat();
        let (heard, ..) = receive(Stage::Ready, &frame).unwrap();
        assert_eq!(
            heard,
            Heard {
                deliveries: 3,
                answers: 1
            }
        );
    }

    #[test]
    fn a_packet_that_is_cut_off_is_an_error() {
        let packet = push("onMessage");
        for length in 1..packet.len() {
            assert!(receive(Stage::Ready, &packet[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_handshake_is_acknowledged_and_the_first_answer_makes_it_ready() {
        let answer = Packet::new(PacketType::Handshake, &b"{\"code\":200,\"sys\":{}}"[..])
            .encode()
            .unwrap();
        let (_, stage, replies) = receive(Stage::Greeting, &answer).unwrap();
        assert_eq!(stage, Stage::Entering);
        assert!(replies[0].starts_with(&HANDSHAKE_ACK_PACKET));
        assert!(replies[0].ends_with(b"room.join{\"id\":7}"));

        let (heard, stage, _) = receive(Stage::Entering, &response(1, "{\"code\":0,\"data\":{}}")).unwrap();
        assert_eq!((heard, stage), (Heard::default(), Stage::Ready));
    }

    #[test]
    fn a_heartbeat_is_returned() {
        let (_, _, replies) = receive(Stage::Ready, &HEARTBEAT_PACKET).unwrap();
        assert_eq!(replies, [HEARTBEAT_PACKET.to_vec()]);
    }

    #[test]
    fn refusals_and_kicks_end_the_run() {
        let kick = Packet::new(PacketType::Kick, &b"{\"reason\":\"slow\"}"[..])
            .encode()
            .unwrap();
        let error = Message::error_response(1, "{\"code\":\"PIT-401\"}")
            .encode_packet()
            .unwrap();
        for bad in [&kick[..], &error, &response(1, "{\"code\":403}")] {
            assert!(receive(Stage::Ready, bad).is_err());
        }
    }
}
