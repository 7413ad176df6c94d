//! What the server counts of itself.

use crate::support::{Backend, Person, Server};

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
