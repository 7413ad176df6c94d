//! Many writers at once. Each writes for itself, as the sequencers of several nodes do.

use std::sync::Arc;

use domain::port::{Change, Outcome, RoomLog};

use super::build::{at, draft, draft_with_id, message_of, upload};
use super::world::World;

/// Several logs over the same data.
fn logs(world: &World, count: usize) -> Vec<Arc<dyn RoomLog>> {
    (0..count)
        .map(|_| match &world.db {
            Some(db) => World::sql(db, None).log,
            None => world.log.clone(),
        })
        .collect()
}

pub(super) async fn many_writers_leave_no_hole_and_no_double(world: &World) {
    let a = world.user("a").await;
    let rooms = [world.room("one", &[a]).await, world.room("two", &[a]).await];
    let writing: Vec<_> = logs(world, 100)
        .into_iter()
        .enumerate()
        .map(|(n, log)| {
            tokio::spawn(async move {
                let mut batch: Vec<Change> = (0..4)
                    .map(|m| Change::Append(draft_with_id(rooms[(n + m) % 2], a, "hi", &format!("{n}/{m}"))))
                    .collect();
                batch.rotate_left(n % 4);
                log.commit(batch, at(1)).await
            })
        })
        .collect();
    for one in writing {
        for answer in one.await.unwrap() {
            assert!(matches!(answer.unwrap(), Outcome::Appended(_)));
        }
    }
    for room in rooms {
        assert_eq!(world.assert_no_holes(room).await.len(), 200);
    }
}

pub(super) async fn one_client_id_sent_in_parallel_is_stored_once(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let sending: Vec<_> = logs(world, 16)
        .into_iter()
        .map(|log| {
            let change = Change::Append(draft_with_id(room, a, "hi", "same"));
            tokio::spawn(async move { log.commit(vec![change], at(1)).await.pop().unwrap().unwrap() })
        })
        .collect();
    let mut stored = 0;
    let mut ids = Vec::new();
    for one in sending {
        let outcome = one.await.unwrap();
        stored += i32::from(matches!(outcome, Outcome::Appended(_)));
        ids.push(message_of(outcome).id);
    }
    ids.dedup();
    assert_eq!((stored, ids.len()), (1, 1));
    assert_eq!(world.assert_no_holes(room).await.len(), 1);
}

pub(super) async fn one_client_id_sent_to_two_rooms_at_once_is_stored_once(world: &World) {
    let a = world.user("a").await;
    let mut rooms = Vec::new();
    for n in 0..8 {
        rooms.push(world.room(&format!("room {n}"), &[a]).await);
    }
    for round in 0..5 {
        let sending: Vec<_> = logs(world, 8)
            .into_iter()
            .zip(rooms.clone())
            .map(|(log, room)| {
                let change = Change::Append(draft_with_id(room, a, "hi", &format!("round {round}")));
                tokio::spawn(async move { log.commit(vec![change], at(1)).await.pop().unwrap().unwrap() })
            })
            .collect();
        let mut ids = Vec::new();
        for one in sending {
            ids.push(message_of(one.await.unwrap()).id);
        }
        ids.dedup();
        assert_eq!(ids.len(), 1);
    }
    let mut stored = 0;
    for room in rooms {
        stored += world.assert_no_holes(room).await.len();
    }
    assert_eq!(stored, 5);
}

pub(super) async fn batches_over_crossing_rooms_do_not_block_each_other(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let mut rooms = vec![world.friends.befriend(a, b, at(0)).await.unwrap().room.id];
    for n in 0..6 {
        rooms.push(world.room(&format!("room {n}"), &[a, b]).await);
    }
    let writing: Vec<_> = logs(world, 24)
        .into_iter()
        .enumerate()
        .map(|(n, log)| {
            let mut order = rooms.clone();
            order.rotate_left(n % rooms.len());
            if n % 2 == 0 {
                order.reverse();
            }
            let friends = world.friends.clone();
            tokio::spawn(async move {
                let batch = order.iter().map(|room| Change::Append(draft(*room, a, "hi"))).collect();
                let answers = log.commit(batch, at(1)).await;
                if n % 6 == 0 {
                    friends.befriend(a, b, at(2)).await.unwrap();
                }
                answers
            })
        })
        .collect();
    for one in writing {
        for answer in one.await.unwrap() {
            answer.unwrap();
        }
    }
    for room in rooms {
        assert_eq!(world.assert_no_holes(room).await.len(), 24);
    }
}

pub(super) async fn one_upload_sent_in_parallel_is_sent_once(world: &World) {
    let a = world.user("a").await;
    world.uploads.insert(&upload("k", a)).await.unwrap();
    let mut sending = Vec::new();
    for (n, log) in logs(world, 8).into_iter().enumerate() {
        let mut carrying = draft(world.room(&format!("room {n}"), &[a]).await, a, "file");
        carrying.upload_key = Some("k".to_owned());
        sending.push(tokio::spawn(async move {
            log.commit(vec![Change::Append(carrying)], at(1)).await.pop().unwrap()
        }));
    }
    let mut stored = 0;
    for one in sending {
        stored += i32::from(one.await.unwrap().is_ok());
    }
    assert_eq!(stored, 1);
}
