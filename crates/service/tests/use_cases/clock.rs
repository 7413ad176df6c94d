//! A server's clock that is set back: numbers give the order, and nobody is signed out.

use std::time::Duration;

use domain::message::{Anchor, MessageDetail};
use domain::{Event, RevocationReason};
use service::Error;
use service::account::Device;

use crate::world::{PASSWORD, World};

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn a_clock_that_is_set_back_changes_no_order_and_no_page() {
    let world = World::new();
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let room = world.room(&alice, &[&bob]).await.room.id;
    for n in 0..3 {
        world.say(&alice, room, &n.to_string()).await;
        world.pass(Duration::from_secs(1));
    }
    world.messages.mark_read(&bob, room, 2).await.expect("a mark");
    world.set_back(HOUR);
    for n in 3..6 {
        world.say(&alice, room, &n.to_string()).await;
    }

    let seqs = |page: &[std::sync::Arc<MessageDetail>]| page.iter().map(|one| one.message.seq).collect::<Vec<_>>();
    let newest = world.messages.history(&bob, room, Anchor::Newest, 4).await;
    let newest = newest.expect("a page");
    assert_eq!(seqs(&newest), [3, 4, 5, 6]);
    assert!(
        newest[0].message.created_at > newest[1].message.created_at,
        "the times that are shown are the server's"
    );
    let before = world.messages.history(&bob, room, Anchor::Before(3), 4).await;
    assert_eq!(seqs(&before.expect("a page")), [1, 2]);
    let synced = world.messages.sync(&bob, &[(room, 2)]).await.expect("synced");
    assert_eq!(seqs(&synced.rooms[0].messages), [3, 4, 5, 6]);
    assert_eq!(
        world.rooms.get(&bob, room).await.expect("a room").unread_count,
        4,
        "what came before and what came after"
    );
}

#[tokio::test]
async fn a_clock_that_is_set_back_signs_nobody_out() {
    let world = World::new();
    let signed_in = world.register("alice").await;
    world.set_back(HOUR);
    let tokens = signed_in.tokens;
    assert!(world.accounts.authenticate(&tokens.access).await.is_ok());
    assert!(world.accounts.authenticate_media(&tokens.media).await.is_ok());
    let renew = async |token: &str| world.accounts.refresh(token, Device::default()).await;
    let renewed = renew(&tokens.refresh).await.expect("new tokens");
    // Another tab asks with the same one, and answers that are under way arrive.
    assert!(renew(&tokens.refresh).await.is_ok());
    for access in [&tokens.access, &renewed.access] {
        assert!(world.accounts.authenticate(access).await.is_ok());
    }
    renew(&renewed.refresh).await.expect("new tokens");

    world.heard();
    world.accounts.logout(&tokens.access).await.expect("signed out");
    let heard = world.heard();
    assert!(
        matches!(&*heard[0], Event::SessionsRevoked { reason, .. } if *reason == RevocationReason::Logout),
        "{heard:?}"
    );
    assert!(matches!(
        world.accounts.authenticate(&renewed.access).await,
        Err(Error::Unauthorized)
    ));
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
    let world = World::new();
    world.register("alice").await;
    let sign_in = async |password| {
        let answer = world
            .accounts
            .login("alice@banter.example", password, Device::default());
        answer.await.map(|_| ())
    };
    for _ in 0..5 {
        assert!(matches!(sign_in("a guess").await, Err(Error::WrongCredentials)));
    }
    world.set_back(HOUR);
    assert!(matches!(sign_in(PASSWORD).await, Err(Error::TooManyRequests { .. })));
    world.pass(Duration::from_secs(15 * 60));
    assert!(sign_in(PASSWORD).await.is_ok());
}
