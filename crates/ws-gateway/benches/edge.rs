//! The edge's work for one message: what was sent as a command, what was stored as a push. The
//! push is made once per event, however many hear it.

#![allow(clippy::unwrap_used, reason = "what fails here ends the benchmark")]

mod edge_work;

use std::sync::Arc;
use std::time::Duration;

use criterion::Criterion;

use edge_work::{decode_send, encode_push, reacted, send_packet, text_message};

fn main() {
    let mut criterion = Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .noise_threshold(0.05)
        .configure_from_args();
    send(&mut criterion);
    push(&mut criterion);
    criterion.final_summary();
}

fn send(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("send-to-command");
    for (name, words) in [
        ("128 characters", "x".repeat(128)),
        ("4000 ideographs", "字".repeat(4000)),
    ] {
        let packet = send_packet(&words);
        group.bench_function(name, |bencher| bencher.iter(|| decode_send(packet.clone())));
    }
}

fn push(criterion: &mut Criterion) {
    let short = text_message(&"x".repeat(128));
    let mut answer = short.clone();
    answer.reply = Some(Arc::new(short.clone()));
    let long = text_message(&"字".repeat(4000));
    let popular = reacted(short.clone(), 10, 100);

    let mut group = criterion.benchmark_group("message-to-push");
    for (name, detail) in [
        ("128 characters", short),
        ("an answer", answer),
        ("4000 ideographs", long),
        ("1000 reactions", popular),
    ] {
        group.bench_function(name, |bencher| bencher.iter(|| encode_push(&detail)));
    }
}
