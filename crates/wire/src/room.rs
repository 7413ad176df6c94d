//! Rooms on the wire.

use std::collections::BTreeMap;

use domain::UserId;
use domain::room::{self, RoomDetail, RoomHead};
use domain::user::Person;
use serde::{Deserialize, Serialize};
use service::media::picture;
use service::room::MemberDetail;

use crate::{Message, User, time};

/// A room as one member sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Room {
    /// Id.
    pub id: i64,
    /// Its name; the other person's for a private room.
    pub name: String,
    /// URL of its picture; of a generated one where there is none.
    pub image: String,
    /// `PRIVATE` or `PUBLIC`.
    pub channel_type: String,
    /// `open` or `invite`.
    pub join_policy: String,
    /// Its creator.
    pub creator: Option<User>,
    /// Its admins.
    pub admin: Vec<User>,
    /// Its plain members, the first of them in lists.
    pub member: Vec<User>,
    /// How many members it has, all roles together.
    pub member_count: i64,
    /// seq of its newest message.
    pub last_seq: i64,
    /// Its newest change.
    pub last_rev: i64,
    /// seq up to which each member has read, by user id.
    pub read_seq: BTreeMap<String, i64>,
    /// Messages that the caller has not read.
    pub unread_count: i64,
    /// Those of them that mention the caller.
    pub unread_mentions: i64,
    /// Its newest message.
    pub last_message: Option<Message>,
    /// When it was made.
    pub created_at: String,
    /// When something happened in it last.
    pub updated_at: String,
}

impl Room {
    /// The room as `reader` sees it.
    #[must_use]
    pub fn for_reader(detail: &RoomDetail, reader: UserId) -> Self {
        let room = &detail.room;
        Self {
            id: room.id.0,
            name: room.name.clone(),
            image: picture::of_room(room),
            channel_type: room.channel_type.as_str().to_owned(),
            join_policy: room.join_policy.as_str().to_owned(),
            creator: detail.creator.as_ref().map(User::from),
            admin: users(&detail.admins),
            member: users(&detail.members),
            member_count: room.member_count,
            last_seq: room.last_seq,
            last_rev: room.last_rev,
            read_seq: detail
                .read_marks
                .iter()
                .map(|(user, seq)| (user.to_string(), *seq))
                .collect(),
            unread_count: detail.unread_count,
            unread_mentions: detail.unread_mentions,
            last_message: detail
                .last_message
                .as_ref()
                .map(|last| Message::for_reader(last, reader)),
            created_at: time::text(room.created_at),
            updated_at: time::text(room.updated_at),
        }
    }

    /// A page of rooms as `reader` sees them.
    #[must_use]
    pub fn page(details: &[RoomDetail], reader: UserId) -> Vec<Self> {
        details.iter().map(|detail| Self::for_reader(detail, reader)).collect()
    }
}

/// A room that anybody may come into, as who is signed in sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct OpenRoom {
    /// Id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// URL of its picture; of a generated one where there is none.
    pub image: String,
    /// How many members it has, all roles together.
    pub member_count: i64,
    /// True when the caller is one of them.
    pub joined: bool,
    /// When it was made.
    pub created_at: String,
}

impl From<&room::OpenRoom> for OpenRoom {
    fn from(open: &room::OpenRoom) -> Self {
        let room = &open.room;
        Self {
            id: room.id.0,
            name: room.name.clone(),
            image: picture::of_room(room),
            member_count: room.member_count,
            joined: open.is_joined,
            created_at: time::text(room.created_at),
        }
    }
}

/// People on the wire.
#[must_use]
pub fn users(people: &[Person]) -> Vec<User> {
    people.iter().map(User::from).collect()
}

/// A member of a room.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Who.
    pub user: User,
    /// `creator`, `admin` or `member`.
    pub role: String,
    /// Since when.
    pub joined_at: String,
}

impl From<&MemberDetail> for Member {
    fn from(member: &MemberDetail) -> Self {
        Self {
            user: (&member.person).into(),
            role: member.role.as_str().to_owned(),
            joined_at: time::text(member.joined_at),
        }
    }
}

/// Where the caller stands in a room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Head {
    /// The room.
    pub id: i64,
    /// seq of its newest message.
    pub last_seq: i64,
    /// Its newest change.
    pub last_rev: i64,
    /// seq up to which the caller has read.
    pub read_seq: i64,
    /// Messages that the caller has not read.
    pub unread_count: i64,
}

impl From<&RoomHead> for Head {
    fn from(head: &RoomHead) -> Self {
        Self {
            id: head.id.0,
            last_seq: head.last_seq,
            last_rev: head.last_rev,
            read_seq: head.read_seq,
            unread_count: head.unread_count,
        }
    }
}

/// A read mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct ReadMark {
    /// seq up to which the caller has read.
    pub read_seq: i64,
}
