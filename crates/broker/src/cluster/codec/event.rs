//! Events, and what nodes say of themselves.

use std::num::NonZeroU32;
use std::sync::Arc;

use domain::port::{SignInTry, Spender, Spending};
use domain::preference::Preference;
use domain::user::Person;
use domain::{Event, RoomId, SessionId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use super::Saying;
use super::message::DetailFrame;
use super::person::PersonFrame;
use super::preference::PreferenceFrame;
use super::reason::{RemovalFrame, RevocationFrame};

#[derive(Serialize, Deserialize)]
#[serde(tag = "k")]
pub(super) enum Body {
    Stored {
        detail: Box<DetailFrame>,
    },
    Changed {
        detail: Box<DetailFrame>,
    },
    Moved {
        room: i64,
        rev: i64,
    },
    Read {
        room: i64,
        user: i64,
        seq: i64,
    },
    Typing {
        room: i64,
        user: i64,
        on: bool,
    },
    /// An event like the others, though nodes tell each other by [`Body::Presence`].
    PresenceEvent {
        user: i64,
        online: bool,
        seen: Option<i64>,
    },
    MembersAdded {
        room: i64,
        #[serde(default)]
        rev: i64,
        people: Vec<PersonFrame>,
    },
    MemberRemoved {
        room: i64,
        #[serde(default)]
        rev: i64,
        user: i64,
        reason: RemovalFrame,
    },
    RoomChanged {
        room: i64,
    },
    RoomDeleted {
        room: i64,
    },
    UserChanged {
        person: Box<PersonFrame>,
    },
    FriendAdded {
        people: Box<(PersonFrame, PersonFrame)>,
    },
    FriendRemoved {
        people: Box<(PersonFrame, PersonFrame)>,
    },
    Preferences {
        user: i64,
        preferences: Vec<PreferenceFrame>,
    },
    Revoked {
        user: i64,
        sessions: Vec<i64>,
        reason: RevocationFrame,
    },
    Alive {
        at: i64,
        people: u64,
        digest: u64,
    },
    Presence {
        user: i64,
        online: bool,
        at: i64,
    },
    People {
        #[serde(default)]
        to: Option<u64>,
        users: Vec<i64>,
    },
    SignIn {
        keys: [String; 2],
        at: i64,
        ok: bool,
    },
    Spent {
        limit: String,
        user: Option<i64>,
        address: Option<String>,
        times: NonZeroU32,
    },
    WhoIsThere {
        #[serde(default)]
        of: Option<u64>,
    },
    Hello,
    Bye,
    #[serde(other)]
    Unknown,
}

impl From<&Saying> for Body {
    fn from(saying: &Saying) -> Self {
        match saying {
            Saying::Event(event) => (&**event).into(),
            Saying::Moved(room, rev) => Self::Moved {
                room: room.0,
                rev: *rev,
            },
            Saying::Alive { at, people, digest } => Self::Alive {
                at: at.0,
                people: *people,
                digest: *digest,
            },
            Saying::Presence { user, online, at } => Self::Presence {
                user: user.0,
                online: *online,
                at: at.0,
            },
            Saying::People { to, users } => Self::People {
                to: *to,
                users: users.iter().map(|user| user.0).collect(),
            },
            Saying::WhoIsThere(of) => Self::WhoIsThere { of: *of },
            Saying::SignIn(attempt) => Self::SignIn {
                keys: attempt.keys.clone(),
                at: attempt.at.0,
                ok: attempt.has_succeeded,
            },
            Saying::Spent(spending) => Self::Spent {
                limit: spending.limit.clone(),
                user: match spending.spender {
                    Spender::User(user) => Some(user.0),
                    Spender::Address(_) => None,
                },
                address: match &spending.spender {
                    Spender::User(_) => None,
                    Spender::Address(address) => Some(address.clone()),
                },
                times: spending.times,
            },
            Saying::Hello => Self::Hello,
            Saying::Bye => Self::Bye,
        }
    }
}

impl From<&Event> for Body {
    fn from(event: &Event) -> Self {
        match event {
            Event::MessageStored(detail) => Self::Stored {
                detail: Box::new((&**detail).into()),
            },
            Event::MessageChanged(detail) => Self::Changed {
                detail: Box::new((&**detail).into()),
            },
            Event::Read {
                room_id,
                user_id,
                read_seq,
            } => Self::Read {
                room: room_id.0,
                user: user_id.0,
                seq: *read_seq,
            },
            Event::Typing { room_id, user_id, on } => Self::Typing {
                room: room_id.0,
                user: user_id.0,
                on: *on,
            },
            Event::Presence {
                user_id,
                online,
                last_seen_at,
            } => Self::PresenceEvent {
                user: user_id.0,
                online: *online,
                seen: last_seen_at.map(|at| at.0),
            },
            Event::MembersAdded { room_id, rev, people } => Self::MembersAdded {
                room: room_id.0,
                rev: *rev,
                people: people.iter().map(Into::into).collect(),
            },
            Event::MemberRemoved {
                room_id,
                rev,
                user_id,
                reason,
            } => Self::MemberRemoved {
                room: room_id.0,
                rev: *rev,
                user: user_id.0,
                reason: (*reason).into(),
            },
            Event::RoomChanged { room_id } => Self::RoomChanged { room: room_id.0 },
            Event::RoomDeleted { room_id } => Self::RoomDeleted { room: room_id.0 },
            Event::UserChanged(person) => Self::UserChanged {
                person: Box::new(person.into()),
            },
            Event::FriendAdded { a, b } => Self::FriendAdded {
                people: Box::new((a.into(), b.into())),
            },
            Event::FriendRemoved { a, b } => Self::FriendRemoved {
                people: Box::new((a.into(), b.into())),
            },
            Event::PreferencesChanged { user_id, preferences } => Self::Preferences {
                user: user_id.0,
                preferences: preferences.iter().map(Into::into).collect(),
            },
            Event::SessionsRevoked {
                user_id,
                sessions,
                reason,
            } => Self::Revoked {
                user: user_id.0,
                sessions: sessions.iter().map(|session| session.0).collect(),
                reason: (*reason).into(),
            },
        }
    }
}

impl Body {
    /// `None` when it holds something that this version does not know.
    pub(super) fn saying(self) -> Option<Saying> {
        let event = match self {
            Self::Stored { detail } => Event::MessageStored(Arc::new(detail.detail()?)),
            Self::Changed { detail } => Event::MessageChanged(Arc::new(detail.detail()?)),
            Self::Read { room, user, seq } => Event::Read {
                room_id: RoomId(room),
                user_id: UserId(user),
                read_seq: seq,
            },
            Self::Typing { room, user, on } => Event::Typing {
                room_id: RoomId(room),
                user_id: UserId(user),
                on,
            },
            Self::PresenceEvent { user, online, seen } => Event::Presence {
                user_id: UserId(user),
                online,
                last_seen_at: seen.map(Timestamp),
            },
            Self::MembersAdded { room, rev, people } => Event::MembersAdded {
                room_id: RoomId(room),
                rev,
                people: people.into_iter().map(Person::from).collect(),
            },
            Self::MemberRemoved {
                room,
                rev,
                user,
                reason,
            } => Event::MemberRemoved {
                room_id: RoomId(room),
                rev,
                user_id: UserId(user),
                reason: reason.into(),
            },
            Self::RoomChanged { room } => Event::RoomChanged { room_id: RoomId(room) },
            Self::RoomDeleted { room } => Event::RoomDeleted { room_id: RoomId(room) },
            Self::UserChanged { person } => Event::UserChanged((*person).into()),
            Self::FriendAdded { people } => Event::FriendAdded {
                a: people.0.into(),
                b: people.1.into(),
            },
            Self::FriendRemoved { people } => Event::FriendRemoved {
                a: people.0.into(),
                b: people.1.into(),
            },
            Self::Preferences { user, preferences } => Event::PreferencesChanged {
                user_id: UserId(user),
                preferences: preferences.into_iter().map(Preference::from).collect(),
            },
            Self::Revoked { user, sessions, reason } => Event::SessionsRevoked {
                user_id: UserId(user),
                sessions: sessions.into_iter().map(SessionId).collect(),
                reason: reason.into(),
            },
            Self::Moved { room, rev } => return Some(Saying::Moved(RoomId(room), rev)),
            Self::Alive { at, people, digest } => {
                let at = Timestamp(at);
                return Some(Saying::Alive { at, people, digest });
            }
            Self::Presence { user, online, at } => {
                let (user, at) = (UserId(user), Timestamp(at));
                return Some(Saying::Presence { user, online, at });
            }
            Self::People { to, users } => {
                let users = users.into_iter().map(UserId).collect();
                return Some(Saying::People { to, users });
            }
            Self::WhoIsThere { of } => return Some(Saying::WhoIsThere(of)),
            Self::SignIn { keys, at, ok } => {
                return Some(Saying::SignIn(SignInTry {
                    keys,
                    at: Timestamp(at),
                    has_succeeded: ok,
                }));
            }
            Self::Spent {
                limit,
                user,
                address,
                times,
            } => {
                let user = user.map(|user| Spender::User(UserId(user)));
                let spender = user.or(address.map(Spender::Address))?;
                return Some(Saying::Spent(Spending { limit, spender, times }));
            }
            Self::Hello => return Some(Saying::Hello),
            Self::Bye => return Some(Saying::Bye),
            Self::Unknown => return None,
        };
        Some(Saying::Event(Box::new(event)))
    }
}
