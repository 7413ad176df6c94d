//! Events: what happened, told to those who are connected.
//!
//! Events of one room are published in the order in which their changes became durable.

use std::sync::Arc;

use crate::message::MessageDetail;
use crate::preference::Preference;
use crate::user::Person;
use crate::{RoomId, SessionId, Timestamp, UserId};

/// Something that connected people hear of.
#[derive(Debug, Clone)]
pub enum Event {
    /// A message was stored. To every member, its author included.
    MessageStored(Arc<MessageDetail>),
    /// A message was edited, recalled or reacted to. To every member.
    MessageChanged(Arc<MessageDetail>),
    /// A read mark moved. To every member.
    Read {
        /// The room.
        room_id: RoomId,
        /// Who read.
        user_id: UserId,
        /// seq up to which.
        read_seq: i64,
    },
    /// Somebody types or stops. To the other members; the first to be dropped under pressure.
    Typing {
        /// The room.
        room_id: RoomId,
        /// Who.
        user_id: UserId,
        /// Starts or stops.
        on: bool,
    },
    /// Somebody came online or went. To those who share a room; dropped under pressure.
    Presence {
        /// Who.
        user_id: UserId,
        /// Came or went.
        online: bool,
        /// When they were last here.
        last_seen_at: Option<Timestamp>,
    },
    /// People became members. From now on they hear of the room; the others are told.
    MembersAdded {
        /// The room.
        room_id: RoomId,
        /// The room's newest change then. Of two words on one membership the one with the higher
        /// rev counts; of two with the same one, that somebody is a member.
        rev: i64,
        /// The new ones.
        people: Vec<Person>,
    },
    /// Somebody is no member any more. They are told and hear nothing more of the room.
    MemberRemoved {
        /// The room.
        room_id: RoomId,
        /// The rev of the change that ended the membership.
        rev: i64,
        /// Who.
        user_id: UserId,
        /// Why.
        reason: RemovalReason,
    },
    /// A room's name, picture, policy or roles changed, or it became read-only.
    /// To every member, each as they see it.
    RoomChanged {
        /// The room.
        room_id: RoomId,
    },
    /// A room is gone. To those who were members.
    RoomDeleted {
        /// The room.
        room_id: RoomId,
    },
    /// A profile changed. To those who share a room with it, and to its owner.
    UserChanged(Person),
    /// Two people are friends now. To both, each about the other.
    FriendAdded {
        /// One.
        a: Person,
        /// The other.
        b: Person,
    },
    /// Two people are no friends any more. To both, each about the other.
    FriendRemoved {
        /// One.
        a: Person,
        /// The other.
        b: Person,
    },
    /// A person's preferences were set or removed. To all of their devices.
    PreferencesChanged {
        /// Whose.
        user_id: UserId,
        /// As they stand now.
        preferences: Vec<Preference>,
    },
    /// Sessions ended: their connections are closed at once, and hear nothing after this.
    SessionsRevoked {
        /// Whose.
        user_id: UserId,
        /// Which.
        sessions: Vec<SessionId>,
        /// Why.
        reason: RevocationReason,
    },
}

/// Why somebody is no member any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovalReason {
    /// They left.
    Left,
    /// Somebody removed them.
    Removed,
    /// The room is gone.
    Deleted,
}

impl RemovalReason {
    /// The word that the wire uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Removed => "removed",
            Self::Deleted => "deleted",
        }
    }
}

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevocationReason {
    /// Its owner signed out.
    Logout,
    /// Its owner ended it from another device, or its refresh token was used twice.
    Revoked,
    /// Its owner changed the password on another device.
    PasswordChanged,
}

impl RevocationReason {
    /// The word that a kick tells the client.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Revoked | Self::PasswordChanged => "session_revoked",
        }
    }
}
