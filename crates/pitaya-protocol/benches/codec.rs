//! The codec: packets, messages and JSON bodies, each step alone.

#![allow(clippy::unwrap_used, reason = "what fails here ends the benchmark")]

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use criterion::{Criterion, Throughput};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pitaya_protocol::{Message, MessageKind, MessageRoute, Packet, PacketSplitter, from_json, inflate_zlib, to_json};
use serde_json::{Value, json};

/// As the server's default.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// Packets of one WebSocket message when a client batches.
const BATCH: usize = 16;

fn main() {
    let mut criterion = Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .noise_threshold(0.05)
        .configure_from_args();
    decode(&mut criterion);
    encode(&mut criterion);
    criterion.final_summary();
}

fn decode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decode");

    let packet = request(&text()).encode_packet().unwrap();
    group.throughput(bytes(&packet));
    group.bench_function("request", |bencher| {
        bencher.iter(|| {
            let packet = Packet::decode_exact(packet.clone(), MAX_BODY_BYTES).unwrap();
            Message::decode(packet.body).unwrap()
        });
    });

    let batch = Bytes::from(packet.repeat(BATCH));
    group.throughput(bytes(&batch));
    group.bench_function(format!("{BATCH} requests of a batch"), |bencher| {
        bencher.iter(|| {
            let messages = PacketSplitter::new(batch.clone(), MAX_BODY_BYTES)
                .map(|packet| Message::decode(packet.unwrap().body).unwrap());
            messages.fold(0, |bytes, message| bytes + message.body.len())
        });
    });

    for (name, body) in [
        ("json", to_json(&text()).unwrap()),
        ("json with emoji", emoji_in_surrogates()),
    ] {
        group.throughput(bytes(&body));
        group.bench_function(name, |bencher| bencher.iter(|| from_json::<Value>(&body).unwrap()));
    }

    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&to_json(&page()).unwrap()).unwrap();
    let zlib = encoder.finish().unwrap();
    group.throughput(bytes(&zlib));
    group.bench_function("zlib", |bencher| {
        bencher.iter(|| inflate_zlib(&zlib, MAX_BODY_BYTES).unwrap())
    });
}

fn encode(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("encode");

    let body = Bytes::from(to_json(&text()).unwrap());
    let push = Message::push(MessageRoute::Name("onMessage".to_owned()), body.clone());
    for (name, message) in [("push", push), ("response", Message::response(1000, body.clone()))] {
        group.throughput(bytes(&body));
        group.bench_function(name, |bencher| bencher.iter(|| message.encode_packet().unwrap()));
    }

    for (name, value) in [
        ("json", text()),
        ("json with emoji", emoji()),
        ("json of a page", page()),
    ] {
        group.throughput(bytes(&to_json(&value).unwrap()));
        group.bench_function(name, |bencher| bencher.iter(|| to_json(&value).unwrap()));
    }
}

fn bytes(data: &[u8]) -> Throughput {
    Throughput::Bytes(data.len().try_into().unwrap())
}

fn request(body: &Value) -> Message {
    let route = MessageRoute::Name("room.sendMessage".to_owned());
    Message::new(MessageKind::Request { id: 1000, route }, to_json(body).unwrap())
}

fn text() -> Value {
    send(&"Plain words. ".repeat(10))
}

fn emoji() -> Value {
    send(&"字 \u{1f601} words ".repeat(10))
}

/// What browser clients make of [`emoji`]: three bytes for each half of one.
fn emoji_in_surrogates() -> Vec<u8> {
    let words = "字 ".bytes().chain(*b"\xed\xa0\xbd\xed\xb8\x81").chain(*b" words ");
    let words: Vec<u8> = words.collect();
    [b"{\"text\":\"".as_slice(), &words.repeat(10), b"\"}"].concat()
}

/// A page of history, more or less.
fn page() -> Value {
    Value::Array(vec![text(); 50])
}

fn send(words: &str) -> Value {
    json!({
        "channelId": 17,
        "contentType": "TEXT_MESSAGE",
        "textMessage": {"text": words, "mention": [3]},
        "clientMsgId": "0b6ee1c2-3a54-4b6c-9d0e-6f4f2f0a7c11",
    })
}
