//! Tests of words on memberships: an older one never undoes a newer one.

use domain::message::{Message, MessageDetail, Notice};
use domain::user::{Email, Person, User, UserName};
use domain::{MessageId, RemovalReason, Timestamp};

use super::*;

pub(crate) const ROOM: RoomId = RoomId(1);
pub(crate) const ALICE: UserId = UserId(1);
pub(crate) const BOB: UserId = UserId(2);

pub(crate) fn added(rev: i64, users: &[UserId]) -> Arc<Event> {
    let person = |id: &UserId| Person {
        user: Arc::new(User::new(
            *id,
            UserName::from_stored(format!("user{id}")),
            Email::from_stored(String::new()),
            Timestamp(0),
        )),
        online: false,
    };
    Arc::new(Event::MembersAdded {
        room_id: ROOM,
        rev,
        people: users.iter().map(person).collect(),
    })
}

pub(crate) fn removed(rev: i64, user_id: UserId) -> Arc<Event> {
    Arc::new(Event::MemberRemoved {
        room_id: ROOM,
        rev,
        user_id,
        reason: RemovalReason::Removed,
    })
}

fn notice(rev: i64, kind: NoticeKind, subject: UserId) -> Arc<Event> {
    let message = Message {
        id: MessageId(rev),
        room_id: ROOM,
        seq: rev,
        rev,
        author: Some(ALICE),
        client_msg_id: None,
        content: Content::Notice(Notice {
            kind,
            actor: Some(ALICE),
            subject: Some(subject),
            text: String::new(),
        }),
        reply_id: None,
        is_edited: false,
        reactions: Vec::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    };
    Arc::new(Event::MessageStored(Arc::new(MessageDetail::new(message, None, None))))
}

/// `+1 +2` for people who came, `-1` for one who went, `notice` for a notice, `gone` for a room.
pub(crate) fn words(event: &Event) -> String {
    match event {
        Event::MembersAdded { people, .. } => {
            let ids = people.iter().map(|person| format!("+{}", person.user.id));
            ids.collect::<Vec<_>>().join(" ")
        }
        Event::MemberRemoved { user_id, .. } => format!("-{user_id}"),
        Event::MessageStored(_) => "notice".to_owned(),
        Event::RoomDeleted { .. } => "gone".to_owned(),
        other => format!("{other:?}"),
    }
}

/// What is told of the events, heard in this order.
fn told(events: impl IntoIterator<Item = Arc<Event>>) -> Vec<String> {
    let mut memberships = Memberships::default();
    let told = events
        .into_iter()
        .filter_map(|event| memberships.take(event, Instant::now()));
    told.map(|event| words(&event)).collect()
}

#[test]
fn an_older_word_never_undoes_a_newer_one() {
    assert_eq!(told([added(3, &[BOB]), removed(4, BOB)]), ["+2", "-2"]);
    assert_eq!(
        told([removed(4, BOB), added(3, &[BOB])]),
        ["-2"],
        "he hears nothing more"
    );
    assert_eq!(
        told([removed(4, BOB), added(5, &[BOB]), removed(4, BOB)]),
        ["-2", "+2"],
        "he is back, and stays"
    );
    assert_eq!(
        told([removed(4, BOB), added(4, &[BOB])]),
        ["-2", "+2"],
        "who comes back without a notice takes no rev"
    );
    assert_eq!(told([added(3, &[BOB]), added(3, &[BOB])]), ["+2"], "nothing twice");
}

#[test]
fn of_several_people_those_are_told_for_whom_it_is_news() {
    assert_eq!(told([removed(4, BOB), added(3, &[ALICE, BOB])]), ["-2", "+1"]);
}

#[test]
fn nobody_comes_into_a_room_that_is_gone() {
    let deleted = Arc::new(Event::RoomDeleted { room_id: ROOM });
    assert_eq!(told([deleted, added(9, &[BOB]), removed(9, BOB)]).len(), 1);
}

#[test]
fn a_removal_without_a_rev_is_believed() {
    assert_eq!(told([added(3, &[BOB]), removed(0, BOB), removed(0, BOB)]), ["+2", "-2"]);
}

#[test]
fn who_was_removed_does_not_read_so_in_the_room() {
    let before = |memberships: &mut Memberships, event: Arc<Event>| {
        let told = memberships.before(vec![event], Instant::now());
        told.iter().map(|event| words(event)).collect::<Vec<_>>()
    };
    let mut memberships = Memberships::default();
    for kind in [NoticeKind::MemberRemoved, NoticeKind::MemberLeft] {
        let mut memberships = Memberships::default();
        assert_eq!(before(&mut memberships, notice(4, kind, BOB)), ["-2", "notice"]);
        assert!(memberships.take(removed(4, BOB), Instant::now()).is_none(), "once");
    }
    memberships.take(added(5, &[BOB]), Instant::now());
    let late = notice(4, NoticeKind::MemberRemoved, BOB);
    assert_eq!(before(&mut memberships, late), ["notice"], "he has come back since");
    let joined = notice(6, NoticeKind::MemberJoined, ALICE);
    assert_eq!(before(&mut memberships, joined), ["notice"]);
}

#[test]
fn the_last_word_on_each_membership_is_remembered_for_a_while() {
    let mut memberships = Memberships::default();
    let now = Instant::now();
    let change = |rev, kind| MembershipChange {
        id: 1,
        room_id: ROOM,
        rev,
        kind,
    };
    let joined = change(3, MembershipKind::Joined(BOB));
    let left = change(4, MembershipKind::Ended(BOB, RemovalReason::Left));
    let rejoined = change(5, MembershipKind::Joined(BOB));
    let deleted = change(6, MembershipKind::RoomDeleted);
    assert!(![joined, left, deleted].iter().any(|change| memberships.knows(change)));
    memberships.take(removed(4, BOB), now);
    assert!(memberships.knows(&left) && memberships.knows(&joined) && !memberships.knows(&rejoined));
    memberships.take(Arc::new(Event::RoomDeleted { room_id: ROOM }), now);
    assert!(memberships.knows(&deleted) && memberships.knows(&rejoined));
    memberships.forget(now + MEMORY);
    assert!(!memberships.knows(&left) && !memberships.knows(&deleted));
}

#[test]
fn old_words_are_forgotten_when_there_are_many() {
    let mut memberships = Memberships::default();
    let start = Instant::now();
    for n in 0..20 * FEW {
        let now = start + MEMORY * u32::try_from(n / FEW).unwrap();
        memberships.take(added(1, &[UserId(i64::try_from(n).unwrap())]), now);
        assert!(memberships.len() <= 2 * FEW);
    }
    assert!(memberships.len() >= FEW, "what is new stays");
}
