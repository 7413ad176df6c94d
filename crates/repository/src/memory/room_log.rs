//! The rooms' logs in memory.

use async_trait::async_trait;
use domain::invitation::InvitationCode;
use domain::media::Scene;
use domain::member::{Member, Role};
use domain::message::{Content, DISTINCT_REACTIONS_MAX, Emoji, Message, Notice, Reaction, TextContent};
use domain::port::{Change, ChangeError, Draft, Ground, MemberAddition, MembershipKind, Outcome, RoomLog};
use domain::room::{JoinPolicy, Room, RoomChange};
use domain::{MessageId, RoomId, Timestamp, UserId};
use shaku::Component;

use super::{MemoryDatabase, State};

type Answer = Result<Outcome, ChangeError>;

/// The rooms' logs in memory.
#[derive(Component)]
#[shaku(interface = RoomLog)]
pub struct MemoryRoomLog {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl RoomLog for MemoryRoomLog {
    async fn commit(&self, changes: Vec<Change>, at: Timestamp) -> Vec<Answer> {
        let mut state = self.db.lock();
        let mut answers = Vec::with_capacity(changes.len());
        for change in changes {
            answers.push(state.apply(change, at));
        }
        answers
    }
}

impl State {
    fn apply(&mut self, change: Change, at: Timestamp) -> Answer {
        match change {
            Change::Given { grounds, change } => {
                if self.hold(change.room_id(), &grounds) {
                    self.apply(*change, at)
                } else {
                    Err(ChangeError::Outdated)
                }
            }
            Change::Append(draft) => self.append(draft, at),
            Change::Edit {
                room_id,
                message_id,
                text,
            } => self.edit(room_id, message_id, text, at),
            Change::Recall {
                room_id,
                message_id,
                operator,
            } => self.recall(room_id, message_id, operator, at),
            Change::React {
                room_id,
                message_id,
                user_id,
                emoji,
                on,
            } => self.react((room_id, message_id), user_id, &emoji, on, at),
            Change::AddMembers {
                room_id,
                additions,
                invitation,
            } => self.add_members(room_id, additions, invitation, at),
            Change::RemoveMember {
                room_id,
                user_id,
                notice,
            } => {
                self.members.remove(&(room_id, user_id)).ok_or(ChangeError::NotMember)?;
                let ended = MembershipKind::Ended(user_id, notice.kind.removal_reason());
                self.count_members(room_id);
                let notice = self.notice(room_id, notice, at)?;
                self.note(room_id, ended, at);
                Ok(Outcome::MemberRemoved(notice))
            }
            Change::HandOver {
                room_id,
                from,
                to,
                notice,
            } => self.hand_over(room_id, from, to, notice, at),
            Change::Update {
                room_id,
                change,
                notice,
            } => self.change_room(room_id, change, notice, at),
        }
    }

    /// Whether a change that was allowed for this may still be made.
    pub(super) fn hold(&self, room_id: RoomId, grounds: &[Ground]) -> bool {
        grounds.iter().all(|ground| match ground {
            Ground::Role(user, role) => self.members.get(&(room_id, *user)).map(|member| member.role) == *role,
            Ground::Open => self
                .rooms
                .get(&room_id)
                .is_some_and(|room| room.join_policy == JoinPolicy::Open),
        })
    }

    fn room_mut(&mut self, room_id: RoomId) -> Result<&mut Room, ChangeError> {
        self.rooms.get_mut(&room_id).ok_or(ChangeError::NotMember)
    }

    fn append(&mut self, draft: Draft, at: Timestamp) -> Answer {
        if !self.is_member(draft.room_id, draft.author) {
            return Err(ChangeError::NotMember);
        }
        if draft.client_msg_id.is_some()
            && let Some(first) = self
                .messages
                .values()
                .find(|message| message.author == Some(draft.author) && message.client_msg_id == draft.client_msg_id)
        {
            let is_shown = self.is_member(first.room_id, draft.author);
            return if is_shown {
                Ok(Outcome::Repeated(first.clone()))
            } else {
                Err(ChangeError::NotMember)
            };
        }
        if self.room_mut(draft.room_id)?.is_read_only {
            return Err(ChangeError::ReadOnly);
        }
        if let Some(reply_id) = draft.reply_id
            && self.messages.get(&reply_id).map(|message| message.room_id) != Some(draft.room_id)
        {
            return Err(ChangeError::NoSuchReply);
        }
        if let Some(key) = &draft.upload_key {
            let upload = self.uploads.get(key).ok_or(ChangeError::NoSuchUpload)?;
            let is_fresh = upload.message_id.is_none() && upload.deleted_at.is_none() && !upload.is_pending;
            if upload.owner != draft.author || upload.scene != Scene::Message || !is_fresh {
                return Err(ChangeError::NoSuchUpload);
            }
        }
        let upload_key = draft.upload_key.clone();
        let message = self.store(
            draft.room_id,
            Some(draft.author),
            draft.content.clone(),
            Some(draft),
            at,
        )?;
        if let Some(upload) = upload_key.and_then(|key| self.uploads.get_mut(&key)) {
            upload.message_id = Some(message.id);
        }
        Ok(Outcome::Appended(message))
    }

    fn store(
        &mut self,
        room_id: RoomId,
        author: Option<UserId>,
        content: Content,
        draft: Option<Draft>,
        at: Timestamp,
    ) -> Result<Message, ChangeError> {
        let id = MessageId(self.next_id());
        let room = self.room_mut(room_id)?;
        room.last_seq += 1;
        room.last_rev += 1;
        room.updated_at = room.updated_at.max(at);
        let message = Message {
            id,
            room_id,
            seq: room.last_seq,
            rev: room.last_rev,
            author,
            client_msg_id: draft.as_ref().and_then(|draft| draft.client_msg_id.clone()),
            content,
            reply_id: draft.and_then(|draft| draft.reply_id),
            is_edited: false,
            reactions: Vec::new(),
            created_at: at,
            updated_at: at,
        };
        self.messages.insert(id, message.clone());
        Ok(message)
    }

    fn notice(&mut self, room_id: RoomId, notice: Notice, at: Timestamp) -> Result<Message, ChangeError> {
        self.store(room_id, notice.actor, Content::Notice(notice), None, at)
    }

    fn find(&mut self, room_id: RoomId, id: MessageId) -> Result<&mut Message, ChangeError> {
        let message = self.messages.get_mut(&id).filter(|message| message.room_id == room_id);
        message.ok_or(ChangeError::NoSuchMessage)
    }

    /// Gives a message the room's next rev, after `change`.
    fn change(&mut self, room_id: RoomId, id: MessageId, at: Timestamp, change: impl FnOnce(&mut Message)) -> Answer {
        let room = self.room_mut(room_id)?;
        room.last_rev += 1;
        let rev = room.last_rev;
        let message = self.find(room_id, id)?;
        change(message);
        message.rev = rev;
        message.updated_at = at;
        Ok(Outcome::Changed(message.clone()))
    }

    fn edit(&mut self, room_id: RoomId, id: MessageId, text: TextContent, at: Timestamp) -> Answer {
        let message = self.find(room_id, id)?.clone();
        let Content::Text(before) = &message.content else {
            return Err(ChangeError::NoSuchMessage);
        };
        if self.room_mut(room_id)?.is_read_only {
            return Err(ChangeError::ReadOnly);
        }
        if *before == text {
            return Ok(Outcome::Unchanged(message));
        }
        self.change(room_id, id, at, |message| {
            message.content = Content::Text(text);
            message.is_edited = true;
        })
    }

    fn recall(&mut self, room_id: RoomId, id: MessageId, operator: UserId, at: Timestamp) -> Answer {
        let message = self.find(room_id, id)?;
        match message.content {
            Content::Recalled { .. } => return Ok(Outcome::Unchanged(message.clone())),
            Content::Notice(_) => return Err(ChangeError::NoSuchMessage),
            Content::Text(_) | Content::Media(_) => {}
        }
        for upload in self.uploads.values_mut().filter(|upload| upload.message_id == Some(id)) {
            upload.deleted_at.get_or_insert(at);
        }
        self.reactions.remove(&id);
        self.change(room_id, id, at, |message| {
            message.content = Content::Recalled { operator };
            message.reactions.clear();
        })
    }

    fn react(
        &mut self,
        (room_id, id): (RoomId, MessageId),
        user_id: UserId,
        emoji: &Emoji,
        on: bool,
        at: Timestamp,
    ) -> Answer {
        if !self.is_member(room_id, user_id) {
            return Err(ChangeError::NotMember);
        }
        let message = self.find(room_id, id)?.clone();
        if !matches!(message.content, Content::Text(_) | Content::Media(_)) {
            return Err(ChangeError::NoSuchMessage);
        }
        if self.room_mut(room_id)?.is_read_only {
            return Err(ChangeError::ReadOnly);
        }
        let known = message.reactions.iter().find(|reaction| reaction.emoji == *emoji);
        if known.is_some_and(|reaction| reaction.users.contains(&user_id)) == on {
            return Ok(Outcome::Unchanged(message));
        }
        if on && known.is_none() && message.reactions.len() >= DISTINCT_REACTIONS_MAX {
            return Err(ChangeError::TooManyReactions);
        }
        let all = self.reactions.entry(id).or_default();
        if on {
            all.push((emoji.clone(), user_id));
        } else {
            all.retain(|one| *one != (emoji.clone(), user_id));
        }
        let reactions = grouped(all);
        self.change(room_id, id, at, |message| message.reactions = reactions)
    }

    fn add_members(
        &mut self,
        room_id: RoomId,
        additions: Vec<MemberAddition>,
        invitation: Option<InvitationCode>,
        at: Timestamp,
    ) -> Answer {
        let read_seq = self.room_mut(room_id)?.last_seq;
        let is_new = |addition: &MemberAddition| {
            self.users.contains_key(&addition.user_id) && !self.is_member(room_id, addition.user_id)
        };
        if let Some(code) = invitation
            && additions.iter().any(is_new)
            && !self.count_use(code, at)
        {
            return Err(ChangeError::NoSuchInvitation);
        }
        let (mut added, mut raised) = (Vec::new(), Vec::new());
        let mut notices = Vec::new();
        for addition in additions {
            let user_id = addition.user_id;
            if !self.users.contains_key(&user_id) {
                continue;
            }
            match self.members.get_mut(&(room_id, user_id)) {
                Some(member) if member.role >= addition.role => continue,
                Some(member) => {
                    member.role = addition.role;
                    if !added.contains(&user_id) && !raised.contains(&user_id) {
                        raised.push(user_id);
                    }
                }
                None => {
                    let member = Member {
                        room_id,
                        user_id,
                        role: addition.role,
                        read_seq,
                        joined_at: at,
                    };
                    self.members.insert((room_id, user_id), member);
                    added.push(user_id);
                }
            }
            if let Some(notice) = addition.notice {
                notices.push(self.notice(room_id, notice, at)?);
            }
        }
        for user_id in &added {
            self.note(room_id, MembershipKind::Joined(*user_id), at);
        }
        let rev = self.room_mut(room_id)?.last_rev;
        self.count_members(room_id);
        let take = |users: Vec<UserId>| {
            let members = users.iter().filter_map(|user| self.members.get(&(room_id, *user)));
            members.cloned().collect()
        };
        Ok(Outcome::MembersAdded {
            added: take(added),
            raised: take(raised),
            notices,
            rev,
        })
    }

    fn hand_over(&mut self, room_id: RoomId, from: UserId, to: UserId, notice: Notice, at: Timestamp) -> Answer {
        let creator = self.members.get(&(room_id, from)).map(|member| member.role);
        if creator != Some(Role::Creator) || from == to || !self.is_member(room_id, to) {
            return Err(ChangeError::NotMember);
        }
        for (user, role) in [(from, Role::Admin), (to, Role::Creator)] {
            if let Some(member) = self.members.get_mut(&(room_id, user)) {
                member.role = role;
            }
        }
        Ok(Outcome::HandedOver(self.notice(room_id, notice, at)?))
    }

    fn change_room(&mut self, room_id: RoomId, change: RoomChange, notice: Option<Notice>, at: Timestamp) -> Answer {
        if let Some(new) = &change.image {
            let old = self.room_mut(room_id)?.image.clone();
            if !self.replace_picture(&old, new, at) {
                return Err(ChangeError::NoSuchPicture);
            }
        }
        let room = self.room_mut(room_id)?;
        if let Some(name) = change.name {
            room.name = name.as_str().to_owned();
        }
        if let Some(image) = change.image {
            room.image = image;
        }
        if let Some(policy) = change.join_policy {
            room.join_policy = policy;
        }
        room.updated_at = room.updated_at.max(at);
        let notice = notice.map(|notice| self.notice(room_id, notice, at)).transpose()?;
        Ok(Outcome::Updated(notice))
    }
}

/// What readers see of the reactions of a message.
fn grouped(all: &[(Emoji, UserId)]) -> Vec<Reaction> {
    let mut reactions: Vec<Reaction> = Vec::new();
    for (emoji, user_id) in all {
        match reactions.iter_mut().find(|reaction| reaction.emoji == *emoji) {
            Some(reaction) => reaction.users.push(*user_id),
            None => reactions.push(Reaction {
                emoji: emoji.clone(),
                users: vec![*user_id],
            }),
        }
    }
    reactions
}
