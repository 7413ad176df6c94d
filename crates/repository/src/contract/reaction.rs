//! Reactions.

use domain::message::{DISTINCT_REACTIONS_MAX, Message};
use domain::port::{ChangeError, Outcome};

use super::build::{message_of, react, recall};
use super::world::World;

fn seen(message: &Message) -> Vec<(&str, Vec<i64>)> {
    let users = |users: &[domain::UserId]| users.iter().map(|user| user.0).collect();
    let reactions = message.reactions.iter();
    reactions.map(|one| (one.emoji.as_str(), users(&one.users))).collect()
}

pub(super) async fn reactions_stand_in_the_order_in_which_they_came(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let message = world.say(room, a, "hi").await;
    for (user, emoji) in [(b, "👍"), (a, "❤️"), (a, "👍")] {
        world.apply(react(&message, user, emoji, true)).await.unwrap();
    }
    let stored = world.stored_message(message.id).await;
    assert_eq!(seen(&stored), [("👍", vec![b.0, a.0]), ("❤️", vec![a.0])]);
    assert_eq!(stored.rev, 4);
    world.apply(react(&message, b, "👍", false)).await.unwrap();
    let stored = world.stored_message(message.id).await;
    assert_eq!(seen(&stored), [("❤️", vec![a.0]), ("👍", vec![a.0])]);
    world.apply(react(&message, a, "❤️", false)).await.unwrap();
    let last = message_of(world.apply(react(&message, a, "👍", false)).await.unwrap());
    assert!(last.reactions.is_empty());
    assert_eq!(world.stored_message(message.id).await, last);
    world.assert_no_holes(room).await;
}

pub(super) async fn a_reaction_is_set_and_taken_away_once(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let message = world.say(room, a, "hi").await;
    for (on, rev, changes) in [
        (false, 1, false),
        (true, 2, true),
        (true, 2, false),
        (false, 3, true),
        (false, 3, false),
    ] {
        let outcome = world.apply(react(&message, a, "👍", on)).await.unwrap();
        assert_eq!(matches!(outcome, Outcome::Changed(_)), changes, "{on} {rev}");
        assert_eq!(message_of(outcome).rev, rev);
        assert_eq!(world.stored_room(room).await.last_rev, rev);
    }
}

pub(super) async fn a_message_has_a_limit_of_different_reactions(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let message = world.say(room, a, "hi").await;
    let emoji: Vec<String> = ('\u{1f600}'..)
        .take(DISTINCT_REACTIONS_MAX + 1)
        .map(String::from)
        .collect();
    for one in &emoji[..DISTINCT_REACTIONS_MAX] {
        world.apply(react(&message, a, one, true)).await.unwrap();
    }
    let refused = world
        .apply(react(&message, b, &emoji[DISTINCT_REACTIONS_MAX], true))
        .await;
    assert!(matches!(refused, Err(ChangeError::TooManyReactions)));
    world.apply(react(&message, b, &emoji[0], true)).await.unwrap();
    world.assert_no_holes(room).await;
}

pub(super) async fn only_members_react_and_only_to_what_is_there(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a]).await, world.room("other", &[a, b]).await);
    let message = world.say(room, a, "hi").await;
    assert!(matches!(
        world.apply(react(&message, b, "👍", true)).await,
        Err(ChangeError::NotMember)
    ));
    let mut misplaced = message.clone();
    misplaced.room_id = other;
    assert!(matches!(
        world.apply(react(&misplaced, b, "👍", true)).await,
        Err(ChangeError::NoSuchMessage)
    ));
    world.apply(recall(&message, a)).await.unwrap();
    assert!(matches!(
        world.apply(react(&message, a, "👍", true)).await,
        Err(ChangeError::NoSuchMessage)
    ));
}
