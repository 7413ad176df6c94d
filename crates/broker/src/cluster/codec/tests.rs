//! Tests of what nodes say to each other: it arrives as it was sent, and a newer node is understood.

use std::num::NonZeroU32;
use std::sync::Arc;

use domain::media::{MediaContent, MediaKind, Peaks};
use domain::message::{ClientMsgId, Content, Emoji, Message, MessageDetail, Notice, NoticeKind, Reaction, TextContent};
use domain::port::Spender;
use domain::preference::{Preference, PreferenceKey, PreferenceValue};
use domain::user::{Email, Permission, Person, User, UserName};
use domain::{MessageId, RemovalReason, RevocationReason, SessionId};

use super::*;

fn person(id: i64) -> Person {
    let name = UserName::from_stored(format!("小明{id}"));
    let user = User {
        image: "/uploads/x.png".to_owned(),
        bio: "words \u{1f600} \"quoted\"".to_owned(),
        github: "g".to_owned(),
        updated_at: Timestamp(2),
        last_seen_at: (id == 1).then_some(Timestamp(3)),
        ..User::new(UserId(id), name, Email::from_stored(String::new()), Timestamp(1))
    };
    Person {
        user: Arc::new(user),
        online: id == 1,
    }
}

fn message(content: Content) -> MessageDetail {
    let message = Message {
        id: MessageId(i64::MAX),
        room_id: RoomId(5),
        seq: 6,
        rev: 7,
        author: Some(UserId(1)),
        client_msg_id: Some(ClientMsgId::from_stored("c-1".to_owned())),
        content,
        reply_id: Some(MessageId(4)),
        is_edited: true,
        reactions: vec![Reaction {
            emoji: Emoji::from_stored("👨‍👩‍👧".to_owned()),
            users: vec![UserId(1), UserId(2)],
        }],
        created_at: Timestamp(8),
        updated_at: Timestamp(9),
    };
    let answered = Message {
        reply_id: None,
        author: None,
        client_msg_id: None,
        ..message.clone()
    };
    let answered = Arc::new(MessageDetail::new(answered, None, None));
    MessageDetail::new(message, Some(person(1)), Some(answered))
}

fn text(words: impl Into<String>) -> Content {
    Content::Text(TextContent {
        text: words.into(),
        mention: vec![UserId(2)],
    })
}

fn contents() -> Vec<Content> {
    let media = |has_all: bool| {
        Content::Media(MediaContent {
            url: "/uploads/k".to_owned(),
            name: "图.ogg".to_owned(),
            extension: "ogg".to_owned(),
            mime: "audio/ogg".to_owned(),
            size: u64::MAX,
            width: has_all.then_some(1),
            height: has_all.then_some(2),
            duration: has_all.then_some(0.1 + 0.2),
            thumbnail: has_all.then(|| "/uploads/t".to_owned()),
            kind: MediaKind::Audio,
            text: has_all.then(|| "caption".to_owned()),
            peaks: has_all.then(|| Peaks::from_stored(vec![0, 100])),
        })
    };
    vec![
        text("hello \0 😁"),
        media(true),
        media(false),
        Content::Notice(Notice {
            kind: NoticeKind::HandedOver,
            actor: Some(UserId(1)),
            subject: None,
            text: "said".to_owned(),
        }),
        Content::Recalled { operator: UserId(3) },
    ]
}

/// One of every kind; a kind that is new in the domain has to find its place here to compile.
fn events() -> Vec<Event> {
    let room_id = RoomId(5);
    let user_id = UserId(1);
    let mut events: Vec<Event> = Vec::new();
    for content in contents() {
        events.push(Event::MessageStored(Arc::new(message(content.clone()))));
        events.push(Event::MessageChanged(Arc::new(message(content))));
    }
    let removed = |reason| Event::MemberRemoved {
        room_id,
        rev: 3,
        user_id,
        reason,
    };
    let revoked = |reason| Event::SessionsRevoked {
        user_id,
        sessions: vec![SessionId(1), SessionId(2)],
        reason,
    };
    events.extend([
        Event::Read {
            room_id,
            user_id,
            read_seq: 9,
        },
        Event::Typing {
            room_id,
            user_id,
            on: true,
        },
        Event::Presence {
            user_id,
            online: false,
            last_seen_at: Some(Timestamp(4)),
        },
        Event::MembersAdded {
            room_id,
            rev: 2,
            people: vec![person(1), person(2)],
        },
        removed(RemovalReason::Left),
        removed(RemovalReason::Removed),
        removed(RemovalReason::Deleted),
        Event::RoomChanged { room_id },
        Event::RoomDeleted { room_id },
        Event::UserChanged(person(2)),
        Event::FriendAdded {
            a: person(1),
            b: person(2),
        },
        Event::FriendRemoved {
            a: person(2),
            b: person(1),
        },
        Event::PreferencesChanged {
            user_id,
            preferences: vec![
                Preference {
                    key: PreferenceKey::from_stored("theme".to_owned()),
                    value: Some(PreferenceValue::from_stored("{\"dark\":true}".to_owned())),
                    updated_at: Timestamp(1),
                },
                Preference {
                    key: PreferenceKey::from_stored("gone".to_owned()),
                    value: None,
                    updated_at: Timestamp(2),
                },
            ],
        },
        revoked(RevocationReason::Logout),
        revoked(RevocationReason::Revoked),
        revoked(RevocationReason::PasswordChanged),
    ]);
    events
}

fn there_and_back(saying: &Saying) -> Saying {
    let (node, said) = decode(&encode(77, saying).unwrap()).unwrap();
    assert_eq!(node, 77);
    said
}

#[test]
fn every_event_arrives_as_it_was_sent() {
    for event in events() {
        let said = there_and_back(&Saying::Event(Box::new(event.clone())));
        let Saying::Event(heard) = said else {
            panic!("{said:?}");
        };
        assert_eq!(format!("{heard:?}"), format!("{event:?}"));
    }
}

#[test]
fn what_an_account_keeps_to_itself_stays_on_its_node() {
    let mut author = person(1);
    author.user = Arc::new(User {
        email: Email::from_stored("private@mail.example".to_owned()),
        qq: "private-qq".to_owned(),
        wechat: "private-wechat".to_owned(),
        permission: Permission::Admin,
        ..(*author.user).clone()
    });
    let sent = MessageDetail {
        author: Some(author.clone()),
        ..message(text("words"))
    };
    for event in [
        Event::MessageStored(Arc::new(sent)),
        Event::MembersAdded {
            room_id: RoomId(5),
            rev: 2,
            people: vec![author.clone()],
        },
        Event::UserChanged(author),
    ] {
        let frame = encode(1, &Saying::Event(Box::new(event))).unwrap();
        let frame = String::from_utf8(frame).unwrap();
        assert!(frame.contains("小明1"), "{frame}");
        assert!(!frame.contains("private") && !frame.contains("admin"), "{frame}");
    }
}

#[test]
fn what_nodes_say_of_themselves_arrives_too() {
    let sayings = [
        Saying::Moved(RoomId(1), 2),
        Saying::Alive {
            at: Timestamp(1),
            people: 2,
            digest: u64::MAX,
        },
        Saying::Presence {
            user: UserId(1),
            online: true,
            at: Timestamp(2),
        },
        Saying::People {
            to: Some(u64::MAX),
            users: vec![UserId(1), UserId(2)],
        },
        Saying::SignIn(SignInTry {
            keys: ["alice\n1.2.3.4".to_owned(), "1.2.3.4".to_owned()],
            at: Timestamp(5),
            has_succeeded: true,
        }),
        Saying::Spent(Spending {
            limit: "message".to_owned(),
            spender: Spender::User(UserId(7)),
            times: NonZeroU32::MIN,
        }),
        Saying::Spent(Spending {
            limit: "register".to_owned(),
            spender: Spender::Address("1.2.3.4".to_owned()),
            times: NonZeroU32::MIN,
        }),
        Saying::WhoIsThere(Some(u64::MAX)),
        Saying::WhoIsThere(None),
        Saying::Hello,
        Saying::Bye,
    ];
    for saying in sayings {
        assert_eq!(format!("{:?}", there_and_back(&saying)), format!("{saying:?}"));
    }
}

#[test]
fn a_message_that_is_too_large_is_only_announced() {
    let large = message(text("x".repeat(MESSAGE_BYTES_MAX)));
    let event = Event::MessageStored(Arc::new(large));
    let said = there_and_back(&Saying::Event(Box::new(event)));
    assert!(matches!(said, Saying::Moved(RoomId(5), 7)), "{said:?}");
}

#[test]
fn what_a_newer_node_says_is_left_out_or_read_as_far_as_it_is_known() {
    let said = |text: &str| decode(text.as_bytes());
    let unknown = said(r#"{"v":1,"n":1,"b":{"k":"Danced","with":[1,2]}}"#);
    assert!(matches!(unknown, Err(Unreadable::Unknown)), "{unknown:?}");
    let other = said(r#"{"v":2,"n":"x","b":7}"#);
    assert!(matches!(other, Err(Unreadable::Version(2))), "{other:?}");
    let richer = said(r#"{"v":1,"n":1,"b":{"k":"RoomChanged","room":3,"why":"because"},"more":1}"#);
    assert!(matches!(richer, Ok((1, Saying::Event(_)))), "{richer:?}");
    let older = said(r#"{"v":1,"n":1,"b":{"k":"WhoIsThere"}}"#);
    assert!(matches!(older, Ok((1, Saying::WhoIsThere(None)))), "{older:?}");
    for broken in ["", "{}", "[1]", "\u{0}", r#"{"v":1,"n":1,"b":{"k":"Read"}}"#] {
        assert!(matches!(said(broken), Err(Unreadable::Malformed(_))), "{broken}");
    }
}
