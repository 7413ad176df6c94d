//! Messages, as they are read.

use domain::media::Peaks;
use domain::message::{Anchor, Content, NoticeKind, TextContent};
use domain::port::Change;
use domain::{MessageId, UserId};

use super::build::{at, draft, edit, media, message_of, react, recall};
use super::world::World;

pub(super) async fn history_pages_in_all_directions(world: &World) {
    let a = world.user("a").await;
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    for n in 1..=10 {
        world.say(room, a, &format!("{n}")).await;
        world.say(other, a, "noise").await;
    }
    let page = async |anchor, limit| -> Vec<i64> {
        let page = world.messages.history(room, anchor, limit).await.unwrap();
        assert!(page.iter().all(|message| message.room_id == room));
        page.iter().map(|message| message.seq).collect()
    };
    assert_eq!(page(Anchor::Newest, 3).await, [8, 9, 10]);
    assert_eq!(page(Anchor::Before(8), 3).await, [5, 6, 7]);
    assert_eq!(page(Anchor::Before(2), 3).await, [1]);
    assert_eq!(page(Anchor::Before(1), 3).await, [] as [i64; 0]);
    assert_eq!(page(Anchor::After(0), 3).await, [1, 2, 3]);
    assert_eq!(page(Anchor::After(9), 3).await, [10]);
    assert_eq!(page(Anchor::After(10), 3).await, [] as [i64; 0]);
    assert_eq!(page(Anchor::Around(5), 5).await, [3, 4, 5, 6, 7]);
    assert_eq!(page(Anchor::Around(5), 4).await, [3, 4, 5, 6]);
    assert_eq!(page(Anchor::Around(5), 1).await, [5]);
    assert_eq!(page(Anchor::Around(1), 4).await, [1, 2]);
    assert_eq!(page(Anchor::Around(99), 4).await, [9, 10]);
    assert_eq!(page(Anchor::After(i64::MAX), 4).await, [] as [i64; 0]);
    assert_eq!(page(Anchor::Before(i64::MIN), 4).await, [] as [i64; 0]);
}

pub(super) async fn every_content_survives_storing(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let mut words = draft(room, a, "x");
    words.content = Content::Text(TextContent::parse("你好 😀 \"quotes\" \\ \n 'n'", &[b, UserId(i64::MAX)]).unwrap());
    let mut file = draft(room, b, "x");
    let mut full = media("k", "图 😀.png", Some("caption"));
    full.thumbnail = Some("/uploads/t".to_owned());
    full.peaks = Some(Peaks::parse(&[0, 42, 100]).unwrap());
    file.content = Content::Media(full);
    let mut bare = draft(room, b, "x");
    let mut content = media("k2", "f", None);
    (content.width, content.height, content.duration) = (None, None, None);
    bare.content = Content::Media(content);
    for one in [words, file, bare] {
        let stored = message_of(world.apply(Change::Append(one.clone())).await.unwrap());
        assert_eq!(stored.content, one.content);
        assert_eq!(stored.author, Some(one.author));
        assert_eq!(
            (stored.created_at, stored.updated_at, stored.is_edited),
            (at(1), at(1), false)
        );
        assert_eq!(world.stored_message(stored.id).await, stored);
    }
    let change = super::member::addition(room, world.user("c").await, domain::member::Role::Member, Some(a));
    world.apply(change).await.unwrap();
    let notice = world
        .messages
        .history(room, Anchor::Newest, 1)
        .await
        .unwrap()
        .pop()
        .unwrap();
    assert!(matches!(&notice.content, Content::Notice(notice) if notice.kind == NoticeKind::MemberAdded));
    let recalled = message_of(world.apply(recall(&notice_free(world, room).await, b)).await.unwrap());
    assert_eq!(recalled.content, Content::Recalled { operator: b });
    assert_eq!(world.stored_message(recalled.id).await, recalled);
    assert!(world.messages.get_many(&[MessageId(999_999)]).await.unwrap().is_empty());
    assert!(world.messages.get_many(&[]).await.unwrap().is_empty());
}

async fn notice_free(world: &World, room: domain::RoomId) -> domain::message::Message {
    world
        .messages
        .history(room, Anchor::After(0), 1)
        .await
        .unwrap()
        .pop()
        .unwrap()
}

pub(super) async fn changes_are_found_by_rev(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mut said = Vec::new();
    for n in 0..4 {
        said.push(world.say(room, a, &format!("{n}")).await);
    }
    world.apply(edit(&said[1], "one")).await.unwrap();
    world.apply(react(&said[0], a, "👍", true)).await.unwrap();
    world.apply(recall(&said[2], a)).await.unwrap();
    let since = async |rev, limit| -> Vec<(i64, i64)> {
        let changed = world.messages.changed_since(room, rev, limit).await.unwrap();
        changed.iter().map(|message| (message.rev, message.seq)).collect()
    };
    assert_eq!(since(0, 100).await, [(4, 4), (5, 2), (6, 1), (7, 3)]);
    assert_eq!(since(4, 2).await, [(5, 2), (6, 1)]);
    assert_eq!(since(7, 100).await, []);
    let changed = world.messages.changed_since(room, 5, 1).await.unwrap();
    assert_eq!(changed[0].reactions.len(), 1);
    world.assert_no_holes(room).await;
}

pub(super) async fn the_newest_message_of_each_room_is_found(world: &World) {
    let a = world.user("a").await;
    let (one, two, empty) = (
        world.room("one", &[a]).await,
        world.room("two", &[a]).await,
        world.room("empty", &[a]).await,
    );
    world.say(one, a, "old").await;
    world.say(two, a, "old").await;
    let mut expected = vec![world.say(one, a, "new").await, world.say(two, a, "new").await];
    let changed = world.apply(react(&expected[0], a, "👍", true)).await.unwrap();
    expected[0] = message_of(changed);
    let mut newest = world.messages.newest_of(&[two, empty, one]).await.unwrap();
    newest.sort_by_key(|message| message.id);
    assert_eq!(newest, expected);
    assert!(world.messages.newest_of(&[]).await.unwrap().is_empty());
}
