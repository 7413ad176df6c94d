//! Rooms and where their members stand.

use domain::media::Scene;
use domain::member::Role;
use domain::message::Anchor;
use domain::port::{Change, MembersPage, RoomPage};
use domain::room::{JoinPolicy, NewRoom, OpenRoomsPage, RoomChange, RoomName};
use domain::search::SearchQuery;
use domain::{RoomId, UserId};

use super::build::{at, draft, message_of, upload};
use super::world::World;

pub(super) async fn a_new_room_has_its_people_in_their_strongest_roles(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    world.picture("x", a, Scene::Room).await;
    let nobody = UserId(999_999);
    let new = NewRoom {
        name: RoomName::parse("团队 😀").unwrap(),
        image: "/uploads/x".to_owned(),
        join_policy: JoinPolicy::Invite,
        creator: Some(a),
        admins: vec![b, a, nobody],
        members: vec![c, b, c, nobody],
        is_lobby: false,
        created_at: at(3),
    };
    let room = world.rooms.create(new).await.unwrap();
    assert_eq!((room.member_count, room.last_seq, room.last_rev), (3, 0, 0));
    assert_eq!((room.name.as_str(), room.image.as_str()), ("团队 😀", "/uploads/x"));
    assert_eq!(
        (room.join_policy, room.is_lobby, room.is_read_only),
        (JoinPolicy::Invite, false, false)
    );
    assert_eq!((room.created_at, room.updated_at, room.pair), (at(3), at(3), None));
    assert_eq!(world.stored_room(room.id).await, room);
    let page = MembersPage { after: None, limit: 9 };
    let members = world.rooms.members(room.id, page).await.unwrap();
    let roles: Vec<_> = members.iter().map(|one| (one.user_id, one.role)).collect();
    assert_eq!(roles, [(a, Role::Creator), (b, Role::Admin), (c, Role::Member)]);
    assert!(members.iter().all(|one| one.joined_at == at(3) && one.read_seq == 0));
    assert!(world.rooms.get_many(&[RoomId(999_999)]).await.unwrap().is_empty());
    assert!(world.rooms.get_many(&[]).await.unwrap().is_empty());
}

pub(super) async fn the_lobby_is_made_once(world: &World) {
    let asking: Vec<_> = (0..8)
        .map(|n| {
            let rooms = world.rooms.clone();
            tokio::spawn(async move { rooms.lobby(&format!("Lobby {n}"), at(n)).await.unwrap() })
        })
        .collect();
    let mut lobbies = Vec::new();
    for one in asking {
        lobbies.push(one.await.unwrap());
    }
    lobbies.dedup();
    assert_eq!(lobbies.len(), 1);
    assert!(lobbies[0].is_lobby && lobbies[0].join_policy == JoinPolicy::Open);
    let second = NewRoom {
        name: RoomName::parse("second").unwrap(),
        image: String::new(),
        join_policy: JoinPolicy::Open,
        creator: None,
        admins: Vec::new(),
        members: Vec::new(),
        is_lobby: true,
        created_at: at(0),
    };
    assert!(world.rooms.create(second).await.is_err());
}

pub(super) async fn rooms_are_listed_newest_activity_first_in_pages(world: &World) {
    let (me, other) = (world.user("me").await, world.user("other").await);
    let mut rooms = Vec::new();
    for name in ["one", "two", "three", "four"] {
        rooms.push(world.room(name, &[me, other]).await);
    }
    let foreign = world.room("foreign", &[other]).await;
    for (room, millis) in [(0, 30), (2, 20), (1, 20)] {
        let change = Change::Append(draft(rooms[room], me, "hi"));
        world.apply_at(change, at(millis)).await.unwrap();
    }
    let order = [rooms[0], rooms[2], rooms[1], rooms[3]];
    let mut listed = Vec::new();
    let mut after = None;
    loop {
        let page = world.rooms.list_of(me, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(RoomPage {
            updated_at: last.updated_at,
            id: last.id,
        });
        listed.extend(page.iter().map(|room| room.id));
    }
    assert_eq!(listed, order);
    let mut positions = world.rooms.positions_of(me).await.unwrap();
    positions.sort_unstable_by_key(|position| position.room_id);
    let heads = world.rooms.heads(me, Some(&rooms)).await.unwrap();
    let mut stand: Vec<_> = heads
        .iter()
        .map(|head| (head.id, head.last_seq, head.last_rev))
        .collect();
    stand.sort_unstable();
    let positions: Vec<_> = positions.iter().map(|at| (at.room_id, at.seq, at.rev)).collect();
    assert_eq!((positions.len(), positions), (rooms.len(), stand));
    let mut ids = world.rooms.ids_of_each(&[me, other, UserId(999_999)]).await.unwrap();
    ids.sort_unstable();
    let mine = rooms.iter().map(|room| (me, *room));
    let others = rooms.iter().chain([&foreign]).map(|room| (other, *room));
    assert_eq!(ids, mine.chain(others).collect::<Vec<_>>());
    assert_eq!(world.rooms.ids_of_each(&[]).await.unwrap(), []);
    let heads = world.rooms.heads(me, None).await.unwrap();
    assert_eq!(heads.iter().map(|head| head.id).collect::<Vec<_>>(), order);
}

pub(super) async fn open_rooms_are_found_by_any_part_of_their_name(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    world.friends.befriend(a, b, at(0)).await.unwrap();
    let room = world.room("Café Zürich 苏黎世", &[a]).await;
    let closed = world.room("Café closed", &[a]).await;
    let change = |room_id, change| Change::Update {
        room_id,
        change,
        notice: None,
    };
    let invite = RoomChange {
        join_policy: Some(JoinPolicy::Invite),
        ..RoomChange::default()
    };
    world.apply(change(closed, invite)).await.unwrap();
    let found = async |name: &str| -> Vec<RoomId> {
        let page = OpenRoomsPage {
            name: SearchQuery::parse_optional(Some(name)).unwrap(),
            after: None,
            limit: 9,
        };
        let rooms = world.rooms.open(b, &page).await.unwrap();
        rooms.iter().map(|open| open.room.id).collect()
    };
    for part in ["", " ", "Café", "CAFE z", "ürich", "苏黎", "世"] {
        assert_eq!(found(part).await, [room], "{part}");
    }
    for part in ["closed", "%", "_", "zurichh"] {
        assert!(found(part).await.is_empty(), "{part}");
    }
    let rename = RoomChange {
        name: Some(RoomName::parse("100% Basel").unwrap()),
        ..RoomChange::default()
    };
    world.apply(change(room, rename)).await.unwrap();
    assert_eq!(found("0% b").await, [room]);
    assert!(found("cafe").await.is_empty());
}

pub(super) async fn open_rooms_come_in_pages_and_tell_who_is_in(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let mut expected = Vec::new();
    for n in 0..5 {
        let people = if n % 2 == 0 { vec![a] } else { vec![a, b] };
        expected.push((world.room(&format!("room {n}"), &people).await, n % 2 == 1));
    }
    let mut listed = Vec::new();
    loop {
        let page = OpenRoomsPage {
            name: None,
            after: listed.last().map(|(id, _)| *id),
            limit: 2,
        };
        let rooms = world.rooms.open(b, &page).await.unwrap();
        if rooms.is_empty() {
            break;
        }
        listed.extend(rooms.iter().map(|open| (open.room.id, open.is_joined)));
    }
    assert_eq!(listed, expected);
}

pub(super) async fn a_deleted_room_leaves_nothing_but_its_uploads_to_tidy(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, kept) = (world.room("room", &[a, b]).await, world.room("kept", &[a, b]).await);
    world.uploads.insert(&upload("k1", a)).await.unwrap();
    let mut carrying = draft(room, a, "with a file");
    carrying.upload_key = Some("k1".to_owned());
    let message = message_of(world.apply(Change::Append(carrying)).await.unwrap());
    world.apply(super::build::react(&message, b, "👍", true)).await.unwrap();
    let other = world.say(kept, b, "with a file too").await;
    let deleted = world.rooms.delete(room, &[], at(9)).await.unwrap().unwrap();
    assert_eq!(deleted.members, [a, b]);
    assert!(world.rooms.delete(room, &[], at(10)).await.unwrap().is_none());
    assert!(world.rooms.get_many(&[room]).await.unwrap().is_empty());
    assert!(world.rooms.member(room, a).await.unwrap().is_none());
    assert!(
        world
            .messages
            .history(room, Anchor::Newest, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(world.messages.get_many(&[message.id]).await.unwrap().is_empty());
    assert!(!world.uploads.is_readable_by("k1", a).await.unwrap());
    assert_eq!(world.uploads.get("k1").await.unwrap().unwrap().deleted_at, Some(at(9)));
    assert_eq!(super::search::found(world, a, "file").await, [other.id]);
    let append = world.apply(Change::Append(draft(room, a, "too late"))).await;
    assert!(matches!(append, Err(domain::port::ChangeError::NotMember)));
    if world.db.is_some() {
        assert_eq!(world.number("SELECT COUNT(*) FROM reactions").await, 0);
        assert_eq!(world.number("SELECT COUNT(*) FROM message_search").await, 1);
    }
}
