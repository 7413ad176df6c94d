//! Invitations: who may make them, for how long they hold, and what they open.

use std::num::NonZeroU32;
use std::time::Duration;

use domain::Event;
use domain::member::Role;
use domain::message::{Content, NoticeKind};
use domain::port::Spender;
use domain::room::JoinPolicy;
use domain::user::{Permission, ProfileChange};
use domain::{RoomId, UserId};
use service::account::{Device, Register};
use service::invitation::{CreateInvitation, InvitationDetail};
use service::limits::{Limit, Limits};
use service::room::{CreateRoom, UpdateRoom};
use service::{Actor, Error, Policy, Registration, Result};

use crate::world::{PASSWORD, World};

fn device() -> Device {
    Device::default()
}

fn wish(name: &str) -> Register {
    Register {
        email: format!("{name}@banter.example"),
        password: PASSWORD.into(),
        user_name: Some(name.into()),
        invited: None,
    }
}

async fn secret_room(world: &World, creator: &Actor, admins: &[&Actor]) -> RoomId {
    let wish = CreateRoom {
        name: "Secret".into(),
        join_policy: Some(JoinPolicy::Invite),
        admins: admins.iter().map(|admin| admin.user_id).collect(),
        ..CreateRoom::default()
    };
    world.rooms.create(creator, wish).await.expect("a room").room.id
}

async fn invite(world: &World, actor: &Actor, room_id: RoomId, max_uses: i64) -> Result<InvitationDetail> {
    let wish = CreateInvitation {
        room_id,
        max_uses: Some(max_uses),
        expires_in: Some(3600),
    };
    world.invitations.create(actor, wish).await
}

async fn code(world: &World, actor: &Actor, room_id: RoomId, max_uses: i64) -> String {
    let made = invite(world, actor, room_id, max_uses).await.expect("an invitation");
    made.invitation.code.to_string()
}

/// Whether the code is as good as one that nobody was ever given, wherever it is asked for.
async fn is_nothing(world: &World, stranger: &Actor, code: &str) -> bool {
    let preview = world.invitations.preview(code, &device()).await;
    let accepted = world.invitations.accept(stranger, code).await;
    let registered = world.invitations.register(wish("nobody"), code, &device()).await;
    matches!(preview, Err(Error::NotFound))
        && matches!(accepted, Err(Error::NotFound))
        && matches!(registered, Err(Error::NotFound))
}

#[tokio::test]
async fn an_invitation_brings_into_a_room_that_nobody_else_finds() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = secret_room(&world, &alice, &[]).await;
    let code = code(&world, &alice, room, 0).await;
    let preview = world.invitations.preview(&code, &device()).await.expect("a room");
    assert_eq!((preview.room.name.as_str(), preview.room.member_count), ("Secret", 1));
    assert_eq!((preview.inviter.user.id, preview.registers), (alice.user_id, true));

    world.heard();
    let entered = world.invitations.accept(&bob, &code).await.expect("in");
    assert_eq!((entered.room.id, entered.room.member_count), (room, 2));
    let heard = world.heard();
    let [added, notice] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    assert!(matches!(&**added, Event::MembersAdded { people, .. } if people[0].user.id == bob.user_id));
    let Event::MessageStored(notice) = &**notice else {
        panic!("{notice:?}")
    };
    assert!(matches!(&notice.message.content, Content::Notice(notice)
        if notice.kind == NoticeKind::MemberJoined && notice.subject == Some(bob.user_id)));

    let again = world.invitations.accept(&bob, &code).await.expect("in already");
    assert_eq!(again.room.last_seq, 1);
    assert!(world.heard().is_empty());
    let listed = world.invitations.list(&alice, room).await.expect("a list");
    assert_eq!((listed.len(), listed[0].invitation.uses), (1, 1));
}

#[tokio::test]
async fn what_has_ended_is_nothing_for_those_who_are_not_in() {
    let world = World::new();
    let (alice, bob, carol) = (
        world.person("alice").await,
        world.person("bob").await,
        world.person("carol").await,
    );
    let room = secret_room(&world, &alice, &[]).await;
    let codes = [
        code(&world, &alice, room, 1).await,
        code(&world, &alice, room, 0).await,
        code(&world, &alice, room, 0).await,
    ];
    world.invitations.accept(&bob, &codes[0]).await.expect("in");
    assert!(is_nothing(&world, &carol, &codes[0]).await, "used up");
    // Whoever took the last use and lost the answer asks again.
    assert!(world.invitations.accept(&bob, &codes[0]).await.is_ok());
    world.invitations.revoke(&alice, &codes[1]).await.expect("taken back");
    assert!(is_nothing(&world, &carol, &codes[1]).await, "taken back");
    assert!(matches!(
        world.invitations.revoke(&alice, &codes[1]).await,
        Err(Error::NotFound)
    ));
    world.pass(Duration::from_secs(3600));
    assert!(is_nothing(&world, &carol, &codes[2]).await, "too late");
    for unknown in ["", "nonsense", "0000000000000000000000", "'; DROP TABLE rooms; --"] {
        assert!(is_nothing(&world, &carol, unknown).await, "{unknown}");
    }
    assert!(world.invitations.list(&alice, room).await.expect("a list").is_empty());
}

#[tokio::test]
async fn only_who_may_add_people_invites_them() {
    let world = World::new();
    let (owner, alice, admin, member, outsider) = (
        world.person("owner").await,
        world.person("alice").await,
        world.person("admin").await,
        world.person("member").await,
        world.person("outsider").await,
    );
    let room = secret_room(&world, &alice, &[&admin]).await;
    let code = code(&world, &alice, room, 0).await;
    world.invitations.accept(&member, &code).await.expect("in");
    for (actor, is_member) in [(&member, true), (&outsider, false), (&owner, false)] {
        let refused = |error: &Error| match error {
            Error::Forbidden(_) => is_member,
            Error::NotFound => !is_member,
            _ => false,
        };
        let made = invite(&world, actor, room, 1).await.map(drop);
        let listed = world.invitations.list(actor, room).await.map(drop);
        let revoked = world.invitations.revoke(actor, &code).await;
        for result in [made, listed, revoked] {
            assert!(result.as_ref().is_err_and(refused), "{result:?}");
        }
    }
    let by_admin = invite(&world, &admin, room, 1).await.expect("an invitation").invitation;
    world
        .invitations
        .revoke(&alice, &by_admin.code.to_string())
        .await
        .expect("taken back");
    let friends = world
        .friends
        .add(&alice, outsider.user_id)
        .await
        .expect("a room")
        .room
        .id;
    assert!(matches!(
        invite(&world, &alice, friends, 1).await,
        Err(Error::Forbidden(_))
    ));
    // The lobby is the server's admins'.
    let lobby = world.rooms.join(&alice, None).await.expect("the lobby").detail.room.id;
    assert!(matches!(
        invite(&world, &alice, lobby, 1).await,
        Err(Error::Forbidden(_))
    ));
    assert!(invite(&world, &owner, lobby, 1).await.is_ok());
}

#[tokio::test]
async fn an_invitation_holds_as_long_as_its_maker_may_invite() {
    let world = World::new();
    let (alice, bob, carol) = (
        world.person("alice").await,
        world.person("bob").await,
        world.person("carol").await,
    );
    let room = secret_room(&world, &alice, &[&bob]).await;
    let code = code(&world, &bob, room, 0).await;
    let remove = || world.rooms.remove_member(&alice, room, bob.user_id);
    remove().await.expect("removed");
    assert!(is_nothing(&world, &carol, &code).await);
    let add = |admin: bool| UpdateRoom {
        members: vec![bob.user_id],
        admins: admin.then_some(bob.user_id).into_iter().collect(),
        ..UpdateRoom::default()
    };
    world.rooms.update(&alice, room, add(false)).await.expect("added");
    assert!(is_nothing(&world, &carol, &code).await, "a plain member again");
    // Their own they may take back all the same.
    world.rooms.update(&alice, room, add(true)).await.expect("named");
    assert!(world.invitations.preview(&code, &device()).await.is_ok());
    remove().await.expect("removed");
    world.invitations.revoke(&bob, &code).await.expect("taken back");
    let members = world.rooms.members(&alice, room, None, 9).await.expect("members");
    assert_eq!(members.len(), 1);
}

/// A world where an admin has a room and nobody registers without an invitation.
async fn invited_world(registration: Registration) -> (World, Actor, Actor) {
    let world = World::with(Policy {
        registration,
        ..Policy::default()
    });
    let mut actors = Vec::new();
    for (name, permission) in [("owner", Permission::Admin), ("ann", Permission::User)] {
        world.accounts.create(wish(name), permission).await.expect("an account");
        let signed_in = world.accounts.login(name, PASSWORD, device()).await;
        actors.push(world.actor(&signed_in.expect("a session")).await);
    }
    let ann = actors.pop().expect("two");
    (world, actors.pop().expect("two"), ann)
}

async fn role_of(world: &World, asking: &Actor, room: RoomId, user: UserId) -> Option<Role> {
    let members = world.rooms.members(asking, room, None, 99).await.expect("members");
    let member = members.into_iter().find(|member| member.person.user.id == user);
    member.map(|member| member.role)
}

#[tokio::test]
async fn where_registration_is_by_invitation_an_admins_opens_it() {
    let (world, owner, ann) = invited_world(Registration::Invite).await;
    let refused = world.accounts.register(wish("eve"), &device()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    let (room, anns) = (
        secret_room(&world, &owner, &[]).await,
        secret_room(&world, &ann, &[]).await,
    );
    let (good, plain) = (code(&world, &owner, room, 1).await, code(&world, &ann, anns, 0).await);
    assert!(
        world
            .invitations
            .preview(&good, &device())
            .await
            .expect("a room")
            .registers
    );
    assert!(
        !world
            .invitations
            .preview(&plain, &device())
            .await
            .expect("a room")
            .registers
    );
    let refused = world.invitations.register(wish("eve"), &plain, &device()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");

    world.heard();
    let taken = world.invitations.register(wish("ann"), &good, &device()).await;
    assert!(
        matches!(taken, Err(Error::EmailTaken | Error::UserNameTaken)),
        "{taken:?}"
    );
    let bob = world.invitations.register(wish("bob"), &good, &device()).await;
    let bob = bob.expect("an account").user;
    assert_eq!(bob.permission, Permission::User);
    assert_eq!(role_of(&world, &owner, room, bob.id).await, Some(Role::Member));
    let lobby = world.rooms.join(&owner, None).await.expect("the lobby").detail.room.id;
    assert_eq!(role_of(&world, &owner, lobby, bob.id).await, Some(Role::Member));
    assert!(is_nothing(&world, &ann, &good).await, "used up");

    // An admin who is none any more opens no registration, though the room still.
    let good = code(&world, &owner, room, 0).await;
    world
        .accounts
        .create(wish("other"), Permission::Admin)
        .await
        .expect("an account");
    let down = ProfileChange {
        permission: Some(Permission::User),
        ..ProfileChange::default()
    };
    world.accounts.update_profile(&owner, down).await.expect("changed");
    let refused = world.invitations.register(wish("eve"), &good, &device()).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(world.invitations.accept(&ann, &good).await.is_ok());
}

#[tokio::test]
async fn closed_registration_has_no_door() {
    let (world, owner, ann) = invited_world(Registration::Closed).await;
    let room = secret_room(&world, &owner, &[]).await;
    let code = code(&world, &owner, room, 1).await;
    for code in [code.as_str(), "nonsense"] {
        let refused = world.invitations.register(wish("eve"), code, &device()).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    }
    assert!(
        !world
            .invitations
            .preview(&code, &device())
            .await
            .expect("a room")
            .registers
    );
    assert!(world.invitations.accept(&ann, &code).await.is_ok());
}

#[tokio::test]
async fn the_last_use_makes_one_account() {
    let (world, owner, _) = invited_world(Registration::Invite).await;
    let room = secret_room(&world, &owner, &[]).await;
    let code = code(&world, &owner, room, 1).await;
    let names: Vec<String> = (0..8).map(|number| format!("guest{number}")).collect();
    let device = device();
    let tries = names
        .iter()
        .map(|name| world.invitations.register(wish(name), &code, &device));
    let mut made = 0;
    for tried in futures_util::future::join_all(tries).await {
        match tried {
            Ok(_) => made += 1,
            Err(Error::NotFound) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(made, 1);
}

/// Lets everything through but one thing.
struct Without(Limit);

impl Limits for Without {
    fn take_times(&self, limit: Limit, _: Spender, _: NonZeroU32) -> Result<()> {
        if limit == self.0 {
            let retry_after = Duration::from_secs(1);
            return Err(Error::TooManyRequests { retry_after });
        }
        Ok(())
    }

    fn tidy(&self) {}
}

fn is_limited<T>(result: &Result<T>) -> bool {
    matches!(result, Err(Error::TooManyRequests { .. }))
}

#[tokio::test]
async fn guessing_is_limited_by_person_and_address() {
    let world = World::limited_by(Box::new(Without(Limit::Lookup)));
    let alice = world.person("alice").await;
    let guess = "0000000000000000000000";
    assert!(is_limited(&world.invitations.preview(guess, &device()).await));
    assert!(is_limited(&world.invitations.accept(&alice, guess).await));
    assert!(is_limited(&world.invitations.revoke(&alice, guess).await));
    assert!(is_limited(
        &world.invitations.register(wish("bob"), guess, &device()).await
    ));
}

#[tokio::test]
async fn invitations_count_as_made_and_come_in_bounded_numbers() {
    let world = World::new();
    let alice = world.person("alice").await;
    let room = secret_room(&world, &alice, &[]).await;
    for (max_uses, expires_in) in [(-1, 3600), (10_001, 3600), (1, 0), (1, 400 * 24 * 3600)] {
        let wish = CreateInvitation {
            room_id: room,
            max_uses: Some(max_uses),
            expires_in: Some(expires_in),
        };
        let refused = world.invitations.create(&alice, wish).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    }
    for _ in 0..50 {
        invite(&world, &alice, room, 1).await.expect("an invitation");
    }
    assert!(matches!(invite(&world, &alice, room, 1).await, Err(Error::Conflict(_))));

    let world = World::limited_by(Box::new(Without(Limit::Create)));
    let alice = world.person("alice").await;
    let lobby = world.rooms.join(&alice, None).await.expect("the lobby").detail.room.id;
    assert!(is_limited(&invite(&world, &alice, lobby, 1).await));
}
