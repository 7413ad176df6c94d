//! What the server counts of itself.

use serde_json::json;

use crate::support::{Backend, Person, Server, text_message};

/// The value of a metric, its labels included in `name`.
pub(crate) async fn metric(server: &Server, name: &str) -> Option<f64> {
    let answer = server
        .client
        .get(server.url("/metrics"))
        .send()
        .await
        .expect("an answer");
    let text = answer.text().await.expect("text");
    let line = text.lines().find(|line| line.starts_with(&format!("{name} ")))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[tokio::test]
async fn commits_are_counted_with_their_size_and_time() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let before = metric(&server, "banter_commit_changes_sum").await.unwrap_or(0.0);
    for text in ["one", "two", "three"] {
        alice.say(room, text).await;
    }
    let after = metric(&server, "banter_commit_changes_sum").await.unwrap();
    assert!((after - before - 3.0).abs() < f64::EPSILON, "{before} {after}");
    let commits = metric(&server, "banter_commit_seconds_count").await.unwrap();
    assert!((1.0..=after).contains(&commits), "{commits}");
    assert!(metric(&server, r#"banter_commit_changes_bucket{le="1024"}"#).await >= Some(commits));
    assert_eq!(metric(&server, "banter_changes_waiting").await, Some(0.0));
}

#[tokio::test]
async fn requests_calls_and_refusals_are_counted_by_what_they_were() {
    let server = Server::start(Backend::Sqlite, &[]).await;
    let alice = Person::join(&server, "Alice").await;
    let room = alice.room(&[], &[]).await;
    let mut socket = alice.socket().await;
    socket.request("room.sendMessage", text_message(room, "hello")).await;
    socket.push("onMessage", |message| message["channelId"] == room).await;
    socket.request("room.get", json!({ "id": 999_999 })).await;
    alice.get("/api/room/messages?id=999999").await.refused(404, 404);
    alice.get("/api/there/is/nothing").await;

    let requests = r#"banter_http_request_seconds_count{method="GET",route="/api/room/messages"}"#;
    assert_eq!(metric(&server, requests).await, Some(1.0));
    let unknown = r#"banter_http_request_seconds_count{method="GET",route="other"}"#;
    assert_eq!(metric(&server, unknown).await, Some(1.0));
    let calls = r#"banter_ws_call_seconds_count{route="room.sendMessage"}"#;
    assert_eq!(metric(&server, calls).await, Some(1.0));
    for (edge, count) in [("http", 2.0), ("socket", 1.0)] {
        let errors = format!(r#"banter_errors_total{{edge="{edge}",code="404"}}"#);
        assert_eq!(metric(&server, &errors).await, Some(count), "{edge}");
    }
    assert_eq!(metric(&server, "banter_messages_total").await, Some(1.0));
    assert!(metric(&server, "banter_fanout_seconds_count").await >= Some(1.0));
    assert_eq!(metric(&server, "banter_fanout_waiting").await, Some(0.0));
    assert_eq!(metric(&server, "banter_http_panics_total").await, Some(0.0));
    assert!(metric(&server, "process_resident_memory_bytes").await > Some(1e6));
}
