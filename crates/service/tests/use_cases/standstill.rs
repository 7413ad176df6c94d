//! A log of rooms that stands still for a while.

use std::sync::Arc;

use async_trait::async_trait;
use domain::Timestamp;
use domain::port::{Change, ChangeError, Outcome, RoomLog};
use service::Error;
use tokio::sync::Semaphore;

use crate::world::{World, text_message};

/// A log that takes a permit for each commit.
struct Halting {
    log: Arc<dyn RoomLog>,
    permits: Arc<Semaphore>,
}

#[async_trait]
impl RoomLog for Halting {
    async fn commit(&self, changes: Vec<Change>, at: Timestamp) -> Vec<Result<Outcome, ChangeError>> {
        self.permits.acquire().await.expect("open").forget();
        self.log.commit(changes, at).await
    }
}

#[tokio::test]
async fn whoever_waits_for_a_log_that_stands_still_is_told_so_and_nobody_waits_behind() {
    let permits = Arc::new(Semaphore::new(0));
    let halting = permits.clone();
    let world = World::logging_shortly(move |log| Box::new(Halting { log, permits: halting }));
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    for _ in 0..2 {
        let given_up = world.messages.send(&alice, text_message(room, "lost")).await;
        assert!(matches!(given_up, Err(Error::Overloaded { .. })), "{given_up:?}");
    }
    permits.add_permits(1);
    let sent = world.say(&alice, room, "here again").await;
    assert_eq!(sent.message.seq, 1, "what was given up was not stored");
}
