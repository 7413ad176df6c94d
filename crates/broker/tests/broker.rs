//! What the in-process broker promises.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail the test that calls them"
)]

use std::sync::{Arc, Barrier, Mutex};
use std::thread;

use broker::InProcessBroker;
use domain::port::{Broker, Listener};
use domain::{Event, RoomId};
use shaku::HasComponent;

/// Remembers the rooms of the events it hears.
#[derive(Default)]
struct Diary(Mutex<Vec<i64>>);

impl Diary {
    fn heard(&self) -> Vec<i64> {
        self.0.lock().unwrap().clone()
    }
}

impl Listener for Diary {
    fn on_event(&self, event: &Arc<Event>) {
        let Event::RoomChanged { room_id } = **event else {
            panic!("only room changes are published here");
        };
        self.0.lock().unwrap().push(room_id.0);
    }
}

/// Panics over every event.
struct Broken;

impl Listener for Broken {
    fn on_event(&self, _: &Arc<Event>) {
        panic!("a broken listener");
    }
}

fn about(room: i64) -> Event {
    Event::RoomChanged { room_id: RoomId(room) }
}

#[test]
fn listeners_have_heard_when_publish_returns() {
    let broker = InProcessBroker::new();
    let diary = Arc::new(Diary::default());
    broker.attach(diary.clone());
    for room in 1..=3 {
        broker.publish(about(room));
        assert_eq!(diary.heard(), (1..=room).collect::<Vec<_>>());
    }
}

#[test]
fn a_listener_hears_nothing_from_before_it_was_attached() {
    let broker = InProcessBroker::new();
    let (early, late) = (Arc::new(Diary::default()), Arc::new(Diary::default()));
    broker.attach(early.clone());
    broker.publish(about(1));
    broker.attach(late.clone());
    broker.publish(about(2));
    assert_eq!((early.heard(), late.heard()), (vec![1, 2], vec![2]));
}

#[test]
fn publishing_to_nobody_is_fine() {
    InProcessBroker::new().publish(about(1));
}

#[test]
fn all_listeners_hear_the_same_order_while_threads_publish_at_once() {
    let broker = InProcessBroker::new();
    let diaries: Vec<_> = (0..3).map(|_| Arc::new(Diary::default())).collect();
    for diary in &diaries {
        broker.attach(diary.clone());
    }
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for thread in 0..4 {
            let (broker, start) = (&broker, &start);
            scope.spawn(move || {
                start.wait();
                for n in 0..500 {
                    broker.publish(about(thread * 1_000 + n));
                }
            });
        }
    });
    let first = diaries[0].heard();
    assert_eq!(first.len(), 2_000);
    assert_eq!(first, diaries[1].heard());
    assert_eq!(first, diaries[2].heard());
    for thread in 0..4 {
        let own: Vec<_> = first.iter().filter(|room| **room / 1_000 == thread).collect();
        assert!(own.is_sorted(), "a thread's events keep the order of its calls");
    }
}

#[test]
fn a_panicking_listener_harms_neither_the_others_nor_the_publisher() {
    let broker = InProcessBroker::new();
    let diary = Arc::new(Diary::default());
    broker.attach(Arc::new(Broken));
    broker.attach(diary.clone());
    broker.publish(about(1));
    broker.publish(about(2));
    broker.attach(Arc::new(Diary::default()));
    assert_eq!(diary.heard(), [1, 2]);
}

#[test]
fn a_module_builds_the_broker_without_parameters() {
    shaku::module! { Fanout { components = [InProcessBroker], providers = [] } }
    let module = Fanout::builder().build();
    let diary = Arc::new(Diary::default());
    let broker: &dyn Broker = module.resolve_ref();
    broker.attach(diary.clone());
    broker.publish(about(7));
    assert_eq!(diary.heard(), [7]);
}
