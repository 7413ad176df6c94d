//! Messages: who hears what, in which order, and what may be changed for how long.

use std::sync::Arc;
use std::time::Duration;

use domain::Event;
use domain::message::{Anchor, Content, MessageDetail};
use domain::search::{SearchPage, SearchQuery};
use service::message::Outgoing;
use service::{Error, Policy};

use crate::world::{World, text_message};

#[tokio::test]
async fn a_message_is_told_once_and_its_repetition_is_not() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    world.heard();
    let mut message = text_message(room, "hello");
    message.client_msg_id = Some("one".into());
    let first = world.messages.send(&alice, message.clone()).await.expect("stored");
    let again = world.messages.send(&alice, message).await.expect("answered");
    assert_eq!(
        (first.message.id, first.message.seq),
        (again.message.id, again.message.seq)
    );
    let heard = world.heard();
    let [event] = heard.as_slice() else { panic!("{heard:?}") };
    let Event::MessageStored(told) = &**event else {
        panic!("{event:?}")
    };
    assert!(
        Arc::ptr_eq(told, &first),
        "the sender and the members share one message"
    );
}

#[tokio::test]
async fn messages_of_one_person_share_the_account_and_what_they_answer() {
    let world = World::new();
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    let first = world.say(&alice, room, "first").await;
    for text in ["second", "third"] {
        let mut answer = text_message(room, text);
        answer.reply_id = Some(first.message.id);
        world.messages.send(&alice, answer).await.expect("stored");
    }
    let page = world
        .messages
        .history(&alice, room, Anchor::Newest, 2)
        .await
        .expect("a page");
    let [second, third] = page.as_slice() else {
        panic!("{page:?}")
    };
    let account = |detail: &MessageDetail| detail.author.as_ref().expect("an author").user.clone();
    assert!(Arc::ptr_eq(&account(second), &account(third)));
    let answered = |detail: &MessageDetail| detail.reply.clone().expect("an answered message");
    assert!(Arc::ptr_eq(&answered(second), &answered(third)));
    assert_eq!(answered(third).message.id, first.message.id);
}

#[tokio::test]
async fn a_repetition_is_answered_whatever_it_says_and_a_new_one_is_not() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    let with_id = |room_id, text: &str| {
        let mut message = text_message(room_id, text);
        message.client_msg_id = Some("one".into());
        message
    };
    let first = world
        .messages
        .send(&bob, with_id(room, "hello"))
        .await
        .expect("stored")
        .message
        .id;
    let nowhere = domain::RoomId(999_999);
    for again in [with_id(room, ""), with_id(nowhere, "hello"), with_id(nowhere, "")] {
        assert_eq!(
            world
                .messages
                .send(&bob, again.clone())
                .await
                .expect("answered")
                .message
                .id,
            first
        );
        assert!(
            world.messages.send(&alice, again).await.is_err(),
            "nobody else has sent it"
        );
    }
    world
        .rooms
        .remove_member(&alice, room, bob.user_id)
        .await
        .expect("removed");
    assert!(matches!(
        world.messages.send(&bob, with_id(room, "hello")).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn events_of_a_room_come_in_the_order_of_its_log() {
    let world = World::new();
    let alice = world.person("alice").await;
    let room = world.room(&alice, &[]).await.room.id;
    world.heard();
    let sends = (0..300).map(|n| world.messages.send(&alice, text_message(room, &format!("{n}")).clone()));
    for sent in futures_util::future::join_all(sends.collect::<Vec<_>>()).await {
        sent.expect("stored");
    }
    let seqs: Vec<i64> = world
        .heard()
        .iter()
        .filter_map(|event| match &**event {
            Event::MessageStored(detail) => Some(detail.message.seq),
            _ => None,
        })
        .collect();
    assert_eq!(seqs, (1..=300).collect::<Vec<_>>());
}

#[tokio::test]
async fn edits_and_recalls_end_with_their_windows() {
    let window = Duration::from_secs(60);
    let world = World::with(Policy {
        edit_window: window,
        recall_window: window,
        ..Policy::default()
    });
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    let message = world.say(&bob, room, "first").await.message.id;
    let edit = || world.messages.edit(&bob, message, "second".into(), Vec::new());
    assert!(edit().await.expect("in time").message.is_edited);
    world.pass(window + Duration::from_secs(1));
    assert!(matches!(edit().await, Err(Error::Forbidden(_))));
    assert!(matches!(
        world.messages.recall(&bob, message).await,
        Err(Error::Forbidden(_))
    ));
    // The window binds authors; who looks after the room may still remove what others said.
    let recalled = world.messages.recall(&alice, message).await.expect("recalled");
    assert_eq!(
        recalled.message.content,
        Content::Recalled {
            operator: alice.user_id
        }
    );
}

#[tokio::test]
async fn only_members_are_mentioned() {
    let world = World::new();
    let (alice, bob, eve) = (
        world.person("alice").await,
        world.person("bob").await,
        world.person("eve").await,
    );
    let room = world.room(&alice, &[&bob]).await.room.id;
    let mention = vec![bob.user_id, eve.user_id, bob.user_id];
    let mut message = text_message(room, "hi");
    message.body = Outgoing::Text {
        text: "hi".into(),
        mention,
    };
    let sent = world.messages.send(&alice, message).await.expect("stored");
    let Content::Text(text) = &sent.message.content else {
        panic!("a text")
    };
    assert_eq!(text.mention, [bob.user_id]);
}

#[tokio::test]
async fn answers_reach_into_their_own_room_only_and_one_level_deep() {
    let world = World::new();
    let alice = world.person("alice").await;
    let (here, there) = (
        world.room(&alice, &[]).await.room.id,
        world.room(&alice, &[]).await.room.id,
    );
    let mut last = world.say(&alice, here, "0").await;
    let mut elsewhere = text_message(there, "reply");
    elsewhere.reply_id = Some(last.message.id);
    assert!(matches!(
        world.messages.send(&alice, elsewhere).await,
        Err(Error::Invalid(_))
    ));
    for n in 1..50 {
        let mut answer = text_message(here, &n.to_string());
        answer.reply_id = Some(last.message.id);
        last = world.messages.send(&alice, answer).await.expect("stored");
    }
    let page = world
        .messages
        .history(&alice, here, Anchor::Newest, 100)
        .await
        .expect("a page");
    assert_eq!(page.len(), 50);
    assert!(
        page.iter()
            .skip(1)
            .all(|detail| detail.reply.as_ref().is_some_and(|reply| reply.reply.is_none()))
    );
}

#[tokio::test]
async fn a_read_mark_moves_forward_only_and_unread_counts_what_others_said() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    for n in 0..5 {
        world.say(&alice, room, &n.to_string()).await;
    }
    world.say(&bob, room, "mine").await;
    let unread = async || world.rooms.get(&bob, room).await.expect("a room").unread_count;
    assert_eq!(unread().await, 5);
    assert_eq!(world.messages.mark_read(&bob, room, 3).await.expect("a mark"), 3);
    assert_eq!(unread().await, 2);
    assert_eq!(world.messages.mark_read(&bob, room, 1).await.expect("a mark"), 3);
    assert_eq!(
        world.messages.mark_read(&bob, room, 1_000_000).await.expect("a mark"),
        6
    );
    assert_eq!(unread().await, 0);
}

#[tokio::test]
async fn catching_up_gives_what_changed_and_what_is_gone() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    let first = &world.say(&alice, room, "first").await.message;
    for n in 0..150 {
        world.say(&alice, room, &n.to_string()).await;
    }
    world.messages.recall(&alice, first.id).await.expect("recalled");
    let synced = world.messages.sync(&bob, &[(room, 1)]).await.expect("synced");
    let page = &synced.rooms[0];
    assert_eq!((page.messages.len(), page.more, page.reset), (100, true, false));
    let rev = page.messages.last().expect("messages").message.rev;
    let rest = world
        .messages
        .sync(&bob, &[(room, rev)])
        .await
        .expect("synced")
        .rooms
        .remove(0);
    assert_eq!((rest.messages.len(), rest.more), (51, false));
    assert!(rest.messages.last().expect("messages").message.is_recalled());
    world
        .rooms
        .remove_member(&alice, room, bob.user_id)
        .await
        .expect("removed");
    assert_eq!(
        world.messages.sync(&bob, &[(room, 1)]).await.expect("synced").gone,
        [room]
    );
}

#[tokio::test]
async fn search_asks_for_membership() {
    let world = World::new();
    let (alice, eve) = (world.person("alice").await, world.person("eve").await);
    let room = world.room(&alice, &[]).await.room.id;
    world.say(&alice, room, "needle").await;
    let page = |room_id| SearchPage {
        query: Some(SearchQuery::parse("need").expect("a query")),
        room_id,
        limit: 10,
        ..SearchPage::default()
    };
    assert_eq!(
        world.messages.search(&alice, page(None)).await.expect("hits")[0].spans,
        [(0, 4)]
    );
    assert!(
        world
            .messages
            .search(&eve, page(None))
            .await
            .expect("no hits")
            .is_empty()
    );
    assert!(matches!(
        world.messages.search(&eve, page(Some(room))).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        world.messages.search(&alice, SearchPage::default()).await,
        Err(Error::Invalid(_))
    ));
}

#[tokio::test]
async fn the_room_of_former_friends_is_read_only_until_they_are_friends_again() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.friends.add(&alice, bob.user_id).await.expect("friends").room.id;
    world.say(&bob, room, "hi").await;
    world.friends.remove(&bob, alice.user_id).await.expect("parted");
    assert!(matches!(
        world.messages.send(&alice, text_message(room, "wait")).await,
        Err(Error::Forbidden(_))
    ));
    assert_eq!(
        world
            .messages
            .history(&alice, room, Anchor::Newest, 10)
            .await
            .expect("a page")
            .len(),
        1
    );
    assert_eq!(
        world.friends.add(&bob, alice.user_id).await.expect("friends").room.id,
        room
    );
    world.say(&alice, room, "welcome back").await;
}
