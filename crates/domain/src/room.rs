//! Rooms: where messages stand, and who may do what in them.

use std::sync::Arc;

use crate::message::MessageDetail;
use crate::search::SearchQuery;
use crate::user::Person;
use crate::{Invalid, RoomId, Timestamp, UserId, text};

/// Longest room name, in characters.
pub const ROOM_NAME_MAX: usize = 64;

/// What kind of conversation a room is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelType {
    /// The conversation of two friends.
    Private,
    /// A room with any number of members.
    Public,
}

impl ChannelType {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "PRIVATE",
            Self::Public => "PUBLIC",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "PRIVATE" => Some(Self::Private),
            "PUBLIC" => Some(Self::Public),
            _ => None,
        }
    }
}

/// Who may come in without being added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JoinPolicy {
    /// Everybody who knows the id.
    Open,
    /// Only who is added by the creator or an admin.
    Invite,
}

impl JoinPolicy {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invite => "invite",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "open" => Some(Self::Open),
            "invite" => Some(Self::Invite),
            _ => None,
        }
    }
}

/// A room as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// Its name; empty for a private room, which is called after the other person.
    pub name: String,
    /// URL of its picture; empty when a generated one is shown.
    pub image: String,
    /// What kind of conversation it is.
    pub channel_type: ChannelType,
    /// Who may come in.
    pub join_policy: JoinPolicy,
    /// True for the room that everybody who registers joins.
    pub is_lobby: bool,
    /// True once two former friends' room takes no more messages.
    pub is_read_only: bool,
    /// The two people of a private room, lower id first; `None` for a public room.
    pub pair: Option<(UserId, UserId)>,
    /// seq of its newest message, 0 when it has none.
    pub last_seq: i64,
    /// Its newest change, 0 when it has none.
    pub last_rev: i64,
    /// How many members it has.
    pub member_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its newest message was stored or it was changed itself.
    pub updated_at: Timestamp,
}

/// A room's name: 1 to [`ROOM_NAME_MAX`] visible characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomName(String);

impl RoomName {
    /// Parses a name that somebody chose.
    ///
    /// # Errors
    /// [`Invalid`] for `name` when nothing visible is left or it is too long.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        text::label("name", name, ROOM_NAME_MAX).map(Self)
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What to store for a new public room.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Its name.
    pub name: RoomName,
    /// URL of its picture; empty for none.
    pub image: String,
    /// Who may come in.
    pub join_policy: JoinPolicy,
    /// Its creator; `None` for the lobby.
    pub creator: Option<UserId>,
    /// Its first admins, without the creator.
    pub admins: Vec<UserId>,
    /// Its first plain members, without creator and admins.
    pub members: Vec<UserId>,
    /// True for the lobby; there is one at most.
    pub is_lobby: bool,
    /// Now.
    pub created_at: Timestamp,
}

/// Which parts of a room change; `None` leaves a part as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomChange {
    /// New name.
    pub name: Option<RoomName>,
    /// New picture URL; empty for the generated one.
    pub image: Option<String>,
    /// New policy.
    pub join_policy: Option<JoinPolicy>,
}

/// A room that anybody may come into, as who is signed in may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRoom {
    /// The room.
    pub room: Room,
    /// True when the asking person is in.
    pub is_joined: bool,
}

/// One page of the rooms that anybody may come into.
#[derive(Debug, Clone)]
pub struct OpenRoomsPage {
    /// Only those whose name holds it.
    pub name: Option<SearchQuery>,
    /// The last room of the page before.
    pub after: Option<RoomId>,
    /// Most rows.
    pub limit: u32,
}

/// Where a member stands in a room: what a client needs to know whether it is up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomHead {
    /// The room.
    pub id: RoomId,
    /// seq of its newest message.
    pub last_seq: i64,
    /// Its newest change.
    pub last_rev: i64,
    /// seq up to which the member has read.
    pub read_seq: i64,
    /// Messages beyond it that others wrote and did not take back; notices don't count.
    pub unread_count: i64,
    /// Those of them that mention the member.
    pub unread_mentions: i64,
}

/// A room as one member sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomDetail {
    /// The room; for a private room `name` and `image` are those of the other person.
    pub room: Room,
    /// Its creator.
    pub creator: Option<Person>,
    /// Its admins.
    pub admins: Vec<Person>,
    /// Its plain members, the first of them in lists.
    pub members: Vec<Person>,
    /// Read marks, the caller's always among them.
    pub read_marks: Vec<(UserId, i64)>,
    /// Messages that the caller has not read (see [`RoomHead::unread_count`]).
    pub unread_count: i64,
    /// Those of them that mention the caller.
    pub unread_mentions: i64,
    /// Its newest message.
    pub last_message: Option<Arc<MessageDetail>>,
}
