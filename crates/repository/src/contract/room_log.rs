//! The log of a room.

use domain::message::{Anchor, ClientMsgId, Content};
use domain::port::{Change, ChangeError, Outcome};
use domain::{MessageId, RoomId, Timestamp, UserId};

use super::build::{at, draft, draft_with_id, edit, message_of, react, recall};
use super::world::World;

pub(super) async fn a_message_takes_the_next_seq_and_rev(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let changes = (0..100).map(|n| Change::Append(draft_with_id(room, a, &format!("{n}"), &format!("id{n}"))));
    let answers = world.log.commit(changes.collect(), at(7)).await;
    for (n, answer) in (1_i64..).zip(answers) {
        let Ok(Outcome::Appended(message)) = answer else {
            panic!("{answer:?}")
        };
        assert_eq!((message.seq, message.rev, message.created_at), (n, n, at(7)));
        assert!(matches!(&message.content, Content::Text(text) if text.text == (n - 1).to_string()));
        assert_eq!(world.stored_message(message.id).await, message);
    }
    assert_eq!(world.assert_no_holes(room).await.len(), 100);
}

pub(super) async fn refused_drafts_leave_no_hole(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[b]).await);
    let foreign = world.say(other, b, "foreign").await;
    let mut bad_reply = draft(room, a, "reply");
    bad_reply.reply_id = Some(foreign.id);
    let mut no_upload = draft(room, a, "upload");
    no_upload.upload_key = Some("none".to_owned());
    let answers = world
        .log
        .commit(
            vec![
                Change::Append(draft(room, a, "one")),
                Change::Append(draft(room, b, "stranger")),
                Change::Append(draft(RoomId(999_999), a, "nowhere")),
                Change::Append(bad_reply),
                Change::Append(draft(other, b, "elsewhere")),
                Change::Append(no_upload),
                Change::Append(draft(room, a, "two")),
            ],
            at(1),
        )
        .await;
    assert!(matches!(&answers[0], Ok(Outcome::Appended(one)) if one.seq == 1));
    assert!(matches!(answers[1], Err(ChangeError::NotMember)));
    assert!(matches!(answers[2], Err(ChangeError::NotMember)));
    assert!(matches!(answers[3], Err(ChangeError::NoSuchReply)));
    assert!(matches!(&answers[4], Ok(Outcome::Appended(one)) if one.seq == 2 && one.room_id == other));
    assert!(matches!(answers[5], Err(ChangeError::NoSuchUpload)));
    assert!(matches!(&answers[6], Ok(Outcome::Appended(one)) if one.seq == 2 && one.room_id == room));
    assert_eq!(world.assert_no_holes(room).await.len(), 2);
}

pub(super) async fn a_repeated_draft_gives_the_first_message_as_it_stands_now(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a, b]).await, world.room("other", &[a, b]).await);
    let send = |room, author, words: &str| Change::Append(draft_with_id(room, author, words, "same"));
    let first = message_of(world.apply(send(room, a, "first")).await.unwrap());
    world.apply(react(&first, b, "👍", true)).await.unwrap();
    let changed = message_of(world.apply(edit(&first, "edited")).await.unwrap());
    for again in [send(room, a, "again"), send(other, a, "elsewhere")] {
        match world.apply(again).await.unwrap() {
            Outcome::Repeated(message) => assert_eq!(message, changed),
            outcome => panic!("{outcome:?}"),
        }
    }
    assert_eq!(changed.reactions.len(), 1);
    let of_other = world.apply(send(room, b, "another sender")).await.unwrap();
    assert!(matches!(of_other, Outcome::Appended(_)), "unique per sender");
    world.apply(recall(&first, a)).await.unwrap();
    let recalled = message_of(world.apply(send(room, a, "again")).await.unwrap());
    assert!(recalled.is_recalled() && recalled.id == first.id);
    world.assert_no_holes(room).await;
}

pub(super) async fn client_ids_are_compared_to_the_last_space(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let ids = ["x", "x ", " x", "X", "ｘ", "é", "e\u{301}", "😀"];
    for (seq, id) in (1..).zip(ids) {
        let message = message_of(
            world
                .apply(Change::Append(draft_with_id(room, a, "hi", id)))
                .await
                .unwrap(),
        );
        assert_eq!(message.seq, seq, "{id:?}");
        assert_eq!(
            world.stored_message(message.id).await.client_msg_id.unwrap().as_str(),
            id
        );
        let id = ClientMsgId::parse(id).unwrap();
        assert_eq!(world.messages.sent_as(a, &id).await.unwrap(), Some(message));
        let other = world.user(&format!("other{seq}")).await;
        assert_eq!(world.messages.sent_as(other, &id).await.unwrap(), None);
    }
}

pub(super) async fn one_batch_stores_a_client_id_once(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a, b]).await);
    let send = |room, author, id: &str| Change::Append(draft_with_id(room, author, "hi", id));
    let mut refused_first = draft_with_id(room, a, "hi", "later");
    refused_first.reply_id = Some(MessageId(999_999));
    let answers = world
        .log
        .commit(
            vec![
                send(room, a, "one"),
                send(room, a, "one"),
                send(other, a, "one"),
                send(other, b, "one"),
                Change::Append(refused_first),
                send(room, a, "later"),
            ],
            at(1),
        )
        .await;
    let first = match &answers[0] {
        Ok(Outcome::Appended(message)) => message.id,
        other => panic!("{other:?}"),
    };
    assert!(matches!(&answers[1], Ok(Outcome::Repeated(message)) if message.id == first));
    assert!(matches!(&answers[2], Ok(Outcome::Repeated(message)) if message.id == first));
    assert!(matches!(&answers[3], Ok(Outcome::Appended(_))));
    assert!(matches!(&answers[4], Err(ChangeError::NoSuchReply)));
    assert!(matches!(&answers[5], Ok(Outcome::Appended(message)) if message.seq == 2));
    world.assert_no_holes(room).await;
    world.assert_no_holes(other).await;
}

pub(super) async fn a_read_only_room_takes_nothing_new_but_gives_repeats(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.friends.befriend(a, b, at(0)).await.unwrap().room.id;
    let sent = Change::Append(draft_with_id(room, a, "before", "one"));
    let before = message_of(world.apply(sent.clone()).await.unwrap());
    world.friends.unfriend(a, b, at(1)).await.unwrap();
    assert!(matches!(
        world.apply(Change::Append(draft(room, a, "after"))).await,
        Err(ChangeError::ReadOnly)
    ));
    assert!(matches!(
        world.apply(edit(&before, "after")).await,
        Err(ChangeError::ReadOnly)
    ));
    assert!(matches!(
        world.apply(react(&before, b, "👍", true)).await,
        Err(ChangeError::ReadOnly)
    ));
    assert!(matches!(world.apply(sent).await, Ok(Outcome::Repeated(_))));
    let recalled = world.apply(recall(&before, a)).await.unwrap();
    assert!(
        message_of(recalled).is_recalled(),
        "one's words can always be taken back"
    );
}

pub(super) async fn a_reply_stays_in_its_room(world: &World) {
    let a = world.user("a").await;
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    let answered = world.say(room, a, "question").await;
    let reply = |room, id| {
        let mut reply = draft(room, a, "answer");
        reply.reply_id = Some(id);
        Change::Append(reply)
    };
    let stored = message_of(world.apply(reply(room, answered.id)).await.unwrap());
    assert_eq!(stored.reply_id, Some(answered.id));
    assert_eq!(world.stored_message(stored.id).await, stored);
    let elsewhere = world.apply(reply(other, answered.id)).await;
    assert!(matches!(elsewhere, Err(ChangeError::NoSuchReply)));
    let nothing = world.apply(reply(room, MessageId(999_999))).await;
    assert!(matches!(nothing, Err(ChangeError::NoSuchReply)));
}

pub(super) async fn an_edit_changes_words_and_takes_a_rev(world: &World) {
    let a = world.user("a").await;
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    let message = world.say(room, a, "frist").await;
    world.say(room, a, "second").await;
    let edited = message_of(world.apply_at(edit(&message, "first"), at(9)).await.unwrap());
    assert_eq!((edited.seq, edited.rev, edited.is_edited), (1, 3, true));
    assert_eq!((edited.created_at, edited.updated_at), (at(1), at(9)));
    assert_eq!(world.stored_message(message.id).await, edited);
    let again = world.apply(edit(&message, "first")).await.unwrap();
    assert!(matches!(again, Outcome::Unchanged(_)));
    let mut misplaced = message.clone();
    misplaced.room_id = other;
    assert!(matches!(
        world.apply(edit(&misplaced, "x")).await,
        Err(ChangeError::NoSuchMessage)
    ));
    world.apply(recall(&message, a)).await.unwrap();
    assert!(matches!(
        world.apply(edit(&message, "x")).await,
        Err(ChangeError::NoSuchMessage)
    ));
    let mut file = draft(room, a, "x");
    file.content = Content::Media(super::build::media("k", "f", Some("caption")));
    let file = message_of(world.apply(Change::Append(file)).await.unwrap());
    assert!(matches!(
        world.apply(edit(&file, "x")).await,
        Err(ChangeError::NoSuchMessage)
    ));
    world.assert_no_holes(room).await;
}

pub(super) async fn a_recall_wipes_the_message_for_good(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let message = world.say(room, a, "secret words").await;
    world.apply(react(&message, b, "👍", true)).await.unwrap();
    let recalled = message_of(world.apply_at(recall(&message, b), at(9)).await.unwrap());
    assert_eq!((recalled.seq, recalled.rev, recalled.author), (1, 3, Some(a)));
    assert_eq!(recalled.content, Content::Recalled { operator: b });
    assert!(recalled.reactions.is_empty());
    assert_eq!(world.stored_message(message.id).await, recalled);
    match world.apply(recall(&message, a)).await.unwrap() {
        Outcome::Unchanged(again) => assert_eq!(again, recalled),
        outcome => panic!("{outcome:?}"),
    }
    let mut nothing = message.clone();
    nothing.id = MessageId(999_999);
    assert!(matches!(
        world.apply(recall(&nothing, a)).await,
        Err(ChangeError::NoSuchMessage)
    ));
    if world.db.is_some() {
        let left = "SELECT COUNT(*) FROM messages WHERE text_message IS NOT NULL OR media_message IS NOT NULL";
        assert_eq!(world.number(left).await, 0);
        assert_eq!(world.number("SELECT COUNT(*) FROM reactions").await, 0);
        assert_eq!(world.number("SELECT COUNT(*) FROM message_search").await, 0);
    }
    world.assert_no_holes(room).await;
}

pub(super) async fn notices_cannot_be_edited_recalled_or_reacted_to(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a]).await;
    let change = super::member::addition(room, b, domain::member::Role::Member, Some(a));
    world.apply(change).await.unwrap();
    let notice = world
        .messages
        .history(room, Anchor::Newest, 1)
        .await
        .unwrap()
        .pop()
        .unwrap();
    for change in [edit(&notice, "x"), recall(&notice, a), react(&notice, a, "👍", true)] {
        assert!(matches!(world.apply(change).await, Err(ChangeError::NoSuchMessage)));
    }
    assert_eq!(world.stored_room(room).await.last_rev, 1);
}

pub(super) async fn a_batch_keeps_the_order_within_a_room(world: &World) {
    let a = world.user("a").await;
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    let first = world.say(room, a, "first").await;
    let append = |room, words: &str| Change::Append(draft(room, a, words));
    let answers = world
        .log
        .commit(
            vec![
                append(room, "two"),
                edit(&first, "edited"),
                append(other, "one"),
                append(room, "three"),
                recall(&first, a),
                edit(&first, "too late"),
                append(other, "two"),
                append(room, "four"),
            ],
            at(1),
        )
        .await;
    let places: Vec<Option<(i64, i64)>> = answers
        .into_iter()
        .map(|answer| answer.ok().map(message_of).map(|message| (message.seq, message.rev)))
        .collect();
    let expected = [
        Some((2, 2)),
        Some((1, 3)),
        Some((1, 1)),
        Some((3, 4)),
        Some((1, 5)),
        None,
        Some((2, 2)),
        Some((4, 6)),
    ];
    assert_eq!(places, expected);
    world.assert_no_holes(room).await;
    world.assert_no_holes(other).await;
}

pub(super) async fn a_message_moves_its_room_to_the_front(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let message = message_of(
        world
            .apply_at(Change::Append(draft(room, a, "hi")), at(50))
            .await
            .unwrap(),
    );
    assert_eq!(world.stored_room(room).await.updated_at, at(50));
    world.apply_at(react(&message, a, "👍", true), at(60)).await.unwrap();
    assert_eq!(
        world.stored_room(room).await.updated_at,
        at(50),
        "a reaction is no activity"
    );
    world
        .apply_at(Change::Append(draft(room, a, "hi")), Timestamp(5))
        .await
        .unwrap();
    assert_eq!(
        world.stored_room(room).await.updated_at,
        at(50),
        "a clock that went back moves nothing back"
    );
}

pub(super) async fn an_empty_batch_has_no_answers(world: &World) {
    assert!(world.log.commit(Vec::new(), at(0)).await.is_empty());
}

pub(super) async fn a_poisoned_change_fails_alone(world: &World) {
    if world.db.is_none() {
        return;
    }
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    // Nobody of that id exists, which the notice's foreign key notices.
    let subject = world.user("b").await;
    let poisoned = super::member::addition(room, subject, domain::member::Role::Member, Some(UserId(999_999)));
    let answers = world
        .log
        .commit(
            vec![
                Change::Append(draft_with_id(room, a, "one", "one")),
                poisoned,
                Change::Append(draft_with_id(room, a, "two", "two")),
            ],
            at(1),
        )
        .await;
    assert!(matches!(&answers[0], Ok(Outcome::Appended(message)) if message.seq == 1));
    assert!(matches!(&answers[1], Err(ChangeError::Port(_))));
    assert!(matches!(&answers[2], Ok(Outcome::Appended(message)) if message.seq == 2));
    assert!(
        world.rooms.member(room, subject).await.unwrap().is_none(),
        "nothing of it is stored"
    );
    world.assert_no_holes(room).await;
}
