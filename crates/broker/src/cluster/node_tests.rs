use std::time::Duration;

use super::*;

fn read(seq: i64) -> Event {
    Event::Read {
        room_id: RoomId(1),
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
        if let Outgoing::Saying(Saying::Event(event)) = outgoing
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
    node.kept().connected(long_ago());
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
    node.kept().connected(long_ago());
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
