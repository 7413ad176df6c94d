//! Where members stand: read marks, and what they have not read.

use domain::member::Role;
use domain::message::{Content, TextContent};
use domain::port::{Change, Draft};
use domain::{RoomId, UserId};

use super::build::{at, draft, edit, message_of, recall};
use super::world::World;

pub(super) async fn heads_count_what_others_wrote_and_did_not_take_back(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let room = world.room("room", &[me, other]).await;
    world.say(room, other, "read").await;
    world.rooms.mark_read(room, me, 1).await.unwrap();
    for words in ["two", "three", "four"] {
        world.say(room, other, words).await;
    }
    let mine = world.say(room, me, "mine").await;
    assert_eq!(world.head(me, room).await.unread_count, 3);
    let taken_back = world.say(room, other, "oops").await;
    assert_eq!(world.head(me, room).await.unread_count, 4);
    world.apply(recall(&taken_back, other)).await.unwrap();
    world.apply(recall(&mine, me)).await.unwrap();
    let third = world.user("third").await;
    let change = super::member::addition(room, third, Role::Member, Some(other));
    world.apply(change).await.unwrap();
    let head = world.head(me, room).await;
    assert_eq!((head.read_seq, head.last_seq, head.last_rev), (1, 7, 9));
    assert_eq!(
        head.unread_count, 3,
        "neither recalled ones nor notices nor one's own count"
    );
    assert_eq!(world.head(other, room).await.unread_count, 0);
    world.rooms.mark_read(room, me, 3).await.unwrap();
    assert_eq!(world.head(me, room).await.unread_count, 1);
    let (own, standing) = world.rooms.own(me, room).await.unwrap().unwrap();
    assert_eq!(standing, world.head(me, room).await);
    assert_eq!(vec![own], world.rooms.get_many(&[room]).await.unwrap());
    let stranger = world.user("stranger").await;
    assert_eq!(world.rooms.own(stranger, room).await.unwrap(), None);
    assert!(world.rooms.heads(stranger, Some(&[room])).await.unwrap().is_empty());
    assert!(world.rooms.heads(me, Some(&[])).await.unwrap().is_empty());
}

pub(super) async fn heads_of_several_people_differ(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    for n in 0..6 {
        world.say(room, if n % 3 == 0 { a } else { b }, "hi").await;
    }
    world.rooms.mark_read(room, a, 3).await.unwrap();
    let mut heads = world.rooms.heads_in(room, &[b, c, a]).await.unwrap();
    heads.sort_by_key(|(user, _)| *user);
    let unread: Vec<_> = heads
        .iter()
        .map(|(user, head)| (*user, head.read_seq, head.unread_count))
        .collect();
    assert_eq!(unread, [(a, 3, 2), (b, 0, 2)]);
    assert!(world.rooms.heads_in(room, &[]).await.unwrap().is_empty());
}

pub(super) async fn heads_of_many_rooms_come_at_once(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let mut rooms = Vec::new();
    let mut changes = Vec::new();
    for n in 0..600 {
        let room = world.room(&format!("room {n}"), &[me, other]).await;
        rooms.push(room);
        changes.extend((0..n % 3).map(|_| Change::Append(draft(room, other, "hi"))));
    }
    let expected = i64::try_from(changes.len()).unwrap();
    for answer in world.log.commit(changes, at(1)).await {
        answer.unwrap();
    }
    for heads in [
        world.rooms.heads(me, Some(&rooms)).await.unwrap(),
        world.rooms.heads(me, None).await.unwrap(),
    ] {
        assert_eq!(heads.len(), 600);
        assert_eq!(heads.iter().map(|head| head.unread_count).sum::<i64>(), expected);
    }
    assert_eq!(world.rooms.leading_members(&rooms, 3).await.unwrap().len(), 1200);
    assert_eq!(world.messages.newest_of(&rooms).await.unwrap().len(), 400);
}

pub(super) async fn a_read_mark_moves_only_forward_and_not_past_the_end(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let room = world.room("room", &[me]).await;
    for _ in 0..3 {
        world.say(room, me, "hi").await;
    }
    let mark = async |seq| world.rooms.mark_read(room, me, seq).await.unwrap();
    assert_eq!(mark(-5).await, Some((0, false)));
    assert_eq!(mark(2).await, Some((2, true)));
    assert_eq!(mark(2).await, Some((2, false)));
    assert_eq!(mark(1).await, Some((2, false)));
    assert_eq!(mark(i64::MAX).await, Some((3, true)));
    assert_eq!(world.rooms.member(room, me).await.unwrap().unwrap().read_seq, 3);
    assert_eq!(world.rooms.mark_read(room, other, 1).await.unwrap(), None);
    assert_eq!(world.rooms.mark_read(RoomId(999_999), me, 1).await.unwrap(), None);
}

pub(super) async fn read_marks_of_several_devices_end_at_the_furthest(world: &World) {
    let me = world.user("me").await;
    let room = world.room("room", &[me]).await;
    for answer in world
        .log
        .commit(vec![Change::Append(draft(room, me, "hi")); 20], at(1))
        .await
    {
        answer.unwrap();
    }
    let marking: Vec<_> = (1..=20)
        .map(|seq| {
            let rooms = world.rooms.clone();
            tokio::spawn(async move { rooms.mark_read(room, me, seq).await.unwrap().unwrap() })
        })
        .collect();
    for (seq, one) in (1..).zip(marking) {
        assert!(one.await.unwrap().0 >= seq);
    }
    assert_eq!(world.rooms.member(room, me).await.unwrap().unwrap().read_seq, 20);
}

pub(super) async fn heads_count_what_mentions_the_member(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let room = world.room("room", &[me, other]).await;
    let elsewhere = world.room("elsewhere", &[me, other]).await;
    let call = async |room: RoomId, author: UserId, people: &[UserId]| {
        let content = Content::Text(TextContent::parse("hey", people).unwrap());
        let draft = Draft {
            content,
            ..draft(room, author, "x")
        };
        message_of(world.apply(Change::Append(draft)).await.unwrap())
    };
    call(room, other, &[me]).await;
    world.rooms.mark_read(room, me, 1).await.unwrap();
    call(room, other, &[me, other]).await;
    call(room, me, &[me]).await;
    call(elsewhere, other, &[me]).await;
    let changed = call(room, other, &[me]).await;
    let taken_back = call(room, other, &[me]).await;
    let mentions = async |user| {
        let heads = world.rooms.heads_in(room, &[user]).await.unwrap();
        assert_eq!(heads[0].1, world.head(user, room).await);
        heads[0].1.unread_mentions
    };
    assert_eq!((mentions(me).await, mentions(other).await), (3, 0));
    world.apply(edit(&changed, "nobody")).await.unwrap();
    world.apply(recall(&taken_back, other)).await.unwrap();
    assert_eq!(mentions(me).await, 1);
    world.rooms.mark_read(room, me, 9).await.unwrap();
    assert_eq!(mentions(me).await, 0);
    assert_eq!(world.head(me, elsewhere).await.unread_mentions, 1);
}
