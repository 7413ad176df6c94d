//! Membership: roles, what each role may do, and read marks.

use crate::{RoomId, Timestamp, UserId};

/// A member's standing in one room, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Reads and writes.
    Member,
    /// Also renames, adds, removes plain members and recalls their messages.
    Admin,
    /// Also names admins, removes them and deletes the room.
    Creator,
}

impl Role {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Admin => "admin",
            Self::Creator => "creator",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "member" => Some(Self::Member),
            "admin" => Some(Self::Admin),
            "creator" => Some(Self::Creator),
            _ => None,
        }
    }

    /// May rename the room, change its picture and policy, and add plain members.
    #[must_use]
    pub fn may_manage_room(self) -> bool {
        self >= Self::Admin
    }

    /// May name new admins.
    #[must_use]
    pub fn may_name_admins(self) -> bool {
        self == Self::Creator
    }

    /// May delete the room.
    #[must_use]
    pub fn may_delete_room(self) -> bool {
        self == Self::Creator
    }

    /// May remove a member of role `other` (not oneself: leaving is always one's own business,
    /// but for the creator).
    #[must_use]
    pub fn may_remove(self, other: Self) -> bool {
        self.may_manage_room() && self > other
    }

    /// May take back a message that somebody of role `author` wrote. Former members count as
    /// plain members.
    #[must_use]
    pub fn may_recall_from(self, author: Self) -> bool {
        self.may_manage_room() && self > author
    }
}

/// One person's membership of one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The room.
    pub room_id: RoomId,
    /// The person.
    pub user_id: UserId,
    /// The person's standing.
    pub role: Role,
    /// seq up to which the person has read, 0 for nothing.
    pub read_seq: i64,
    /// Since when.
    pub joined_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_matrix_stands_as_written() {
        use Role::{Admin, Creator, Member};
        for (actor, other, may) in [
            (Member, Member, false),
            (Member, Admin, false),
            (Member, Creator, false),
            (Admin, Member, true),
            (Admin, Admin, false),
            (Admin, Creator, false),
            (Creator, Member, true),
            (Creator, Admin, true),
            (Creator, Creator, false),
        ] {
            assert_eq!(actor.may_remove(other), may, "{actor:?} removes {other:?}");
            assert_eq!(actor.may_recall_from(other), may, "{actor:?} recalls from {other:?}");
        }
        assert!(!Admin.may_name_admins() && Creator.may_name_admins());
        assert!(!Admin.may_delete_room() && Creator.may_delete_room());
    }
}
