//! Tests of a node: its queue for the others, and what it does with what they say.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::RemovalReason;
use domain::port::{Doubt, Listener, NodeFeed, RoomPosition};

use super::*;
use crate::cluster::testing::{ROOM, detail};

fn read(seq: i64) -> Event {
    Event::Read {
        room_id: ROOM,
        user_id: UserId(1),
        read_seq: seq,
    }
}

fn long_ago() -> Instant {
    Instant::now() - Duration::from_secs(60)
}

/// What is taken out of the queue, of read marks their numbers.
fn sent(queue: &mut mpsc::Receiver<Outgoing>) -> Vec<i64> {
    let mut seqs = Vec::new();
    while let Ok(outgoing) = queue.try_recv() {
        if let Outgoing::Saying(Saying::Event(event), _) = outgoing
            && let Event::Read { read_seq, .. } = *event
        {
            seqs.push(read_seq);
        }
    }
    seqs
}

#[test]
fn what_was_in_the_queue_comes_before_what_it_did_not_take() {
    let (sender, mut queue) = mpsc::channel(2);
    let node = Node::new(1, sender);
    node.counters.set_connected(true);
    (1..=4).for_each(|seq| node.publish(read(seq)));
    node.disconnected();
    let mut unsent = Vec::new();
    while let Ok(outgoing) = queue.try_recv() {
        unsent.push(outgoing);
    }
    node.keep_unsent(unsent);
    node.counters.set_connected(true);
    node.resend().connected(long_ago());
    let mut told = Vec::new();
    for _ in 0..4 {
        node.beat();
        told.extend(sent(&mut queue));
    }
    assert_eq!(told, [1, 2, 3, 4]);
}

#[test]
fn what_a_full_queue_does_not_take_is_sent_later_in_order() {
    let (sender, mut queue) = mpsc::channel(2);
    let node = Node::new(1, sender);
    node.counters.set_connected(true);
    node.resend().connected(long_ago());
    (1..=4).for_each(|seq| node.publish(read(seq)));
    assert_eq!(sent(&mut queue), [1, 2]);
    node.publish(read(5));
    assert!(sent(&mut queue).is_empty(), "it waits for what was kept before it");
    let mut told = Vec::new();
    for _ in 0..3 {
        node.beat();
        told.extend(sent(&mut queue));
    }
    assert_eq!(told, [3, 4, 5]);
    node.publish(read(6));
    assert_eq!(sent(&mut queue), [6], "nothing is kept any more");
}

/// Remembers what it was told; is behind when the test says so.
#[derive(Default)]
struct Diary {
    told: Mutex<Vec<String>>,
    is_behind: AtomicBool,
}

impl Diary {
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    fn set_behind(&self, is_behind: bool) {
        self.is_behind.store(is_behind, Ordering::Relaxed);
    }
}

impl Listener for Diary {
    fn on_event(&self, event: &Arc<Event>) {
        let word = match &**event {
            Event::MessageStored(detail) => format!("message {}", detail.message.rev),
            Event::Read { read_seq, .. } => format!("read {read_seq}"),
            Event::Typing { .. } => "typing".to_owned(),
            Event::Presence { .. } => "presence".to_owned(),
            Event::MembersAdded { .. } => "added".to_owned(),
            Event::MemberRemoved { .. } => "removed".to_owned(),
            other => format!("{other:?}"),
        };
        self.told.lock().unwrap().push(word);
    }

    fn is_behind(&self) -> bool {
        self.is_behind.load(Ordering::Relaxed)
    }
}

/// A node that follows the room from its beginning, and who listens to it.
fn listening() -> (Arc<Node>, mpsc::Receiver<Outgoing>, Arc<Diary>) {
    let (sender, queue) = mpsc::channel(64);
    let node = Arc::new(Node::new(1, sender));
    let diary = Arc::new(Diary::default());
    node.told().listeners.attach(diary.clone());
    node.connected();
    NodeFeed::follow(
        &*node,
        &[RoomPosition {
            room_id: ROOM,
            seq: 0,
            rev: 0,
        }],
    );
    *node.doubts() = Doubts {
        rooms: HashMap::new(),
        memberships: false,
        anything: false,
        looked: Instant::now(),
    };
    (node, queue, diary)
}

fn hear(node: &Node, saying: &Saying) {
    node.hear(&codec::encode(2, saying).unwrap());
}

fn hear_event(node: &Node, event: Event) {
    hear(node, &Saying::Event(Box::new(event)));
}

fn message(rev: i64) -> Event {
    Event::MessageStored(detail(rev, rev))
}

fn typing() -> Event {
    Event::Typing {
        room_id: ROOM,
        user_id: UserId(1),
        on: true,
    }
}

fn added() -> Event {
    Event::MembersAdded {
        room_id: ROOM,
        rev: 3,
        people: Vec::new(),
    }
}

fn removed() -> Event {
    Event::MemberRemoved {
        room_id: ROOM,
        rev: 4,
        user_id: UserId(1),
        reason: RemovalReason::Removed,
    }
}

#[tokio::test]
async fn what_others_say_is_not_queued_for_who_is_behind() {
    let (node, _queue, diary) = listening();
    hear_event(&node, message(1));
    assert_eq!(diary.take(), ["message 1"]);
    diary.set_behind(true);
    (2..=5000).for_each(|rev| hear_event(&node, message(rev)));
    (2..=5000).for_each(|seq| hear_event(&node, read(seq)));
    hear_event(&node, typing());
    hear(
        &node,
        &Saying::Presence {
            user: UserId(1),
            online: true,
            at: now(),
        },
    );
    hear_event(&node, added());
    // Whoever is removed must not hear on.
    hear_event(&node, removed());
    assert_eq!(diary.take(), ["removed"]);
    // What was not told is read from the database, what was read is told in short.
    assert_eq!(node.doubt().await, Doubt::Memberships);
    assert_eq!(node.doubt().await, Doubt::Rooms(vec![ROOM]));
    node.beat();
    assert_eq!(diary.take(), [""; 0], "it is still behind");
    diary.set_behind(false);
    node.beat();
    assert_eq!(diary.take(), ["read 5000"]);
    node.heal(ROOM, (2..=5000).map(|rev| detail(rev, rev)).collect());
    assert_eq!(diary.take().len(), 4999);
    hear_event(&node, message(5001));
    hear_event(&node, read(5001));
    assert_eq!(diary.take(), ["message 5001", "read 5001"]);
    assert_eq!(node.counters.snapshot(0).postponed, 2 * 4999 + 3);
}

#[tokio::test]
async fn what_comes_late_on_who_is_in_a_room_is_left_to_the_database() {
    let (node, _queue, diary) = listening();
    let long_ago = Timestamp(now().0 - 5000);
    node.hear(
        &codec::encode(
            node.id,
            &Saying::Alive {
                at: long_ago,
                people: 0,
                digest: 0,
            },
        )
        .unwrap(),
    );
    hear_event(&node, added());
    hear_event(&node, removed());
    hear_event(&node, typing());
    hear_event(&node, message(1));
    assert_eq!(diary.take(), ["message 1"]);
    assert_eq!(node.doubt().await, Doubt::Memberships);
}

#[test]
fn only_the_node_in_question_answers_and_only_to_the_one_that_asks() {
    let (node, mut queue, _) = listening();
    node.roster().connected(UserId(7));
    while queue.try_recv().is_ok() {}
    hear(
        &node,
        &Saying::Alive {
            at: now(),
            people: 1,
            digest: 5,
        },
    );
    let Ok(Outgoing::Saying(Saying::WhoIsThere(Some(2)), _)) = queue.try_recv() else {
        panic!("a node that was misheard is asked, and no other");
    };
    hear(&node, &Saying::WhoIsThere(Some(3)));
    assert!(queue.try_recv().is_err(), "another one was asked");
    let people = |queue: &mut mpsc::Receiver<Outgoing>| match queue.try_recv() {
        Ok(Outgoing::Saying(Saying::People { to, users }, _)) => (to, users),
        _ => panic!("no answer"),
    };
    hear(&node, &Saying::WhoIsThere(Some(node.id)));
    assert_eq!(people(&mut queue), (Some(2), vec![UserId(7)]));
    // A node of an older version asks all, and hears what is said to all.
    hear(&node, &Saying::WhoIsThere(None));
    assert_eq!(people(&mut queue), (None, vec![UserId(7)]));
}
