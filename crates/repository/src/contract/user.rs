//! Accounts.

use std::collections::BTreeSet;

use domain::user::{Email, Permission, ProfileChange, UserFilter, UserName};
use domain::{PortError, UserId};

use super::build::{at, new_user};
use super::world::World;

pub(super) async fn the_first_account_is_admin_and_no_later_one(world: &World) {
    assert_eq!(world.account("first").await.permission, Permission::Admin);
    assert_eq!(world.account("second").await.permission, Permission::User);
    let mut asking = new_user("third");
    asking.permission = Permission::Admin;
    let third = world.users.insert(asking).await.unwrap();
    assert_eq!(third.permission, Permission::Admin, "an admin's command may ask for it");
    let stored = world.users.get_many(&[third.id]).await.unwrap();
    assert_eq!(stored, vec![third]);
}

pub(super) async fn only_one_of_many_first_accounts_becomes_admin(world: &World) {
    world.rooms.lobby("Lobby", at(0)).await.unwrap();
    let registering: Vec<_> = (0..12)
        .map(|n| {
            let users = world.users.clone();
            tokio::spawn(async move { users.insert(new_user(&format!("racer{n}"))).await.unwrap() })
        })
        .collect();
    let mut admins = 0;
    for one in registering {
        admins += i32::from(one.await.unwrap().permission == Permission::Admin);
    }
    assert_eq!(admins, 1);
    let lobby = world.rooms.lobby("Lobby", at(0)).await.unwrap();
    assert_eq!(lobby.member_count, 12);
}

pub(super) async fn a_new_account_is_in_the_lobby_with_nothing_unread(world: &World) {
    let lobby = world.rooms.lobby("Lobby", at(0)).await.unwrap();
    let old = world.user("old").await;
    world.say(lobby.id, old, "anybody here?").await;
    let new = world.user("new").await;
    let head = world.head(new, lobby.id).await;
    assert_eq!((head.last_seq, head.read_seq, head.unread_count), (1, 1, 0));
    assert_eq!(world.stored_room(lobby.id).await.member_count, 2);
}

pub(super) async fn names_and_addresses_are_unique_without_regard_to_case_and_width(world: &World) {
    world.user("Alice").await;
    let taken = |error: PortError| match error {
        PortError::Taken { field } => field,
        other => panic!("{other}"),
    };
    let mut twin = new_user("Ａlice");
    twin.email = Email::parse("other@example.com").unwrap();
    assert_eq!(taken(world.users.insert(twin).await.unwrap_err()), "userName");
    let mut twin = new_user("bob");
    twin.email = Email::parse("ALICE@example.com").unwrap();
    assert_eq!(taken(world.users.insert(twin).await.unwrap_err()), "email");
    // The value itself must not be mistaken for the name of a key.
    let mut first = new_user("carol");
    first.email = Email::parse("users_username_key@example.com").unwrap();
    world.users.insert(first.clone()).await.unwrap();
    first.name = UserName::parse("dave").unwrap();
    assert_eq!(taken(world.users.insert(first).await.unwrap_err()), "email");

    let eve = world.user("eve").await;
    let change = ProfileChange {
        name: Some(UserName::parse("ALICE").unwrap()),
        ..ProfileChange::default()
    };
    assert_eq!(
        taken(world.users.update(eve, change, at(1)).await.unwrap_err()),
        "userName"
    );
    let change = ProfileChange {
        name: Some(UserName::parse("EVE").unwrap()),
        ..ProfileChange::default()
    };
    let renamed = world.users.update(eve, change, at(1)).await.unwrap().unwrap();
    assert_eq!(renamed.name.as_str(), "EVE", "one's own name may change its spelling");
}

pub(super) async fn an_address_of_any_spelling_can_be_stored_and_found(world: &World) {
    // Eighteen characters come out of this one when it is folded.
    let long = |end: &str| Email::parse(&format!("{}{end}@b", "\u{fdfa}".repeat(80))).unwrap_or_else(|e| panic!("{e}"));
    for (name, email) in [("one", long("1")), ("two", long("2"))] {
        let mut user = new_user(name);
        user.email = email.clone();
        let id = world.users.insert(user).await.unwrap().id;
        let found = world.users.credentials_by_email(&email.key()).await.unwrap().unwrap();
        assert_eq!(found.user_id, id);
    }
}

pub(super) async fn credentials_are_found_by_address_name_and_id(world: &World) {
    let id = world.user("Alice").await;
    for found in [
        world.users.credentials_by_email("alice@example.com").await.unwrap(),
        world.users.credentials_by_name("alice").await.unwrap(),
        world.users.credentials(id).await.unwrap(),
    ] {
        let found = found.unwrap();
        assert_eq!((found.user_id, found.password_hash.as_str()), (id, "hash of Alice"));
    }
    assert!(
        world
            .users
            .credentials_by_email("Alice@example.com")
            .await
            .unwrap()
            .is_none()
    );
    assert!(world.users.credentials_by_name("nobody").await.unwrap().is_none());
    assert!(world.users.credentials(UserId(999_999)).await.unwrap().is_none());
}

pub(super) async fn people_are_found_by_id_name_prefix_and_address(world: &World) {
    let mut ids = Vec::new();
    for name in ["100%a", "100_b", "1000", "小明", "小红"] {
        let mut user = new_user("x");
        user.name = UserName::parse(name).unwrap();
        user.email = Email::parse(&format!("u{}@example.com", ids.len())).unwrap();
        ids.push(world.users.insert(user).await.unwrap().id);
    }
    let find = async |filter: UserFilter| -> Vec<UserId> {
        let found = world.users.find(&filter, None, 10).await.unwrap();
        found.into_iter().map(|user| user.id).collect()
    };
    let prefix = |text: &str| UserFilter::NamePrefix(text.to_owned());
    assert_eq!(find(prefix("100")).await, ids[0..3]);
    assert_eq!(find(prefix("100%")).await, ids[0..1]);
    assert_eq!(find(prefix("100_")).await, ids[1..2]);
    assert_eq!(find(prefix("１００％A")).await, ids[0..1]);
    assert_eq!(find(prefix("小")).await, ids[3..5]);
    assert_eq!(find(prefix("明")).await, []);
    assert_eq!(find(prefix("")).await, ids);
    assert_eq!(find(UserFilter::Id(ids[3])).await, ids[3..4]);
    assert_eq!(find(UserFilter::Email("U2@Example.com".to_owned())).await, ids[2..3]);
    assert_eq!(find(UserFilter::Email("u2".to_owned())).await, []);
    let second = world.users.find(&prefix("1"), Some(ids[0]), 1).await.unwrap();
    assert_eq!(second.iter().map(|user| user.id).collect::<Vec<_>>(), ids[1..2]);
    let many = world.users.get_many(&[ids[4], ids[0], UserId(999_999)]).await.unwrap();
    let many: BTreeSet<UserId> = many.into_iter().map(|user| user.id).collect();
    assert_eq!(many, BTreeSet::from([ids[0], ids[4]]));
    assert!(world.users.get_many(&[]).await.unwrap().is_empty());
}

pub(super) async fn a_profile_changes_only_where_it_was_asked_to(world: &World) {
    let before = world.account("Alice").await;
    let change = ProfileChange {
        bio: Some("写代码 😀".to_owned()),
        wechat: Some("wx".to_owned()),
        email: Some(Email::parse("New@example.com").unwrap()),
        ..ProfileChange::default()
    };
    let after = world.users.update(before.id, change, at(5)).await.unwrap().unwrap();
    let mut expected = before.clone();
    expected.bio = "写代码 😀".to_owned();
    expected.wechat = "wx".to_owned();
    expected.email = Email::from_stored("New@example.com".to_owned());
    expected.updated_at = at(5);
    assert_eq!(after, expected);
    assert_eq!(world.users.get_many(&[before.id]).await.unwrap(), vec![expected]);
    assert!(
        world
            .users
            .credentials_by_email("alice@example.com")
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        world
            .users
            .credentials_by_email("new@example.com")
            .await
            .unwrap()
            .is_some()
    );
    let nobody = world
        .users
        .update(UserId(999_999), ProfileChange::default(), at(6))
        .await
        .unwrap();
    assert!(nobody.is_none());
}

pub(super) async fn somebody_always_stays_admin(world: &World) {
    let (alice, bob) = (world.account("Alice").await, world.account("Bob").await);
    let to = |permission| ProfileChange {
        permission: Some(permission),
        ..ProfileChange::default()
    };
    let refused = world.users.update(alice.id, to(Permission::User), at(5)).await;
    assert!(matches!(refused, Err(PortError::LastAdmin)), "{refused:?}");
    let still = world.users.update(bob.id, to(Permission::User), at(5)).await.unwrap();
    assert_eq!(still.map(|user| user.permission), Some(Permission::User));
    world.users.update(bob.id, to(Permission::Admin), at(6)).await.unwrap();
    let (one, other) = tokio::join!(
        world.users.update(alice.id, to(Permission::User), at(7)),
        world.users.update(bob.id, to(Permission::User), at(7)),
    );
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
}

pub(super) async fn the_last_visit_is_remembered(world: &World) {
    let id = world.user("Alice").await;
    world.users.set_last_seen(id, at(9)).await.unwrap();
    let user = world.users.get_many(&[id]).await.unwrap().pop().unwrap();
    assert_eq!((user.last_seen_at, user.updated_at), (Some(at(9)), at(0)));
    world.health.check().await.unwrap();
}
