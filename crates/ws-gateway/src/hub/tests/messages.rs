//! Tests of messages: to every member, encoded once but for own reactions.

use allocation_counter::measure;

use super::builders::text;
use super::*;
use crate::{encode, message_json};
use domain::message::{Emoji, MessageDetail, Reaction};
use wire::message::MessageView;

use crate::encode::Push;
use crate::hub::Forms;
use crate::hub::shard::{Command, Telling, Whom};

fn stored(detail: MessageDetail) -> Event {
    Event::MessageStored(Arc::new(detail))
}

fn changed(detail: MessageDetail) -> Event {
    Event::MessageChanged(Arc::new(detail))
}

fn reaction(emoji: &str, users: &[UserId]) -> Reaction {
    Reaction {
        emoji: Emoji::from_stored(emoji.to_owned()),
        users: users.to_vec(),
    }
}

#[test]
fn a_message_goes_to_every_member_its_author_included() {
    let scene = Scene::new();
    scene.tell(stored(text(ROOM, ALICE, "hi")));
    scene.assert_told("onMessage", MEMBERS);
    scene.tell(changed(text(ROOM, ALICE, "hi")));
    scene.assert_told("onMessageUpdated", MEMBERS);
    scene.tell(stored(text(RoomId(300), ALICE, "hi")));
    scene.assert_told("onMessage", &[]);
}

#[test]
fn a_message_carries_what_the_demo_client_reads_and_an_update_does_not() {
    let scene = Scene::new();
    scene.tell(stored(text(ROOM, ALICE, "hi 😁")));
    let push = scene.push_to("bob");
    assert_eq!(push["name"], "user1");
    assert_eq!(push["content"], "hi 😁");
    assert_eq!(push["textMessage"]["text"], "hi 😁");
    pushes(scene.outbox("alice"));
    scene.tell(changed(text(ROOM, ALICE, "hi")));
    assert_eq!(scene.push_to("alice").get("content"), None);
}

#[test]
fn everybody_gets_the_same_bytes() {
    let scene = Scene::new();
    scene.tell(stored(text(ROOM, ALICE, "hi")));
    let chunk = |name: &str| crate::transport::testing::next_chunk(scene.outbox(name));
    assert_eq!(chunk("alice"), chunk("bob"));
}

/// The answer that gives a message, and the same as it is written afresh.
fn answers(detail: &MessageDetail) -> [Value; 2] {
    let fresh = encode::success(&MessageView::new(detail, Some(BOB))).unwrap();
    let json = [message_json::answer(detail, BOB, Form::Full).unwrap(), fresh];
    json.map(|json| serde_json::from_slice(&json).unwrap())
}

#[test]
fn the_answer_to_the_sender_is_what_the_push_has_already() {
    for (event, detail) in [
        (Event::MessageStored as fn(_) -> _, text(ROOM, ALICE, "hi 😁")),
        (Event::MessageChanged, text(ROOM, ALICE, "hi")),
    ] {
        let scene = Scene::new();
        let detail = Arc::new(detail);
        let [unpushed, fresh] = answers(&detail);
        assert_eq!(unpushed, fresh);
        scene.tell(event(Arc::clone(&detail)));
        assert!(detail.memo.get().is_some());
        let mut push = scene.push_to("bob");
        for words in ["name", "content"] {
            push.as_object_mut().unwrap().remove(words);
        }
        let [kept, fresh] = answers(&detail);
        assert_eq!((&kept, &kept["data"]), (&fresh, &push));
    }
}

#[test]
fn each_connection_gets_the_form_that_it_reads_and_no_other_is_written() {
    let mut scene = Scene::new();
    scene.connect_in(Form::Compact, "bob's app", BOB, SessionId(22), &[ROOM]);
    let detail = Arc::new(text(ROOM, ALICE, "hi"));
    for (event, route) in [
        (Event::MessageStored as fn(_) -> _, "onMessage"),
        (Event::MessageChanged, "onMessageUpdated"),
    ] {
        scene.tell(event(Arc::clone(&detail)));
        let told = pushes(scene.outbox("bob's app"));
        let compact = json!(MessageView::new(&detail, None).in_form(Form::Compact));
        assert_eq!(told, [(route.to_owned(), compact)]);
        assert_eq!(scene.push_to("bob")["channelId"], 100);
        let answer = message_json::answer(&detail, BOB, Form::Compact).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(answer["data"], told[0].1);
    }

    let forms = Forms {
        full: false,
        compact: true,
    };
    let push = message_json::push("onMessage", &text(ROOM, ALICE, "hi"), None, forms).unwrap();
    assert_eq!(push.packet, None);
    assert_eq!(push.packet_for(Form::Compact), push.compact.as_ref());
}

#[test]
fn own_reactions_are_told_in_each_form() {
    let mut scene = Scene::new();
    scene.connect_in(Form::Compact, "bob's app", BOB, SessionId(22), &[ROOM]);
    let mut detail = text(ROOM, ALICE, "hi");
    detail.message.reactions = vec![reaction("👍", &[BOB])];
    scene.tell(changed(detail));
    let app = scene.push_to("bob's app");
    assert_eq!(
        (&app["reactions"][0]["mine"], app.get("channelId")),
        (&json!(true), None)
    );
    let other = scene.push_to("bob");
    assert_eq!(
        (&other["reactions"][0]["mine"], &other["channelId"]),
        (&json!(true), &json!(100))
    );
}

#[test]
fn an_answer_has_the_readers_own_reactions_and_is_never_cut() {
    let mut detail = text(ROOM, ALICE, "hi");
    detail.message.reactions = vec![reaction("👍", &[BOB])];
    Scene::new().tell(changed(detail.clone()));
    let [answer, fresh] = answers(&detail);
    assert_eq!(answer, fresh);
    assert_eq!(answer["data"]["reactions"][0]["mine"], true);

    let long = "😁".repeat(4000);
    let mut detail = text(ROOM, ALICE, &long);
    detail.reply = Some(Arc::new(text(ROOM, BOB, &long)));
    let detail = Arc::new(detail);
    Scene::new().tell(Event::MessageStored(Arc::clone(&detail)));
    let [answer, fresh] = answers(&detail);
    assert_eq!(answer, fresh);
    assert_eq!(answer["data"]["reply"]["textMessage"]["text"], long);
}

#[test]
fn each_sees_their_own_reactions_as_theirs() {
    let scene = Scene::new();
    let mut detail = text(ROOM, ALICE, "hi");
    detail.message.reactions = vec![reaction("👍", &[BOB, DAVE]), reaction("❤️", &[ALICE, BOB])];
    scene.tell(changed(detail));
    let mine = |name: &str| {
        let push = scene.push_to(name);
        [
            push["reactions"][0]["mine"].clone(),
            push["reactions"][1]["mine"].clone(),
        ]
    };
    assert_eq!(mine("alice"), [false, true]);
    assert_eq!(mine("alice's phone"), [false, true]);
    assert_eq!(mine("bob"), [true, true]);
}

#[test]
fn reactions_to_the_answered_message_are_each_ones_own_as_well() {
    let scene = Scene::new();
    let mut answered = text(ROOM, BOB, "hi");
    answered.message.reactions = vec![reaction("👍", &[BOB])];
    let mut detail = text(ROOM, ALICE, "hello");
    detail.reply = Some(Arc::new(answered));
    scene.tell(stored(detail));
    let mine = |name: &str| scene.push_to(name)["reply"]["reactions"][0]["mine"].clone();
    assert_eq!(mine("alice"), false);
    assert_eq!(mine("bob"), true);
}

#[test]
fn a_push_too_large_for_browsers_loses_what_it_repeats_first() {
    let scene = Scene::new();
    let long = "😁".repeat(4000);
    scene.tell(stored(text(ROOM, ALICE, &long)));
    let push = scene.push_to("bob");
    assert_eq!(push["content"], "");
    assert_eq!(push["textMessage"]["text"], long);

    let mut detail = text(ROOM, ALICE, &long);
    detail.message.reply_id = Some(domain::MessageId(7));
    detail.reply = Some(Arc::new(text(ROOM, BOB, &long)));
    scene.tell(stored(detail));
    let pushes = pushes(scene.outbox("alice"));
    let (_, push) = &pushes[1];
    assert_eq!(push["reply"], Value::Null);
    assert_eq!(push["replyId"], 7);
    assert_eq!(push["textMessage"]["text"], long);
}

#[test]
fn a_turn_full_of_large_messages_makes_nobody_slow() {
    let scene = Scene::new();
    for _ in 0..60 {
        scene.hub.deliver(&stored(text(ROOM, ALICE, &"x".repeat(20_000))));
    }
    let mut commands = std::iter::from_fn(|| scene.commands.borrow_mut().try_recv().ok());
    let mut turns = 0;
    let mut heard = 0;
    while heard < 60 {
        scene.shard.apply(&mut commands, &mut 0);
        turns += 1;
        heard += pushes(scene.outbox("bob")).len();
        for other in ["alice", "alice's phone"] {
            pushes(scene.outbox(other));
        }
        assert_eq!(scene.hub.counters.slow.get(), 0);
    }
    assert!((4..60).contains(&turns), "{turns}");
}

#[test]
fn a_delivery_asks_for_no_memory() {
    let scene = Scene::new();
    let push =
        |words: &str| message_json::push("onMessage", &text(ROOM, ALICE, words), None, scene.hub.index().forms());
    let tell = |push: Push| Telling::new(Whom::Members(ROOM), push);
    let mut sink = Vec::new();
    for words in ["first", "second"] {
        let telling = tell(push(words).unwrap());
        // As for another shard, which shares the bytes.
        sink.push(telling.clone());
        let mut commands = std::iter::once(Command::Tell(telling));
        let asked = measure(|| scene.shard.apply(&mut commands, &mut 0)).count_total;
        // Queues begin without memory.
        assert!(words == "first" || asked == 0, "{asked} allocations");
        for name in MEMBERS {
            assert_eq!(pushes(scene.outbox(name)).len(), 1);
        }
    }
}
