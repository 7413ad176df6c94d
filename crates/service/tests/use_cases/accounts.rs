//! Accounts and sessions.

use std::pin::pin;
use std::time::Duration;

use domain::user::{Permission, ProfileChange};
use domain::{Event, RevocationReason};
use futures_util::poll;
use service::account::{Device, Register};
use service::{Error, Policy, Registration};

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn an_access_token_ends_with_its_time_and_the_session_goes_on() {
    let world = World::new();
    let alice = world.register("alice").await;
    world.pass(Duration::from_secs(15 * 60));
    assert!(matches!(
        world.accounts.authenticate(&alice.tokens.access).await,
        Err(Error::Unauthorized)
    ));
    let renewed = world
        .accounts
        .refresh(&alice.tokens.refresh, Device::default())
        .await
        .expect("new tokens");
    assert!(world.accounts.authenticate(&renewed.access).await.is_ok());
}

#[tokio::test]
async fn a_session_lives_ninety_days_at_most_however_often_it_is_refreshed() {
    let world = World::new();
    let mut refresh = world.register("alice").await.tokens.refresh;
    for _ in 0..3 {
        world.pass(Duration::from_secs(29 * 24 * 3600));
        refresh = world
            .accounts
            .refresh(&refresh, Device::default())
            .await
            .expect("new tokens")
            .refresh;
    }
    world.pass(Duration::from_secs(4 * 24 * 3600));
    assert!(matches!(
        world.accounts.refresh(&refresh, Device::default()).await,
        Err(Error::Unauthorized)
    ));
}

#[tokio::test]
async fn a_lost_answer_is_given_again_for_half_a_minute() {
    let world = World::new();
    let old = world.register("alice").await.tokens.refresh;
    let refresh = async |token: &str| world.accounts.refresh(token, Device::default()).await;
    refresh(&old).await.expect("new tokens");
    world.pass(Duration::from_secs(29));
    for _ in 0..3 {
        let again = refresh(&old).await.expect("the same once more");
        assert!(world.accounts.authenticate(&again.access).await.is_ok());
    }
    let lost = refresh(&old).await.expect("the same once more").refresh;
    let kept = refresh(&lost).await.expect("new tokens");
    // Two generations back is a copy, however soon.
    assert!(matches!(refresh(&old).await, Err(Error::Unauthorized)));
    assert!(matches!(refresh(&kept.refresh).await, Err(Error::Unauthorized)));
    assert!(matches!(
        world.accounts.authenticate(&kept.access).await,
        Err(Error::Unauthorized)
    ));
}

#[tokio::test]
async fn a_refresh_token_that_comes_back_later_ends_the_session() {
    let world = World::new();
    let old = world.register("alice").await.tokens.refresh;
    let refresh = async |token: &str| world.accounts.refresh(token, Device::default()).await;
    let kept = refresh(&old).await.expect("new tokens");
    world.pass(Duration::from_secs(30));
    world.heard();
    assert!(matches!(refresh(&old).await, Err(Error::Unauthorized)));
    assert!(matches!(&*world.heard()[0], Event::SessionsRevoked { .. }));
    assert!(matches!(refresh(&kept.refresh).await, Err(Error::Unauthorized)));
}

#[tokio::test]
async fn tabs_that_refresh_at_once_all_stay_signed_in() {
    let world = World::new();
    let old = world.register("alice").await.tokens.refresh;
    let tabs = (0..8).map(|_| world.accounts.refresh(&old, Device::default()));
    for tokens in futures_util::future::join_all(tabs).await {
        let refreshed = tokens.expect("new tokens").refresh;
        world.pass(Duration::from_secs(1));
        assert!(world.accounts.refresh(&refreshed, Device::default()).await.is_ok());
    }
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_says_so() {
    let world = World::new();
    let here = world.register("alice").await;
    let there = world
        .accounts
        .login("ALICE", PASSWORD, Device::default())
        .await
        .expect("signed in by name");
    let actor = world.actor(&here).await;
    world.heard();
    let wrong = world
        .accounts
        .change_password(&actor, "not the password", "a new password", &Device::default())
        .await;
    assert!(matches!(wrong, Err(Error::WrongCredentials)));
    world
        .accounts
        .change_password(&actor, PASSWORD, "a new password", &Device::default())
        .await
        .expect("changed");
    assert!(matches!(
        world.accounts.authenticate(&there.tokens.access).await,
        Err(Error::Unauthorized)
    ));
    assert!(world.accounts.authenticate(&here.tokens.access).await.is_ok());
    let heard = world.heard();
    let [event] = heard.as_slice() else { panic!("{heard:?}") };
    let Event::SessionsRevoked {
        user_id,
        sessions,
        reason,
    } = &**event
    else {
        panic!("{event:?}")
    };
    assert_eq!(
        (*user_id, sessions.len(), *reason),
        (actor.user_id, 1, RevocationReason::PasswordChanged)
    );
}

#[tokio::test]
async fn guesses_count_for_the_account_by_whichever_name() {
    let world = World::new();
    world.register("alice").await;
    let guess = async |login: &str| world.accounts.login(login, "a guess", Device::default()).await;
    for login in [
        "alice",
        "alice@banter.example",
        "ALICE",
        "Alice@Banter.example",
        "alice",
    ] {
        assert!(matches!(guess(login).await, Err(Error::WrongCredentials)), "{login}");
    }
    for login in ["alice", "alice@banter.example"] {
        assert!(
            matches!(guess(login).await, Err(Error::TooManyRequests { .. })),
            "{login}"
        );
    }
}

#[tokio::test]
async fn one_sign_in_too_many_ends_the_device_used_least_lately() {
    let world = World::new();
    let oldest = world.register("alice").await;
    let sign_in = async || {
        let signed_in = world.accounts.login("alice", PASSWORD, Device::default()).await;
        signed_in.expect("signed in")
    };
    let mut newest = sign_in().await;
    for _ in 2..100 {
        newest = sign_in().await;
    }
    let first = world.actor(&oldest).await;
    world.heard();
    sign_in().await;
    let heard = world.heard();
    let [event] = heard.as_slice() else { panic!("{heard:?}") };
    let Event::SessionsRevoked { user_id, sessions, .. } = &**event else {
        panic!("{event:?}")
    };
    assert_eq!(
        (*user_id, sessions.as_slice()),
        (first.user_id, &[first.session_id][..])
    );
    let refused = world.accounts.authenticate(&oldest.tokens.access).await;
    assert!(matches!(refused, Err(Error::Unauthorized)));
    let actor = world.actor(&newest).await;
    assert_eq!(world.accounts.sessions(&actor).await.expect("sessions").len(), 100);
}

#[tokio::test]
async fn a_password_that_was_right_a_moment_ago_signs_nobody_in() {
    let world = World::new();
    let signed_in = world.register("alice").await;
    let actor = world.actor(&signed_in).await;
    let mut signing_in = pin!(world.accounts.login("alice", PASSWORD, Device::default()));
    assert!(poll!(&mut signing_in).is_pending(), "the old password is looked at");
    world
        .accounts
        .change_password(&actor, PASSWORD, "a new password", &Device::default())
        .await
        .expect("changed");
    assert!(matches!(signing_in.await, Err(Error::WrongCredentials)));
    let sessions = world.accounts.sessions(&actor).await.expect("sessions");
    assert_eq!(sessions.len(), 1, "the one that changed it");
}

#[tokio::test]
async fn an_old_password_is_exchanged_for_one_new_one() {
    let world = World::new();
    let signed_in = world.register("alice").await;
    let actor = world.actor(&signed_in).await;
    let device = Device::default();
    let change = |new| world.accounts.change_password(&actor, PASSWORD, new, &device);
    let mut late = pin!(change("the later password"));
    assert!(poll!(&mut late).is_pending(), "the old password is looked at");
    change("the first password").await.expect("changed");
    assert!(matches!(late.await, Err(Error::WrongCredentials)));
    let again = world
        .accounts
        .login("alice", "the first password", Device::default())
        .await;
    assert!(again.is_ok());
}

#[tokio::test]
async fn closed_registration_leaves_the_operators_way_open() {
    let world = World::with(Policy {
        registration: Registration::Closed,
        ..Policy::default()
    });
    let wish = || Register {
        email: "ada@banter.example".into(),
        password: PASSWORD.into(),
        user_name: None,
        invited: None,
    };
    assert!(matches!(
        world.accounts.register(wish(), &Device::default()).await,
        Err(Error::Forbidden(_))
    ));
    let user = world
        .accounts
        .create(wish(), Permission::User)
        .await
        .expect("an account");
    assert_eq!(user.name.as_str(), "ada");
}

#[tokio::test]
async fn names_and_addresses_are_unique_without_regard_to_case() {
    let world = World::new();
    world.register("alice").await;
    let wish = |email: &str, name: Option<&str>| Register {
        email: email.into(),
        password: PASSWORD.into(),
        user_name: name.map(str::to_owned),
        invited: None,
    };
    let same_email = world
        .accounts
        .register(wish("ALICE@banter.example", Some("other")), &Device::default())
        .await;
    assert!(matches!(same_email, Err(Error::EmailTaken)));
    let same_name = world
        .accounts
        .register(wish("other@banter.example", Some("ALICE")), &Device::default())
        .await;
    assert!(matches!(same_name, Err(Error::UserNameTaken)));
    let numbered = world
        .accounts
        .register(wish("alice@elsewhere.example", None), &Device::default())
        .await
        .expect("an account");
    assert_eq!(numbered.user.name.as_str(), "alice2");
}

#[tokio::test]
async fn only_admins_set_permissions_and_changed_profiles_are_seen_at_once() {
    let world = World::new();
    let (owner, alice) = (world.person("owner").await, world.person("alice").await);
    assert_eq!(
        (owner.permission, alice.permission),
        (Permission::Admin, Permission::User)
    );
    let promote = ProfileChange {
        permission: Some(Permission::Admin),
        ..ProfileChange::default()
    };
    assert!(matches!(
        world.accounts.update_profile(&alice, promote).await,
        Err(Error::Forbidden(_))
    ));
    let change = ProfileChange {
        bio: Some("new words".into()),
        ..ProfileChange::default()
    };
    world.accounts.update_profile(&alice, change).await.expect("changed");
    assert_eq!(
        world.accounts.profile(&alice).await.expect("a profile").user.bio,
        "new words"
    );
}
