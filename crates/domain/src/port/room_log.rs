//! The log of a room: every change that takes a seq or a rev.

use async_trait::async_trait;
use shaku::Interface;

use crate::invitation::InvitationCode;
use crate::member::{Member, Role};
use crate::message::{ClientMsgId, Content, Emoji, Message, Notice, TextContent};
use crate::room::RoomChange;
use crate::{MessageId, PortError, RoomId, Timestamp, UserId};

/// A message on its way into a room.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The room.
    pub room_id: RoomId,
    /// Who sends it.
    pub author: UserId,
    /// What it holds.
    pub content: Content,
    /// The message of the same room that it answers.
    pub reply_id: Option<MessageId>,
    /// The sender's own id for it.
    pub client_msg_id: Option<ClientMsgId>,
    /// Key of the upload that it carries; the author's own, of scene `message`, not sent before.
    pub upload_key: Option<String>,
}

/// A person to be made a member.
#[derive(Debug, Clone)]
pub struct MemberAddition {
    /// Who.
    pub user_id: UserId,
    /// As what. A member who has a weaker role already is raised to it.
    pub role: Role,
    /// What the timeline says of it when it changes anything.
    pub notice: Option<Notice>,
}

/// Why a change was allowed. It was read before the change had its turn, so it is looked at again
/// when the change is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// That person has that role in the room; `None` for who is no member.
    Role(UserId, Option<Role>),
    /// Anybody may join the room.
    Open,
}

/// One change to a room.
#[derive(Debug, Clone)]
pub enum Change {
    /// Another change, made only if all that it was allowed for still holds.
    Given {
        /// Why it was allowed.
        grounds: Vec<Ground>,
        /// The change.
        change: Box<Change>,
    },
    /// Stores a message: takes the next seq and the next rev.
    Append(Draft),
    /// Gives a text message new words: takes the next rev.
    Edit {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Its new words.
        text: TextContent,
    },
    /// Takes a message back, its content, search entry and reactions for good: takes the next
    /// rev, and marks its upload as deleted.
    Recall {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Who takes it back.
        operator: UserId,
    },
    /// Sets or takes away a reaction: takes the next rev when that changes anything.
    React {
        /// The room.
        room_id: RoomId,
        /// The message.
        message_id: MessageId,
        /// Who reacts.
        user_id: UserId,
        /// With what.
        emoji: Emoji,
        /// Sets or takes away.
        on: bool,
    },
    /// Makes people members, each with everything so far counted as read; each notice takes the
    /// next seq and rev. People who do not exist or are members already are left out.
    AddMembers {
        /// The room.
        room_id: RoomId,
        /// Who and how.
        additions: Vec<MemberAddition>,
        /// The invitation into the room that brings them: used once, unless all are members already.
        invitation: Option<InvitationCode>,
    },
    /// Ends a membership; the notice takes the next seq and rev.
    RemoveMember {
        /// The room.
        room_id: RoomId,
        /// Who.
        user_id: UserId,
        /// What the timeline says of it.
        notice: Notice,
    },
    /// Makes another member the creator; the creator so far becomes an admin. The notice takes
    /// the next seq and rev.
    HandOver {
        /// The room.
        room_id: RoomId,
        /// The creator so far.
        from: UserId,
        /// The creator from now on.
        to: UserId,
        /// What the timeline says of it.
        notice: Notice,
    },
    /// Changes a room's name, picture or policy; the notice takes the next seq and rev. A picture
    /// that nobody has any more is marked as deleted.
    Update {
        /// The room.
        room_id: RoomId,
        /// What changes.
        change: RoomChange,
        /// What the timeline says of it.
        notice: Option<Notice>,
    },
}

impl Change {
    /// The same, made only if all of this still holds.
    #[must_use]
    pub fn given(self, grounds: impl Into<Vec<Ground>>) -> Self {
        Self::Given {
            grounds: grounds.into(),
            change: Box::new(self),
        }
    }

    /// The room that changes.
    #[must_use]
    pub fn room_id(&self) -> RoomId {
        match self {
            Self::Given { change, .. } => change.room_id(),
            Self::Append(draft) => draft.room_id,
            Self::Edit { room_id, .. }
            | Self::Recall { room_id, .. }
            | Self::React { room_id, .. }
            | Self::AddMembers { room_id, .. }
            | Self::RemoveMember { room_id, .. }
            | Self::HandOver { room_id, .. }
            | Self::Update { room_id, .. } => *room_id,
        }
    }
}

/// What a change did, with its messages in whatever form.
#[derive(Debug, Clone)]
pub enum Outcome<M = Message> {
    /// The message was stored.
    Appended(M),
    /// The author sent a message with this client id before: this is the first one, as it stands
    /// now; nothing was stored.
    Repeated(M),
    /// The message has changed.
    Changed(M),
    /// The message is as it was wanted already.
    Unchanged(M),
    /// These are new members, these had their role raised, and these notices were stored.
    MembersAdded {
        /// The new ones.
        added: Vec<Member>,
        /// Those with a new role.
        raised: Vec<Member>,
        /// The notices.
        notices: Vec<M>,
        /// The room's newest change after it.
        rev: i64,
    },
    /// The membership has ended and this notice was stored.
    MemberRemoved(M),
    /// The room has a new creator and this notice was stored.
    HandedOver(M),
    /// The room has changed, and this notice was stored if it had one.
    Updated(Option<M>),
}

impl<M> Outcome<M> {
    /// Its messages.
    pub fn messages(&self) -> impl Iterator<Item = &M> {
        let (one, many): (Option<&M>, &[M]) = match self {
            Self::Appended(message)
            | Self::Repeated(message)
            | Self::Changed(message)
            | Self::Unchanged(message)
            | Self::MemberRemoved(message)
            | Self::HandedOver(message) => (Some(message), &[]),
            Self::MembersAdded { notices, .. } => (None, notices),
            Self::Updated(notice) => (notice.as_ref(), &[]),
        };
        one.into_iter().chain(many)
    }

    /// Its message, where it has one.
    pub fn into_message(self) -> Option<M> {
        match self {
            Self::Appended(message)
            | Self::Repeated(message)
            | Self::Changed(message)
            | Self::Unchanged(message)
            | Self::MemberRemoved(message)
            | Self::HandedOver(message) => Some(message),
            Self::MembersAdded { .. } => None,
            Self::Updated(notice) => notice,
        }
    }

    /// The same with other messages in place of its own.
    pub fn map<N>(self, mut make: impl FnMut(M) -> N) -> Outcome<N> {
        match self {
            Self::Appended(message) => Outcome::Appended(make(message)),
            Self::Repeated(message) => Outcome::Repeated(make(message)),
            Self::Changed(message) => Outcome::Changed(make(message)),
            Self::Unchanged(message) => Outcome::Unchanged(make(message)),
            Self::MembersAdded {
                added,
                raised,
                notices,
                rev,
            } => Outcome::MembersAdded {
                added,
                raised,
                notices: notices.into_iter().map(make).collect(),
                rev,
            },
            Self::MemberRemoved(notice) => Outcome::MemberRemoved(make(notice)),
            Self::HandedOver(notice) => Outcome::HandedOver(make(notice)),
            Self::Updated(notice) => Outcome::Updated(notice.map(make)),
        }
    }
}

/// Why a change was refused. Nothing of it was stored, and it took neither seq nor rev.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such room, or somebody who must be a member of it is none:
    /// who sends, reacts, is removed or takes over.
    #[error("not a member of the room")]
    NotMember,
    /// What the change was allowed for does not hold any more.
    #[error("what the change was allowed for does not hold any more")]
    Outdated,
    /// The room takes no more messages.
    #[error("the room is read-only")]
    ReadOnly,
    /// There is no such message in the room, or it is recalled or a notice where that matters.
    #[error("no such message")]
    NoSuchMessage,
    /// The answered message is not in the room.
    #[error("no such message to answer")]
    NoSuchReply,
    /// The upload is not the author's, not for messages, or sent before.
    #[error("no such upload")]
    NoSuchUpload,
    /// The room's new picture is gone, or never was.
    #[error("no such picture")]
    NoSuchPicture,
    /// The invitation is unknown or has ended.
    #[error("no such invitation")]
    NoSuchInvitation,
    /// The message has [`DISTINCT_REACTIONS_MAX`](crate::message::DISTINCT_REACTIONS_MAX)
    /// different emoji already.
    #[error("too many different reactions")]
    TooManyReactions,
    /// The database failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// Writes the rooms' logs. Only the sequencer calls it, one batch at a time.
#[async_trait]
pub trait RoomLog: Interface {
    /// Applies the changes in their order, in one transaction, and gives one answer for each, in
    /// the same order. When it returns, all that succeeded is durable. A change that is refused
    /// leaves the others alone. Within a room seq and rev have no gaps and no doubles, also with
    /// several nodes writing. The number of statements does not grow with the number of
    /// messages in the batch.
    ///
    /// # Errors
    /// None of its own: when the transaction fails, every change answers [`ChangeError::Port`],
    /// and nothing is stored.
    async fn commit(&self, changes: Vec<Change>, at: Timestamp) -> Vec<Result<Outcome, ChangeError>>;
}
