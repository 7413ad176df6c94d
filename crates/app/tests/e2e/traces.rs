//! What a collector is told of requests, calls and commits.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use serde_json::json;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::support::{Backend, Person, Server, text_message};

/// A collector of traces that keeps what it is sent.
struct Collector {
    url: String,
    exports: UnboundedReceiver<ExportTraceServiceRequest>,
}

impl Collector {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, exports) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(collect(stream, sender.clone()));
            }
        });
        Self { url, exports }
    }

    /// All that it has been sent by now.
    fn spans(&mut self) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Ok(export) = self.exports.try_recv() {
            for resource in export.resource_spans {
                let name = resource.resource.expect("a resource").attributes;
                let named = |value: &str| {
                    name.iter()
                        .any(|pair| pair.key == "service.name" && is_text(pair.value.as_ref(), value))
                };
                assert!(named("banter"), "{name:?}");
                spans.extend(resource.scope_spans.into_iter().flat_map(|scope| scope.spans));
            }
        }
        spans
    }
}

/// Answers every request on a connection, and hands on what was in it.
async fn collect(stream: TcpStream, exports: UnboundedSender<ExportTraceServiceRequest>) {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a number");
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.expect("a body");
        let export = ExportTraceServiceRequest::decode(&*body).expect("OTLP");
        let _ = exports.send(export);
        let answer = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        answer.await.expect("an answer");
    }
}

fn is_text(value: Option<&opentelemetry_proto::tonic::common::v1::AnyValue>, text: &str) -> bool {
    value.and_then(|value| value.value.as_ref()) == Some(&Value::StringValue(text.to_owned()))
}

fn has(span: &Span, key: &str, text: &str) -> bool {
    span.attributes
        .iter()
        .any(|pair| pair.key == key && is_text(pair.value.as_ref(), text))
}

#[tokio::test]
async fn a_message_can_be_followed_from_the_call_to_the_query() {
    let mut collector = Collector::start().await;
    let server = Server::start(Backend::Sqlite, &[("TRACES__ENDPOINT", &collector.url)]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let mut socket = alice.socket().await;
    let said = socket.request("room.sendMessage", text_message(room, "a secret")).await;
    assert_eq!(said["code"], json!(0), "{said}");
    let answer = alice.get("/api/room/messages?id=999999").await;
    answer.refused(404, 404);
    // The last ones are sent when the server ends.
    server.stop().await;

    let spans = collector.spans();
    let find = |name: &str| {
        spans
            .iter()
            .find(|span| span.name == name)
            .unwrap_or_else(|| panic!("no {name}"))
    };
    let call = find("room.sendMessage");
    let child = |name: &str, parent: &Span| {
        spans
            .iter()
            .find(|span| span.name == name && span.parent_span_id == parent.span_id && span.trace_id == call.trace_id)
            .unwrap_or_else(|| panic!("no {name} below {}", parent.name))
    };
    let commit = child("commit", child("change", call));
    assert!(
        spans
            .iter()
            .any(|span| span.parent_span_id == commit.span_id && has(span, "db.system", "sqlite")),
        "no query below the commit"
    );
    let request = find("GET /api/room/messages");
    let id = answer.headers["x-request-id"].to_str().expect("text");
    assert!(has(request, "request_id", id), "{request:?}");
    assert!(
        !format!("{spans:?}").contains("a secret"),
        "what people write is in no trace"
    );
    assert!(!server.logs().contains("db.statement"), "traces are not in the log");
}
