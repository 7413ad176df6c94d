//! Friendships.

use domain::UserId;
use domain::member::Role;
use domain::port::MembersPage;
use domain::room::ChannelType;

use super::build::at;
use super::world::World;

pub(super) async fn a_pair_has_one_room_for_ever(world: &World) {
    let (a, b) = (world.user("alice").await, world.user("bob").await);
    let first = world.friends.befriend(b, a, at(1)).await.unwrap();
    assert!(first.is_new);
    assert_eq!(first.room.channel_type, ChannelType::Private);
    assert_eq!(first.room.pair, Some((a, b)));
    assert_eq!(first.room.member_count, 2);
    let again = world.friends.befriend(a, b, at(2)).await.unwrap();
    assert!(!again.is_new);
    assert_eq!(again.room, first.room);
    assert_eq!(world.stored_room(first.room.id).await, first.room);
    let page = MembersPage { after: None, limit: 9 };
    let members = world.rooms.members(first.room.id, page).await.unwrap();
    assert_eq!(members.iter().map(|one| one.user_id).collect::<Vec<_>>(), [a, b]);
    assert!(members.iter().all(|one| one.role == Role::Member));
    assert_eq!(world.friends.friends(a, None, 9).await.unwrap(), [b]);
    assert_eq!(world.friends.friends(b, None, 9).await.unwrap(), [a]);
}

pub(super) async fn both_sides_befriend_at_once_and_get_one_room(world: &World) {
    let (a, b) = (world.user("alice").await, world.user("bob").await);
    let asking: Vec<_> = (0..10)
        .map(|n| {
            let friends = world.friends.clone();
            let (one, other) = if n % 2 == 0 { (a, b) } else { (b, a) };
            tokio::spawn(async move { friends.befriend(one, other, at(1)).await.unwrap() })
        })
        .collect();
    let mut rooms = Vec::new();
    let mut new = 0;
    for one in asking {
        let befriended = one.await.unwrap();
        rooms.push(befriended.room.id);
        new += i32::from(befriended.is_new);
    }
    rooms.dedup();
    assert_eq!((rooms.len(), new), (1, 1));
    assert_eq!(world.stored_room(rooms[0]).await.member_count, 2);
}

pub(super) async fn the_end_of_a_friendship_makes_the_room_read_only_until_the_next(world: &World) {
    let (a, b) = (world.user("alice").await, world.user("bob").await);
    assert!(world.friends.unfriend(a, b, at(0)).await.unwrap().is_none());
    let room = world.friends.befriend(a, b, at(1)).await.unwrap().room;
    world.say(room.id, a, "hello").await;
    let ended = world.friends.unfriend(b, a, at(5)).await.unwrap().unwrap();
    assert!(ended.is_read_only);
    assert_eq!((ended.id, ended.last_seq, ended.updated_at), (room.id, 1, at(5)));
    assert!(world.friends.unfriend(b, a, at(6)).await.unwrap().is_none());
    assert!(world.friends.friends(a, None, 9).await.unwrap().is_empty());
    assert!(world.friends.friends(b, None, 9).await.unwrap().is_empty());
    let again = world.friends.befriend(b, a, at(7)).await.unwrap();
    assert!(again.is_new && !again.room.is_read_only);
    assert_eq!((again.room.id, again.room.member_count), (room.id, 2));
    world.say(room.id, b, "again").await;
}

pub(super) async fn friends_come_in_pages(world: &World) {
    let me = world.user("me").await;
    let mut others = Vec::new();
    for n in 0..5 {
        let other = world.user(&format!("other{n}")).await;
        world.friends.befriend(me, other, at(n)).await.unwrap();
        others.push(other);
    }
    assert_eq!(world.friends.friends(me, None, 2).await.unwrap(), others[0..2]);
    assert_eq!(
        world.friends.friends(me, Some(others[1]), 2).await.unwrap(),
        others[2..4]
    );
    assert_eq!(
        world.friends.friends(me, Some(others[3]), 2).await.unwrap(),
        others[4..]
    );
}

pub(super) async fn strangers_to_the_database_cannot_be_friends(world: &World) {
    let me = world.user("me").await;
    assert!(world.friends.befriend(me, UserId(999_999), at(0)).await.is_err());
    assert!(
        world.rooms.positions_of(me).await.unwrap().is_empty(),
        "nothing is stored"
    );
}
