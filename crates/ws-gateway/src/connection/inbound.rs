//! From WebSocket messages to packets, and from packets to what is to be done.

use actix_http::ws::CloseCode;
use bytes::Bytes;
use pitaya_protocol::{
    ClientCall, CloseReason, ConnectionAction, DecodeError, HEARTBEAT_PACKET, HandshakeCode, HandshakeRequest,
    InflateError, PacketSplitter,
};
use tokio::time::Instant;
use wire::message::Form;

use super::jobs::Lane;
use super::{Connection, Work};
use crate::ending::Ending;
use crate::routes::{Task, Waits, transport_error};
use crate::transport::{Frame, FrameError, Phase};

impl Connection {
    /// Takes what the client sent; `None` when it is gone.
    pub(super) fn take_frame(&mut self, frame: Option<Result<Frame, FrameError>>) {
        match frame {
            Some(Ok(Frame::Binary(message))) => {
                self.packets = Some(PacketSplitter::new(message, self.shared.max_packet_body()));
            }
            Some(Ok(Frame::Text)) => self.end(Ending::Unsupported),
            Some(Ok(Frame::Ping(payload))) => self.handle().outbox.pong(payload),
            Some(Ok(Frame::Pong)) => {}
            Some(Ok(Frame::Close(reason))) => {
                let code = reason.map_or(CloseCode::Normal, |reason| reason.code);
                self.handle().outbox.answer_close(code);
            }
            Some(Err(error)) => self.end(error.into()),
            None => self.handle().outbox.socket_is_gone(),
        }
    }

    /// Takes packets of the last message while there is room for more work.
    pub(super) fn take_packets(&mut self) {
        while let Some(packets) = &mut self.packets {
            if self.admission.handle.outbox.phase() != Phase::Open {
                self.packets = None;
                return;
            }
            if !self.jobs.has_room() {
                return;
            }
            match packets.next() {
                None => self.packets = None,
                Some(Ok(packet)) => {
                    let action = self.protocol.receive_packet(packet);
                    self.act(action);
                }
                Some(Err(error)) => self.end(ending_of(&error.into())),
            }
        }
    }

    fn act(&mut self, action: ConnectionAction) {
        let now = Instant::now();
        match action {
            ConnectionAction::Ignore => {}
            ConnectionAction::AnswerHandshake(request) => self.shake_hands(request, now),
            ConnectionAction::RefuseHandshake(error) => {
                tracing::debug!(%error, "a handshake is refused");
                let answer = self.shared.handshake_answer(HandshakeCode::Refused, false, Form::Full);
                self.push(&answer);
                self.end(Ending::BadPayload);
            }
            ConnectionAction::StartWorking => {
                self.timers.ready(now);
                // Who skips the handshake may be told why the connection ends all the same.
                self.handle().outbox.allow_kick();
                self.push(&Bytes::from_static(&HEARTBEAT_PACKET));
            }
            ConnectionAction::Call(call) => self.take_call(call),
            ConnectionAction::Close(reason) => {
                tracing::debug!(%reason, "a client breaks the protocol");
                return self.end(ending_of(&reason));
            }
        }
        self.timers.heard(now);
    }

    /// Answers a handshake. What the client asked for in it, being signed in, comes before all
    /// of its calls.
    fn shake_hands(&mut self, request: HandshakeRequest, now: Instant) {
        let batch = request.system.batch;
        let asked = if request.system.compact {
            Form::Compact
        } else {
            Form::Full
        };
        let form = self.handle().agree_on(asked);
        let answer = self.shared.handshake_answer(HandshakeCode::Accepted, batch, form);
        self.push(&answer);
        self.handle().outbox.allow_kick();
        self.handle().outbox.set_batching(batch);
        self.caller.set_batching(batch);
        self.timers.shaken_hands(now);
        if let Some(serde_json::Value::String(token)) = request.user.get("token") {
            self.jobs.push(Lane::Alone, Work::SignIn(token.clone()));
        }
    }

    fn take_call(&mut self, call: ClientCall) {
        let answer_id = call.answer_id();
        match Task::find(call) {
            Ok(task) => {
                let lane = self.lane_of(&task);
                self.jobs.push(lane, Work::Call(task));
            }
            Err(error) => self
                .jobs
                .push_done(answer_id.and_then(|id| transport_error(id, &error))),
        }
    }

    fn lane_of(&self, task: &Task) -> Lane {
        match task.waits() {
            Waits::Alone => Lane::Alone,
            Waits::ForRoom => match task.peek() {
                Some(peek) if peek.is_plain_text => Lane::PlainText(peek.room),
                Some(peek) => Lane::Room(peek.room),
                None => Lane::Alone,
            },
            // A `room.join` that still waits decides which room it is.
            Waits::ForJoinedRoom if self.jobs.has_alone() => Lane::Alone,
            Waits::ForJoinedRoom => self.caller.joined_last().map_or(Lane::Alone, Lane::PlainText),
        }
    }
}

fn ending_of(reason: &CloseReason) -> Ending {
    match reason {
        CloseReason::Malformed(DecodeError::PacketBodyTooLarge { .. })
        | CloseReason::Inflate(InflateError::TooLarge { .. }) => Ending::TooBig,
        CloseReason::Inflate(InflateError::Invalid | InflateError::Truncated) => Ending::BadPayload,
        CloseReason::Malformed(_)
        | CloseReason::DataBeforeAck
        | CloseReason::AckWithoutHandshake
        | CloseReason::AlreadyClosed => Ending::Protocol,
    }
}
