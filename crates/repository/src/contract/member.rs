//! Memberships and other changes to a room.

use domain::media::Scene;
use domain::member::{Member, Role};
use domain::message::{Message, NoticeKind};
use domain::port::{Change, ChangeError, MemberAddition, MembersPage, Outcome};
use domain::room::{JoinPolicy, RoomChange, RoomName};
use domain::{RoomId, UserId};

use super::build::{at, draft, notice, remove};
use super::world::World;

/// One more member, with a notice when `actor` did it.
pub(super) fn addition(room_id: RoomId, user_id: UserId, role: Role, actor: Option<UserId>) -> Change {
    Change::AddMembers {
        room_id,
        additions: vec![MemberAddition {
            user_id,
            role,
            notice: actor.map(|actor| notice(NoticeKind::MemberAdded, Some(actor), user_id)),
        }],
        invitation: None,
    }
}

fn added(outcome: Outcome) -> (Vec<Member>, Vec<Member>, Vec<Message>) {
    match outcome {
        Outcome::MembersAdded {
            added, raised, notices, ..
        } => (added, raised, notices),
        other => panic!("{other:?}"),
    }
}

pub(super) async fn members_come_in_pages_by_rising_id(world: &World) {
    let mut people = Vec::new();
    for n in 0..5 {
        people.push(world.user(&format!("p{n}")).await);
    }
    let room = world.room("room", &people).await;
    let mut listed = Vec::new();
    let mut after = None;
    loop {
        let page = world
            .rooms
            .members(room, MembersPage { after, limit: 2 })
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.user_id);
        listed.extend(page.iter().map(|one| one.user_id));
    }
    assert_eq!(listed, people);
}

pub(super) async fn leading_members_are_all_leaders_and_the_first_others(world: &World) {
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(world.user(&format!("p{n}")).await);
    }
    let (one, two) = (world.room("one", &people).await, world.room("two", &people[4..]).await);
    world.apply(addition(one, people[5], Role::Admin, None)).await.unwrap();
    let leading = async |plain| -> Vec<(RoomId, UserId)> {
        let found = world.rooms.leading_members(&[one, two], plain).await.unwrap();
        let mut found: Vec<_> = found.iter().map(|member| (member.room_id, member.user_id)).collect();
        found.sort_unstable();
        found
    };
    let p = &people;
    assert_eq!(
        leading(2).await,
        [
            (one, p[0]),
            (one, p[1]),
            (one, p[2]),
            (one, p[5]),
            (two, p[4]),
            (two, p[5])
        ]
    );
    assert_eq!(leading(0).await, [(one, p[0]), (one, p[5]), (two, p[4])]);
    assert_eq!(leading(100).await.len(), 8);
    assert!(world.rooms.leading_members(&[], 5).await.unwrap().is_empty());
}

pub(super) async fn memberships_are_told_among_given_people(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    let among = world.rooms.members_among(room, &[c, b]).await.unwrap();
    assert_eq!(among.iter().map(|one| one.user_id).collect::<Vec<_>>(), [b]);
    assert!(world.rooms.members_among(room, &[]).await.unwrap().is_empty());
    assert!(world.rooms.member(room, c).await.unwrap().is_none());
}

pub(super) async fn added_people_have_read_everything_so_far(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a]).await;
    world.say(room, a, "before").await;
    let (new, raised, notices) = added(world.apply(addition(room, b, Role::Member, Some(a))).await.unwrap());
    assert!(raised.is_empty());
    assert_eq!((new[0].user_id, new[0].read_seq, new[0].joined_at), (b, 1, at(1)));
    assert_eq!((notices[0].seq, notices[0].rev, notices[0].author), (2, 2, Some(a)));
    assert_eq!(world.rooms.member(room, b).await.unwrap().unwrap(), new[0]);
    assert_eq!(world.head(b, room).await.unread_count, 0);
    let (new, raised, notices) = added(world.apply(addition(room, b, Role::Member, Some(a))).await.unwrap());
    assert!(
        new.is_empty() && raised.is_empty() && notices.is_empty(),
        "nothing changes twice"
    );
    let nobody = added(
        world
            .apply(addition(room, UserId(999_999), Role::Member, Some(a)))
            .await
            .unwrap(),
    );
    assert!(nobody.0.is_empty() && nobody.2.is_empty());
    let nowhere = world.apply(addition(RoomId(999_999), b, Role::Member, None)).await;
    assert!(matches!(nowhere, Err(ChangeError::NotMember)));
    assert_eq!(world.stored_room(room).await.member_count, 2);
    world.assert_no_holes(room).await;
}

pub(super) async fn weaker_roles_are_raised_and_stronger_ones_kept(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    let one = |user_id, role| MemberAddition {
        user_id,
        role,
        notice: Some(notice(NoticeKind::AdminNamed, Some(a), user_id)),
    };
    let change = Change::AddMembers {
        room_id: room,
        additions: vec![
            one(a, Role::Admin),
            one(b, Role::Admin),
            one(c, Role::Member),
            one(c, Role::Admin),
            one(b, Role::Member),
        ],
        invitation: None,
    };
    let (new, raised, notices) = added(world.apply(change).await.unwrap());
    assert_eq!(
        new.iter().map(|one| (one.user_id, one.role)).collect::<Vec<_>>(),
        [(c, Role::Admin)]
    );
    assert_eq!(
        raised.iter().map(|one| (one.user_id, one.role)).collect::<Vec<_>>(),
        [(b, Role::Admin)]
    );
    assert_eq!(notices.iter().map(|one| one.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(world.rooms.member(room, a).await.unwrap().unwrap().role, Role::Creator);
    assert_eq!(world.rooms.member(room, c).await.unwrap().unwrap().role, Role::Admin);
    assert_eq!(world.stored_room(room).await.member_count, 3);
}

pub(super) async fn a_removed_member_cannot_write_in_the_same_batch(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let answers = world
        .log
        .commit(
            vec![
                Change::Append(draft(room, b, "in time")),
                remove(room, b),
                Change::Append(draft(room, b, "too late")),
                Change::Append(draft(room, a, "after")),
                remove(room, b),
            ],
            at(1),
        )
        .await;
    assert!(matches!(&answers[0], Ok(Outcome::Appended(message)) if message.seq == 1));
    assert!(matches!(&answers[1], Ok(Outcome::MemberRemoved(message)) if message.seq == 2));
    assert!(matches!(&answers[2], Err(ChangeError::NotMember)));
    assert!(matches!(&answers[3], Ok(Outcome::Appended(message)) if message.seq == 3));
    assert!(matches!(&answers[4], Err(ChangeError::NotMember)));
    assert!(world.rooms.member(room, b).await.unwrap().is_none());
    assert_eq!(world.stored_room(room).await.member_count, 1);
    world.assert_no_holes(room).await;
}

pub(super) async fn a_creator_hands_over_only_once(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    let hand_over = |from, to| Change::HandOver {
        room_id: room,
        from,
        to,
        notice: notice(NoticeKind::HandedOver, Some(from), to),
    };
    assert!(matches!(
        world.apply(hand_over(a, c)).await,
        Err(ChangeError::NotMember)
    ));
    assert!(matches!(
        world.apply(hand_over(a, a)).await,
        Err(ChangeError::NotMember)
    ));
    let outcome = world.apply(hand_over(a, b)).await.unwrap();
    assert!(matches!(outcome, Outcome::HandedOver(message) if message.seq == 1));
    assert_eq!(world.rooms.member(room, a).await.unwrap().unwrap().role, Role::Admin);
    assert_eq!(world.rooms.member(room, b).await.unwrap().unwrap().role, Role::Creator);
    world.apply(addition(room, c, Role::Member, None)).await.unwrap();
    assert!(matches!(
        world.apply(hand_over(a, c)).await,
        Err(ChangeError::NotMember)
    ));
}

pub(super) async fn a_room_changes_its_name_picture_and_policy(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    world.picture("y", a, Scene::Room).await;
    let update = |change: RoomChange, told: bool| Change::Update {
        room_id: room,
        change,
        notice: told.then(|| notice(NoticeKind::RoomRenamed, Some(a), a)),
    };
    let change = RoomChange {
        name: Some(RoomName::parse("新名").unwrap()),
        join_policy: Some(JoinPolicy::Invite),
        ..RoomChange::default()
    };
    let outcome = world.apply_at(update(change, true), at(5)).await.unwrap();
    assert!(matches!(outcome, Outcome::Updated(Some(message)) if message.seq == 1));
    let change = RoomChange {
        image: Some("/uploads/y".to_owned()),
        ..RoomChange::default()
    };
    let outcome = world.apply_at(update(change, false), at(6)).await.unwrap();
    assert!(matches!(outcome, Outcome::Updated(None)));
    let stored = world.stored_room(room).await;
    assert_eq!((stored.name.as_str(), stored.image.as_str()), ("新名", "/uploads/y"));
    assert_eq!((stored.join_policy, stored.updated_at), (JoinPolicy::Invite, at(6)));
    assert_eq!((stored.last_seq, stored.last_rev), (1, 1));
    let nowhere = Change::Update {
        room_id: RoomId(999_999),
        change: RoomChange::default(),
        notice: None,
    };
    assert!(matches!(world.apply(nowhere).await, Err(ChangeError::NotMember)));
}
