//! Tests of what happens when connections are told more slowly than things happen.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::hub::Handle;
use crate::hub::shards::BACKLOG;
use crate::transport::{Outbox, Transport, Written};

#[test]
fn a_slow_reader_is_ended_and_the_others_hear_everything() {
    let scene = Scene::new();
    for read_seq in 0..100 {
        scene.tell(Event::Read {
            room_id: ROOM,
            user_id: ALICE,
            read_seq,
        });
        assert_eq!(pushed_routes(scene.outbox("alice")).len(), 1);
    }
    assert_eq!(scene.outbox("bob").phase(), Phase::Ending);
    assert_eq!(scene.hub.counters.slow.get(), 2);
}

#[test]
fn a_shard_that_is_behind_holds_publishers_up_until_it_has_caught_up() {
    let scene = Scene::new();
    let typing = Event::Typing {
        room_id: ROOM,
        user_id: ALICE,
        on: true,
    };
    let read = |read_seq| Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq,
    };
    let mut context = Context::from_waker(Waker::noop());
    let mut caught_up = pin!(scene.hub.caught_up());
    for read_seq in 0..i64::try_from(BACKLOG).unwrap() {
        assert_eq!(scene.hub.counters.dropped.get(), 0);
        scene.hub.deliver(&read(read_seq));
    }
    assert!(caught_up.as_mut().poll(&mut context).is_pending());
    // What may be left out does not come on top.
    scene.hub.deliver(&typing);
    assert_eq!(scene.hub.counters.dropped.get(), 1);
    scene.turn();
    assert!(caught_up.as_mut().poll(&mut context).is_ready());
}

#[test]
fn a_thread_without_anybodys_connections_holds_nobody_up() {
    let mut scene = Scene::new();
    let (idle, _commands) = scene.hub.shards.add();
    let read = |read_seq| Event::Read {
        room_id: ROOM,
        user_id: ALICE,
        read_seq,
    };
    let mut context = Context::from_waker(Waker::noop());
    let mut deliver_and_wait = |scene: &Scene| {
        (0..i64::try_from(BACKLOG).unwrap()).for_each(|read_seq| scene.hub.deliver(&read(read_seq)));
        scene.turn();
        pin!(scene.hub.caught_up()).poll(&mut context).is_ready()
    };
    assert!(deliver_and_wait(&scene), "nobody is connected through it");
    // It is waited for as soon as somebody is, and as long as they stay.
    let handle = Arc::new(Handle::new(99, idle.id, Outbox::new(LIMITS)));
    scene.hub.register(BOB, SessionId(22), &handle).unwrap();
    scene.handles.insert("bob's phone", handle);
    assert!(!deliver_and_wait(&scene));
    let mut caught_up = pin!(scene.hub.caught_up());
    assert!(caught_up.as_mut().poll(&mut context).is_pending());
    scene.hub.unregister(BOB, &scene.handles["bob's phone"]);
    assert!(caught_up.as_mut().poll(&mut context).is_ready());
}

#[tokio::test]
async fn what_the_http_layer_writes_by_itself_is_not_written_twice() {
    struct Counting(Cell<u32>, bool);
    impl Transport for Counting {
        fn write(&self, _: &Outbox) -> Written {
            self.0.set(self.0.get() + 1);
            Written::All
        }
        fn writes_by_itself(&self) -> bool {
            self.1
        }
        fn poll_writable(&self, _: &mut Context<'_>) -> Poll<()> {
            Poll::Pending
        }
        fn finish(&self) {}
        fn kill(&self) {}
    }
    for (writes_by_itself, writes) in [(false, 1), (true, 0)] {
        let mut scene = Scene::new();
        let transport = Rc::new(Counting(Cell::new(0), writes_by_itself));
        let handle = scene.open(transport.clone());
        scene.bind("dave", DAVE, SessionId(41), &[ROOM], handle);
        scene.tell(Event::Read {
            room_id: ROOM,
            user_id: ALICE,
            read_seq: 1,
        });
        scene.shard.write().await;
        assert_eq!(transport.0.get(), writes);
        assert_eq!(pushed_routes(scene.outbox("dave")), ["onRead"]);
    }
}
