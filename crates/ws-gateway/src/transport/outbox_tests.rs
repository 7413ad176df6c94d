//! Tests of the outbox, without a socket: what it hands over is read as a client reads it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Wake, Waker};

use actix_http::ws::{OpCode, Parser};

use super::*;
use crate::transport::testing::{frames, next_chunk};

impl Outbox {
    /// Takes the next bytes for a socket, as [`write`](Self::write) would write them.
    pub(crate) fn poll_chunk(&self, context: &Context<'_>) -> Poll<Option<Bytes>> {
        self.poll_take(context, |state| {
            let mut chunk = BytesMut::new();
            state.write_chunk(&mut chunk);
            (!chunk.is_empty()).then(|| chunk.freeze())
        })
    }
}

const LIMITS: QueueLimits = QueueLimits {
    packets: 8,
    bytes: 1000,
};

fn packet(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

fn binaries(outbox: &Outbox) -> Vec<Bytes> {
    frames(outbox)
        .into_iter()
        .filter(|(code, _)| *code == OpCode::Binary)
        .map(|(_, payload)| payload)
        .collect()
}

fn close_of(frames: &[(OpCode, Bytes)]) -> Option<CloseReason> {
    let (code, payload) = frames.last()?;
    assert_eq!(*code, OpCode::Close);
    Parser::try_parse_close_payload(payload).unwrap()
}

#[test]
fn everything_that_waits_leaves_in_one_write_one_packet_a_message() {
    let outbox = Outbox::new(LIMITS);
    for text in ["one", "two", "three"] {
        assert_eq!(outbox.push(&packet(text), false), Pushed::Queued);
    }
    let chunk = next_chunk(&outbox).unwrap().unwrap();
    assert_eq!(&chunk[..], b"\x82\x03one\x82\x03two\x82\x05three");
    assert_eq!(next_chunk(&outbox), None);
}

#[test]
fn a_batching_client_gets_all_of_it_in_one_message() {
    let outbox = Outbox::new(LIMITS);
    outbox.set_batching(true);
    for text in ["one", "two", "three"] {
        outbox.push(&packet(text), false);
    }
    assert_eq!(binaries(&outbox), [packet("onetwothree")]);
}

#[test]
fn no_batch_and_no_write_grows_beyond_64_kib_unless_one_packet_does() {
    let outbox = Outbox::new(QueueLimits {
        packets: 100,
        bytes: 10 << 20,
    });
    outbox.set_batching(true);
    for length in [40_000, 20_000, 10_000, 100_000, 10] {
        outbox.push(&Bytes::from(vec![b'x'; length]), false);
    }
    let chunk = next_chunk(&outbox).unwrap().unwrap();
    assert_eq!(chunk.len(), 60_000 + 4);
    let lengths: Vec<usize> = binaries(&outbox).iter().map(Bytes::len).collect();
    assert_eq!(lengths, [10_000, 100_000, 10]);
}

#[test]
fn heads_are_written_for_every_length() {
    for length in [0, 1, 125, 126, 127, 65_535, 65_536, 70_000] {
        let outbox = Outbox::new(LIMITS);
        outbox.push(&Bytes::from(vec![7; length]), false);
        assert_eq!(binaries(&outbox), [Bytes::from(vec![7; length])]);
    }
}

#[test]
fn too_many_packets_end_a_slow_reader_who_is_told_and_gets_nothing_else() {
    let outbox = Outbox::new(LIMITS);
    outbox.allow_kick();
    for _ in 0..LIMITS.packets {
        assert_eq!(outbox.push(&packet("x"), false), Pushed::Queued);
    }
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Overflowed);
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Closed);
    let frames = frames(&outbox);
    assert_eq!(&frames[0].1[..], b"\x05\0\0\x11{\"reason\":\"slow\"}");
    let close = close_of(&frames).unwrap();
    assert_eq!(
        (u16::from(close.code), close.description.as_deref()),
        (1013, Some("slow"))
    );
    assert_eq!(frames.len(), 2);
    assert_eq!(outbox.phase(), Phase::Flushed);
}

#[test]
fn too_many_bytes_end_a_slow_reader_but_one_large_packet_does_not() {
    let outbox = Outbox::new(LIMITS);
    assert_eq!(outbox.push(&Bytes::from(vec![0; 5000]), false), Pushed::Queued);
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Overflowed);
}

#[test]
fn typing_and_presence_are_left_out_first() {
    let outbox = Outbox::new(LIMITS);
    for _ in 0..=LIMITS.packets / 2 {
        assert_eq!(outbox.push(&packet("x"), true), Pushed::Queued);
    }
    assert_eq!(outbox.push(&packet("x"), true), Pushed::Dropped);
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Queued);
    assert_eq!(outbox.phase(), Phase::Open);
}

#[test]
fn what_was_written_makes_room_again() {
    let outbox = Outbox::new(LIMITS);
    for _ in 0..10 {
        for _ in 0..LIMITS.packets {
            assert_eq!(outbox.push(&packet("x"), false), Pushed::Queued);
        }
        assert_eq!(binaries(&outbox).len(), LIMITS.packets);
    }
}

#[test]
fn an_ending_writes_what_waits_first_then_the_kick_then_the_close_frame() {
    let outbox = Outbox::new(LIMITS);
    outbox.allow_kick();
    outbox.push(&packet("answer"), false);
    outbox.end(Ending::Shutdown);
    let frames = frames(&outbox);
    assert_eq!(frames[0].1, packet("answer"));
    assert_eq!(&frames[1].1[4..], b"{\"reason\":\"shutdown\"}");
    assert_eq!(u16::from(close_of(&frames).unwrap().code), 1012);
}

#[test]
fn a_revoked_session_gets_nothing_that_still_waited() {
    for ending in [Ending::Logout, Ending::SessionRevoked] {
        let outbox = Outbox::new(LIMITS);
        outbox.allow_kick();
        outbox.push(&packet("secret"), false);
        outbox.end(ending);
        let frames = frames(&outbox);
        assert_eq!(frames.len(), 2);
        assert!(frames[0].1.starts_with(b"\x05"));
    }
}

#[test]
fn every_ending_is_told_by_kick_only_where_it_may_be() {
    for ending in Ending::ALL {
        for is_kickable in [false, true] {
            let outbox = Outbox::new(LIMITS);
            if is_kickable {
                outbox.allow_kick();
            }
            outbox.end(ending);
            let frames = frames(&outbox);
            assert_eq!(
                frames.len(),
                1 + usize::from(ending.is_told() && is_kickable),
                "{ending:?}"
            );
            let close = close_of(&frames).unwrap();
            assert_eq!(u16::from(close.code), ending.close_code());
            assert_eq!(close.description.as_deref(), Some(ending.reason()));
        }
    }
}

#[test]
fn who_ends_first_says_why() {
    let outbox = Outbox::new(LIMITS);
    outbox.end(Ending::TokenExpired);
    outbox.end(Ending::Shutdown);
    outbox.answer_close(CloseCode::Normal);
    assert_eq!(
        close_of(&frames(&outbox)).unwrap().description.as_deref(),
        Some("token_expired")
    );
}

#[test]
fn a_client_that_closes_is_answered_with_its_code() {
    let outbox = Outbox::new(LIMITS);
    outbox.answer_close(CloseCode::Away);
    assert_eq!(close_of(&frames(&outbox)).unwrap().code, CloseCode::Away);
    assert_eq!(outbox.phase(), Phase::Flushed);
}

#[test]
fn only_the_newest_ping_is_answered() {
    let outbox = Outbox::new(LIMITS);
    for text in ["one", "two"] {
        outbox.pong(packet(text));
    }
    assert_eq!(frames(&outbox), [(OpCode::Pong, packet("two"))]);
}

#[test]
fn a_socket_that_is_gone_frees_what_waits() {
    let outbox = Outbox::new(LIMITS);
    outbox.push(&packet("x"), false);
    outbox.socket_is_gone();
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Closed);
    assert_eq!(next_chunk(&outbox), Some(None));
}

#[derive(Default)]
struct CountWakes(AtomicUsize);

impl Wake for CountWakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn many_packets_wake_the_writer_once() {
    let wakes = Arc::new(CountWakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let outbox = Outbox::new(LIMITS);
    assert!(outbox.poll_chunk(&Context::from_waker(&waker)).is_pending());
    for _ in 0..5 {
        outbox.push(&packet("x"), false);
    }
    assert_eq!(wakes.0.load(Ordering::Relaxed), 1);
}

#[test]
fn a_queue_that_does_not_move_shows_for_how_long() {
    let outbox = Outbox::new(LIMITS);
    let later = Instant::now() + Duration::from_secs(10);
    assert_eq!(outbox.stalled_for(later), Duration::ZERO);
    outbox.push(&packet("x"), false);
    outbox.push(&packet("x"), false);
    assert!(outbox.stalled_for(later) > Duration::from_secs(9));
    binaries(&outbox);
    assert_eq!(outbox.stalled_for(later), Duration::ZERO);
}

#[tokio::test]
async fn a_change_of_phase_is_heard_even_when_it_came_before_the_waiting() {
    let outbox = Outbox::new(LIMITS);
    outbox.drain();
    outbox.changed().await;
    assert_eq!(outbox.phase(), Phase::Draining);
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Queued);
    outbox.end(Ending::Shutdown);
    outbox.changed().await;
    assert_eq!(outbox.phase(), Phase::Ending);
}

/// A socket that takes so many bytes and no more.
fn take<'a>(room: &'a mut usize, taken: &'a mut Vec<u8>) -> impl FnMut(&[u8]) -> io::Result<usize> + 'a {
    |bytes| {
        if *room == 0 {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let count = bytes.len().min(*room);
        *room -= count;
        taken.extend_from_slice(&bytes[..count]);
        Ok(count)
    }
}

#[test]
fn a_socket_gets_everything_in_order_whatever_it_takes_at_once() {
    let outbox = Outbox::new(LIMITS);
    let mut taken = Vec::new();
    for text in ["one", "two"] {
        outbox.push(&packet(text), false);
    }
    assert_eq!(outbox.write(take(&mut 3, &mut taken)), Written::Blocked);
    outbox.push(&packet("three"), false);
    assert_eq!(outbox.write(take(&mut 0, &mut taken)), Written::Blocked);
    assert_eq!(outbox.write(take(&mut 1, &mut taken)), Written::Blocked);
    assert!(outbox.is_waiting());
    assert_eq!(outbox.write(take(&mut 99, &mut taken)), Written::All);
    assert_eq!(taken, b"\x82\x03one\x82\x03two\x82\x05three");
    assert!(!outbox.is_waiting());
}

#[test]
fn a_frame_that_was_begun_is_finished_before_the_connection_ends() {
    let outbox = Outbox::new(LIMITS);
    let mut taken = Vec::new();
    outbox.push(&packet("one"), false);
    outbox.write(take(&mut 3, &mut taken));
    outbox.push(&packet("dropped"), false);
    outbox.end(Ending::Slow);
    assert_eq!(outbox.write(take(&mut 99, &mut taken)), Written::End);
    assert_eq!(outbox.phase(), Phase::Flushed);
    assert_eq!(&taken[..6], b"\x82\x03one\x88");
}

#[test]
fn a_socket_that_fails_is_gone() {
    let outbox = Outbox::new(LIMITS);
    outbox.push(&packet("x"), false);
    let reset = |_: &[u8]| Err(io::ErrorKind::ConnectionReset.into());
    assert_eq!(outbox.write(reset), Written::End);
    assert_eq!(outbox.push(&packet("x"), false), Pushed::Closed);
}

#[test]
fn a_socket_that_takes_a_little_now_and_then_does_not_stand_still() {
    let outbox = Outbox::new(LIMITS);
    let later = Instant::now() + Duration::from_secs(10);
    outbox.push(&packet("one"), false);
    outbox.write(take(&mut 0, &mut Vec::new()));
    assert!(outbox.stalled_for(later) > Duration::from_secs(9));
    let now = Instant::now();
    outbox.write(take(&mut 1, &mut Vec::new()));
    assert!(outbox.stalled_for(now) < Duration::from_millis(1));
    outbox.write(take(&mut 99, &mut Vec::new()));
    assert_eq!(outbox.stalled_for(later), Duration::ZERO);
}
