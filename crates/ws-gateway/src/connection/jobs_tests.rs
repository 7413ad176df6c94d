//! Tests of the order in which calls are started and answered.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt;
use tokio::sync::oneshot;

use super::*;

const ONE: Lane = Lane::Room(RoomId(1));
const TWO: Lane = Lane::Room(RoomId(2));
const TEXT_ONE: Lane = Lane::PlainText(RoomId(1));
const TEXT_TWO: Lane = Lane::PlainText(RoomId(2));

/// Calls whose ends the test decides.
#[derive(Default)]
struct Stage {
    started: RefCell<Vec<&'static str>>,
    ends: RefCell<Vec<(&'static str, oneshot::Sender<()>)>>,
}

struct Scene {
    jobs: Jobs<&'static str>,
    stage: Rc<Stage>,
}

impl Scene {
    fn new(calls: &[(Lane, &'static str)]) -> Self {
        let mut jobs = Jobs::new(32);
        for (lane, name) in calls {
            jobs.push(*lane, *name);
        }
        Self {
            jobs,
            stage: Rc::default(),
        }
    }

    /// Starts what may start and says what that was.
    async fn started(&mut self) -> Vec<&'static str> {
        let stage = Rc::clone(&self.stage);
        self.jobs
            .start(|name| {
                let stage = Rc::clone(&stage);
                async move {
                    stage.started.borrow_mut().push(name);
                    let (end, ended) = oneshot::channel();
                    stage.ends.borrow_mut().push((name, end));
                    ended.await.ok();
                    Some(Bytes::from_static(name.as_bytes()))
                }
                .boxed_local()
            })
            .await;
        self.stage.started.take()
    }

    /// Ends a call and says which answers that releases.
    async fn ended(&mut self, name: &str) -> Vec<Bytes> {
        let end = {
            let mut ends = self.stage.ends.borrow_mut();
            let position = ends.iter().position(|(started, _)| *started == name).unwrap();
            ends.remove(position).1
        };
        end.send(()).unwrap();
        self.jobs.run_one().await;
        self.jobs.release()
    }
}

#[tokio::test]
async fn calls_for_one_room_wait_for_each_other() {
    let mut scene = Scene::new(&[(ONE, "a"), (ONE, "b")]);
    assert_eq!(scene.started().await, ["a"]);
    assert_eq!(scene.ended("a").await, ["a"]);
    assert_eq!(scene.started().await, ["b"]);
    assert_eq!(scene.ended("b").await, ["b"]);
    assert!(scene.jobs.is_empty());
}

#[tokio::test]
async fn a_slow_call_does_not_hold_up_another_room() {
    let mut scene = Scene::new(&[(ONE, "slow"), (TWO, "quick"), (ONE, "behind")]);
    assert_eq!(scene.started().await, ["slow", "quick"]);
    assert_eq!(scene.ended("quick").await, ["quick"]);
    assert!(scene.started().await.is_empty());
    assert_eq!(scene.ended("slow").await, ["slow"]);
    assert_eq!(scene.started().await, ["behind"]);
}

#[tokio::test]
async fn a_call_without_a_room_waits_for_all_and_holds_up_all() {
    let mut scene = Scene::new(&[(ONE, "a"), (Lane::Alone, "list"), (TWO, "b")]);
    assert_eq!(scene.started().await, ["a"]);
    scene.ended("a").await;
    assert_eq!(scene.started().await, ["list"]);
    scene.ended("list").await;
    assert_eq!(scene.started().await, ["b"]);
}

#[tokio::test]
async fn plain_texts_start_together_and_are_answered_in_order() {
    let mut scene = Scene::new(&[(TEXT_ONE, "a"), (TEXT_ONE, "b"), (TEXT_TWO, "c"), (TEXT_ONE, "d")]);
    assert_eq!(scene.started().await, ["a", "b", "c", "d"]);
    assert!(scene.ended("b").await.is_empty());
    assert_eq!(scene.ended("c").await, ["c"]);
    assert_eq!(scene.ended("a").await, ["a", "b"]);
    assert_eq!(scene.ended("d").await, ["d"]);
}

#[tokio::test]
async fn plain_texts_do_not_overtake_another_call_of_their_room() {
    let mut scene = Scene::new(&[(TEXT_ONE, "a"), (ONE, "media"), (TEXT_ONE, "b"), (TEXT_TWO, "c")]);
    assert_eq!(scene.started().await, ["a", "c"]);
    scene.ended("a").await;
    assert_eq!(scene.started().await, ["media"]);
    scene.ended("media").await;
    assert_eq!(scene.started().await, ["b"]);
}

#[tokio::test]
async fn an_answer_that_is_ready_at_once_waits_for_its_turn() {
    let mut scene = Scene::new(&[(ONE, "a")]);
    scene.jobs.push_done(Some(Bytes::from_static(b"unknown route")));
    scene.jobs.push(ONE, "b");
    assert_eq!(scene.started().await, ["a"]);
    assert!(scene.jobs.release().is_empty());
    assert_eq!(scene.ended("a").await, ["a", "unknown route"]);
}

#[tokio::test]
async fn there_is_room_for_so_many_calls_and_no_more() {
    let mut jobs = Jobs::new(2);
    jobs.push(ONE, "a");
    assert!(jobs.has_room());
    jobs.push_done(None);
    assert!(!jobs.has_room());
    assert!(jobs.has_alone());
}
