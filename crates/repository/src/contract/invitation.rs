//! Invitations: how many hold, and how often each is used.

use domain::invitation::{Invitation, InvitationCode, LIVE_MAX};
use domain::member::Role;
use domain::message::NoticeKind;
use domain::port::{Change, ChangeError, MemberAddition, Outcome};
use domain::{PortError, RoomId, UserId};

use super::build::{at, draft, new_user, notice};
use super::world::World;

pub(super) fn invitation(number: u128, room_id: RoomId, creator: UserId, max_uses: i64) -> Invitation {
    Invitation {
        code: InvitationCode::new(number << 100 | number),
        room_id,
        creator,
        max_uses,
        uses: 0,
        expires_at: None,
        created_at: at(0),
    }
}

/// Somebody comes into a room by an invitation.
pub(super) fn entering(room_id: RoomId, user_id: UserId, code: InvitationCode) -> Change {
    Change::AddMembers {
        room_id,
        additions: vec![MemberAddition {
            user_id,
            role: Role::Member,
            notice: Some(notice(NoticeKind::MemberJoined, Some(user_id), user_id)),
        }],
        invitation: Some(code),
    }
}

async fn uses(world: &World, code: InvitationCode) -> i64 {
    world.invitations.get(code).await.unwrap().unwrap().uses
}

pub(super) async fn an_invitation_is_found_by_its_code_until_it_is_taken_back(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let bounded = Invitation {
        expires_at: Some(at(5)),
        ..invitation(u128::MAX, room, a, 3)
    };
    let open = invitation(0, room, a, 0);
    for one in [&bounded, &open] {
        assert!(world.invitations.insert(one).await.unwrap());
        assert_eq!(world.invitations.get(one.code).await.unwrap().as_ref(), Some(one));
    }
    assert_eq!(world.invitations.get(InvitationCode::new(7)).await.unwrap(), None);
    assert!(world.invitations.remove(open.code).await.unwrap());
    assert!(!world.invitations.remove(open.code).await.unwrap());
    assert_eq!(world.invitations.get(open.code).await.unwrap(), None);
    let nowhere = invitation(9, RoomId(888_888), a, 0);
    assert!(!world.invitations.insert(&nowhere).await.unwrap());
}

pub(super) async fn invitations_that_hold_are_listed_newest_first(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    let made = |number, max_uses, end: Option<i64>| Invitation {
        expires_at: end.map(at),
        created_at: at(i64::try_from(number).unwrap()),
        ..invitation(number, room, a, max_uses)
    };
    let all = [
        made(1, 0, None),
        made(2, 2, Some(100)),
        made(3, 1, None),
        made(4, 0, Some(50)),
    ];
    for one in &all {
        assert!(world.invitations.insert(one).await.unwrap());
    }
    assert!(world.invitations.insert(&invitation(5, other, a, 0)).await.unwrap());
    let live = async |now| -> Vec<InvitationCode> {
        let live = world.invitations.live_of(room, at(now)).await.unwrap();
        live.into_iter().map(|one| one.code).collect()
    };
    let [one, two, three, four] = all.map(|one| one.code);
    assert_eq!(live(49).await, [four, three, two, one]);
    assert_eq!(live(50).await, [three, two, one]);
    world.apply(entering(room, b, three)).await.unwrap();
    assert_eq!(live(50).await, [two, one]);
    assert_eq!(live(100).await, [one]);
}

pub(super) async fn a_room_has_a_limited_number_of_invitations(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let making: Vec<_> = (0..u128::from(LIVE_MAX) + 6)
        .map(|number| {
            let invitations = world.invitations.clone();
            let one = Invitation {
                expires_at: (number % 2 == 0).then(|| at(10)),
                ..invitation(number, room, a, 0)
            };
            tokio::spawn(async move { invitations.insert(&one).await.unwrap() })
        })
        .collect();
    let mut made = 0;
    for one in making {
        made += u64::from(one.await.unwrap());
    }
    assert_eq!(made, LIVE_MAX);
    let later = Invitation {
        created_at: at(10),
        ..invitation(99, room, a, 0)
    };
    assert!(
        world.invitations.insert(&later).await.unwrap(),
        "half of them have ended"
    );
    let ended = world.invitations.live_of(room, at(0)).await.unwrap();
    assert!(ended.iter().all(|one| one.expires_at.is_none()), "and are forgotten");
}

pub(super) async fn the_last_use_of_an_invitation_has_one_winner(world: &World) {
    let a = world.user("a").await;
    world.rooms.lobby("Lobby", at(0)).await.unwrap();
    let room = world.room("room", &[a]).await;
    let one = invitation(1, room, a, 2);
    world.invitations.insert(&one).await.unwrap();
    let mut entering_now = Vec::new();
    for number in 0..6 {
        let guest = world.user(&format!("guest{number}")).await;
        let log = world.log.clone();
        entering_now.push(tokio::spawn(async move {
            match log
                .commit(vec![entering(room, guest, one.code)], at(1))
                .await
                .pop()
                .unwrap()
            {
                Ok(Outcome::MembersAdded { added, notices, .. }) => {
                    assert_eq!((added.len(), notices.len()), (1, 1));
                    true
                }
                Err(ChangeError::NoSuchInvitation) => false,
                other => panic!("{other:?}"),
            }
        }));
        let users = world.users.clone();
        let mut new = new_user(&format!("new{number}"));
        new.invitation = Some(one.code);
        entering_now.push(tokio::spawn(async move {
            match users.insert(new).await {
                Ok(_) => true,
                Err(PortError::NoSuchInvitation) => false,
                Err(other) => panic!("{other:?}"),
            }
        }));
    }
    let mut winners = 0;
    for entered in entering_now {
        winners += i64::from(entered.await.unwrap());
    }
    assert_eq!((winners, uses(world, one.code).await), (2, 2));
    world.assert_no_holes(room).await;
}

pub(super) async fn an_account_without_its_invitation_is_not_made(world: &World) {
    let a = world.user("a").await;
    let lobby = world.rooms.lobby("Lobby", at(0)).await.unwrap().id;
    let before = world.stored_room(lobby).await;
    let ended = Invitation {
        expires_at: Some(at(0)),
        ..invitation(1, lobby, a, 0)
    };
    let one = invitation(2, lobby, a, 1);
    for invitation in [&ended, &one] {
        world.invitations.insert(invitation).await.unwrap();
    }
    let asking = |code| {
        let mut new = new_user("guest");
        new.invitation = Some(code);
        world.users.insert(new)
    };
    for code in [ended.code, InvitationCode::new(7)] {
        assert!(matches!(asking(code).await, Err(PortError::NoSuchInvitation)));
    }
    assert_eq!(world.stored_room(lobby).await, before);
    assert!(world.users.credentials_by_name("guest").await.unwrap().is_none());
    asking(one.code).await.unwrap();
    assert_eq!(uses(world, one.code).await, 1);
    assert!(matches!(asking(one.code).await, Err(PortError::Taken { .. })));
    assert_eq!(world.stored_room(lobby).await.member_count, before.member_count + 1);
}

pub(super) async fn who_is_in_already_uses_nothing_up(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let room = world.room("room", &[a, b]).await;
    let one = invitation(1, room, a, 1);
    world.invitations.insert(&one).await.unwrap();
    let unknown = InvitationCode::new(7);
    let batch = vec![
        entering(room, b, one.code),
        entering(room, UserId(888_888), one.code),
        entering(room, c, unknown),
        entering(room, c, one.code),
        entering(room, c, one.code),
        entering(room, b, unknown),
        Change::Append(draft(room, c, "hello")),
    ];
    let added: Vec<Option<usize>> = world
        .log
        .commit(batch, at(1))
        .await
        .into_iter()
        .map(|answer| match answer {
            Ok(Outcome::MembersAdded { added, .. }) => Some(added.len()),
            Err(ChangeError::NoSuchInvitation) => None,
            Ok(Outcome::Appended(_)) => Some(99),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(added, [Some(0), Some(0), None, Some(1), Some(0), Some(0), Some(99)]);
    assert_eq!(uses(world, one.code).await, 1);
    assert_eq!(world.assert_no_holes(room).await.len(), 2);
}

pub(super) async fn invitations_go_with_their_room(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a]).await);
    let (gone, kept) = (invitation(1, room, a, 0), invitation(2, other, a, 0));
    for one in [&gone, &kept] {
        world.invitations.insert(one).await.unwrap();
    }
    world.rooms.delete(room, &[], at(1)).await.unwrap().unwrap();
    assert_eq!(world.invitations.get(gone.code).await.unwrap(), None);
    assert!(world.invitations.get(kept.code).await.unwrap().is_some());
    let late = world.apply(entering(room, b, gone.code)).await;
    assert!(matches!(late, Err(ChangeError::NotMember)), "{late:?}");
}
