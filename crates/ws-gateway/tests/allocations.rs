//! How often the edge asks for memory for one message. Times vary by machine and hour; these
//! numbers do not, so whoever raises one knows why, and whoever saves some lowers it.

#![allow(clippy::unwrap_used, reason = "a failing helper fails its test")]

#[path = "../benches/edge_work/mod.rs"]
mod edge_work;

use allocation_counter::measure;
use edge_work::{decode_send, encode_push, send_packet, text_message};

/// Of the calling thread.
fn allocations<T>(work: impl FnOnce() -> T) -> u64 {
    measure(|| drop(work())).count_total
}

#[test]
fn a_send_becomes_a_command() {
    let packet = send_packet(&"x".repeat(128));
    let count = allocations(|| decode_send(packet.clone()));
    assert!((1..=5).contains(&count), "{count} allocations");
}

#[test]
fn a_message_becomes_a_push() {
    let detail = text_message(&"x".repeat(128));
    // Where the author's picture is, is found out once for all of their messages.
    encode_push(&detail);
    let count = allocations(|| encode_push(&detail));
    assert!((1..=2).contains(&count), "{count} allocations");
}
