//! Rooms: coming, going, and who is told.

use domain::room::JoinPolicy;
use domain::{Event, RemovalReason};
use service::Error;
use service::room::{CreateRoom, UpdateRoom};

use crate::world::{World, text_message};

#[tokio::test]
async fn who_leaves_hears_of_it_before_the_room_goes_on() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    world.heard();
    world.rooms.remove_member(&bob, room, bob.user_id).await.expect("left");
    world.say(&alice, room, "bye").await;
    let heard = world.heard();
    let [removed, notice, message] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    let Event::MemberRemoved { user_id, reason, .. } = &**removed else {
        panic!("{removed:?}")
    };
    assert_eq!((*user_id, *reason), (bob.user_id, RemovalReason::Left));
    assert!(matches!(
        (&**notice, &**message),
        (Event::MessageStored(_), Event::MessageStored(_))
    ));
    assert!(matches!(
        world.messages.send(&bob, text_message(room, "hello?")).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn joining_twice_changes_nothing_and_invite_rooms_do_not_exist_for_outsiders() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let open = world.room(&alice, &[]).await.room.id;
    assert!(world.rooms.join(&bob, Some(open)).await.expect("in").is_new);
    let again = world.rooms.join(&bob, Some(open)).await.expect("in");
    assert!(!again.is_new);
    assert_eq!((again.detail.room.member_count, again.detail.room.last_seq), (2, 1));
    let wish = CreateRoom {
        name: "Secret".into(),
        join_policy: Some(JoinPolicy::Invite),
        ..CreateRoom::default()
    };
    let secret = world.rooms.create(&alice, wish).await.expect("a room").room.id;
    assert!(matches!(
        world.rooms.join(&bob, Some(secret)).await,
        Err(Error::NotFound)
    ));
    let add = UpdateRoom {
        members: vec![bob.user_id],
        ..UpdateRoom::default()
    };
    world.rooms.update(&alice, secret, add).await.expect("added");
    assert!(world.rooms.get(&bob, secret).await.is_ok());
}

#[tokio::test]
async fn everybody_is_in_the_lobby_and_a_private_room_is_named_after_the_other() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let lobby = world.rooms.join(&bob, None).await.expect("the lobby");
    assert!(!lobby.is_new);
    assert!(lobby.member_ids.contains(&alice.user_id));
    let private = world.friends.add(&alice, bob.user_id).await.expect("friends");
    assert!(private.room.name.starts_with("bob"));
    let seen = world
        .rooms
        .as_seen_by(private.room.id, &[alice.user_id, bob.user_id])
        .await
        .expect("views");
    let name_for = |who| {
        seen.iter()
            .find(|(user, _)| *user == who)
            .map(|(_, room)| room.room.name.clone())
    };
    assert!(name_for(bob.user_id).is_some_and(|name| name.starts_with("alice")));
    let leave = world.rooms.remove_member(&alice, private.room.id, alice.user_id).await;
    assert!(matches!(leave, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn rooms_are_listed_by_their_newest_activity_page_by_page() {
    let world = World::new();
    let alice = world.person("alice").await;
    let mut rooms = Vec::new();
    for _ in 0..5 {
        world.pass(std::time::Duration::from_secs(1));
        rooms.push(world.room(&alice, &[]).await.room.id);
    }
    world.pass(std::time::Duration::from_secs(1));
    world.say(&alice, rooms[1], "newest").await;
    let mut listed = Vec::new();
    let mut after = None;
    loop {
        let page = world.rooms.list(&alice, after, 2).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(last.room.id);
        listed.extend(page.iter().map(|detail| detail.room.id));
    }
    let lobby = *listed.last().expect("the lobby");
    assert_eq!(listed, [rooms[1], rooms[4], rooms[3], rooms[2], rooms[0], lobby]);
}

#[tokio::test]
async fn the_admins_of_the_server_look_after_the_lobby_and_nothing_else() {
    let world = World::new();
    let (admin, bob, carol) = (
        world.person("admin").await,
        world.person("bob").await,
        world.person("carol").await,
    );
    let lobby = world.rooms.join(&bob, None).await.expect("the lobby").detail.room.id;
    let spam = world.say(&bob, lobby, "spam").await.message.id;
    let refused = world.messages.recall(&carol, spam).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    world.messages.recall(&admin, spam).await.expect("taken back");
    let removed = world.rooms.remove_member(&carol, lobby, bob.user_id).await;
    assert!(matches!(removed, Err(Error::Forbidden(_))), "{removed:?}");
    world
        .rooms
        .remove_member(&admin, lobby, bob.user_id)
        .await
        .expect("removed");
    let deleted = world.rooms.delete(&admin, lobby).await;
    assert!(
        matches!(deleted, Err(Error::Forbidden(_))),
        "nobody deletes the lobby: {deleted:?}"
    );
    let room = world.room(&bob, &[&admin, &carol]).await.room.id;
    let words = world.say(&carol, room, "ours").await.message.id;
    let refused = world.messages.recall(&admin, words).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
}
