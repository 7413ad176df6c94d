//! What MySQL and MariaDB go on doing while somebody holds something up.

use sea_orm::{ConnectionTrait, Statement};
use tokio::task::JoinSet;

use super::build::at;
use super::search::page;
use super::world::{World, mysql};
use crate::{Database, RepositoryError};
use domain::PortError;

/// A machine that is frozen keeps its connections and the locks that it holds on them. Another
/// node waits for a few seconds, not for as long as MySQL would let it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_stands_still_does_not_stop_the_others() {
    let Some((db, home)) = mysql().await else {
        return;
    };
    db.migrate().await.unwrap();
    let frozen = Database::connect(&home.dsn(), 2).await.unwrap();
    let world = World::sql(&db, Some(home));
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let stuck = frozen.begin().await.unwrap();
    let touch = Statement::from_string(
        db.backend(),
        format!("UPDATE rooms SET last_rev = last_rev + 9 WHERE id = {room}"),
    );
    stuck.execute_raw(touch.clone()).await.unwrap();
    let message = world.say(room, a, "words").await;
    assert_eq!(message.rev, 1, "what the other one had begun is undone");
    // Once it moves again it learns that its work was not done, and that it may be done again.
    let late = RepositoryError::from(stuck.execute_raw(touch).await.unwrap_err());
    assert!(late.is_unavailable(), "{late:?}");
}

/// However many searches there are, and however long they take.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_take_no_connection_of_others_and_end() {
    let Some((db, home)) = mysql().await else {
        return;
    };
    db.migrate().await.unwrap();
    let few = Database::connect(&home.dsn(), 2).await.unwrap();
    let world = World::sql(&few, Some(home));
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.say(room, a, "words").await;
    let locker = db.begin().await.unwrap();
    locker
        .execute_unprepared("LOCK TABLES message_search WRITE")
        .await
        .unwrap();
    let mut searches = JoinSet::new();
    for _ in 0..8 {
        let messages = world.messages.clone();
        searches.spawn(async move { messages.search(a, &page("words", 9)).await });
    }
    // They are under way once as many of them as can be stand at the lock.
    let waiting = "SELECT COUNT(*) FROM information_schema.processlist \
         WHERE db = DATABASE() AND state LIKE 'Waiting for table%'";
    while world.number(waiting).await < 2 {}
    for _ in 0..4 {
        world.users.set_last_seen(a, at(1)).await.unwrap();
    }
    while let Some(search) = searches.join_next().await {
        let ended = search.unwrap();
        assert!(matches!(ended, Err(PortError::Unavailable(_))), "{ended:?}");
    }
    locker.execute_unprepared("UNLOCK TABLES").await.unwrap();
    assert_eq!(super::search::found(&world, a, "words").await.len(), 1);
}
