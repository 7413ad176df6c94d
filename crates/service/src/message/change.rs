//! Changing what was said: edits, recalls and reactions.

use std::sync::Arc;
use std::time::Duration;

use domain::member::{Member, Role};
use domain::message::{Content, Emoji, Message, MessageDetail};
use domain::port::{Change, Ground};
use domain::room::Room;
use domain::{MessageId, UserId};

use super::Messages;
use crate::{Actor, Error, Result, audit};

impl Messages {
    pub(super) async fn edit_message(
        &self,
        actor: &Actor,
        id: MessageId,
        text: &str,
        mention: &[UserId],
    ) -> Result<Arc<MessageDetail>> {
        let (message, me) = self.visible_message(actor, id).await?;
        if message.author != Some(actor.user_id) {
            return Err(Error::Forbidden("only its author edits a message"));
        }
        match message.content {
            Content::Text(_) => {}
            Content::Recalled { .. } => return Err(Error::Conflict("the message was recalled")),
            Content::Media(_) | Content::Notice(_) => return Err(Error::Forbidden("only texts can be edited")),
        }
        self.within(
            &message,
            self.policy.edit_window,
            "the time to edit the message is over",
        )?;
        self.writable(&message).await?;
        let text = self.checked_text(message.room_id, text, mention).await?;
        let change = Change::Edit {
            room_id: message.room_id,
            message_id: id,
            text,
        };
        self.apply(change.given([Ground::Role(actor.user_id, Some(me.role))]))
            .await
    }

    pub(super) async fn recall_message(&self, actor: &Actor, id: MessageId) -> Result<Arc<MessageDetail>> {
        let (message, me) = self.visible_message(actor, id).await?;
        let mut grounds = vec![Ground::Role(actor.user_id, Some(me.role))];
        if matches!(message.content, Content::Notice(_)) {
            return Err(Error::Forbidden("notices cannot be recalled"));
        }
        if message.author == Some(actor.user_id) {
            self.within(
                &message,
                self.policy.recall_window,
                "the time to recall the message is over",
            )?;
        } else {
            let author = self.role_of_author(&message).await?;
            let role = actor.role_in(&self.room_of(&message).await?, me.role);
            if !role.may_recall_from(author.unwrap_or(Role::Member)) {
                return Err(Error::Forbidden("only its author or a room admin recalls a message"));
            }
            grounds.extend(message.author.map(|id| Ground::Role(id, author)));
        }
        let change = Change::Recall {
            room_id: message.room_id,
            message_id: id,
            operator: actor.user_id,
        };
        let recalled = self.apply(change.given(grounds)).await?;
        if message.author != Some(actor.user_id) {
            audit::note(actor.user_id, "message.remove", Some(message.room_id), id);
        }
        Ok(recalled)
    }

    pub(super) async fn react_to_message(
        &self,
        actor: &Actor,
        id: MessageId,
        emoji: &str,
        on: bool,
    ) -> Result<Arc<MessageDetail>> {
        let emoji = Emoji::parse(emoji)?;
        let (message, _) = self.visible_message(actor, id).await?;
        self.writable(&message).await?;
        let change = Change::React {
            room_id: message.room_id,
            message_id: id,
            user_id: actor.user_id,
            emoji,
            on,
        };
        self.apply(change).await
    }

    /// Applies a change that gives one message.
    pub(super) async fn apply(&self, change: Change) -> Result<Arc<MessageDetail>> {
        let applied = self.sequencer.apply(change).await?;
        applied
            .into_message()
            .ok_or_else(|| Error::internal("the change gave no message"))
    }

    /// A message of one of the caller's rooms, and the caller's membership there.
    async fn visible_message(&self, actor: &Actor, id: MessageId) -> Result<(Message, Member)> {
        let message = self.messages.get_many(&[id]).await?.pop().ok_or(Error::NotFound)?;
        let me = self.membership(actor, message.room_id).await?;
        Ok((message, me))
    }

    async fn room_of(&self, message: &Message) -> Result<Room> {
        let room = self.rooms.get_many(&[message.room_id]).await?.pop();
        room.ok_or(Error::NotFound)
    }

    async fn writable(&self, message: &Message) -> Result<()> {
        if self.room_of(message).await?.is_read_only {
            Err(Error::Forbidden("the room is read-only"))
        } else {
            Ok(())
        }
    }

    fn within(&self, message: &Message, window: Duration, otherwise: &'static str) -> Result<()> {
        let age = self.clock.now().since(message.created_at);
        if window.is_zero() || age <= window {
            Ok(())
        } else {
            Err(Error::Forbidden(otherwise))
        }
    }

    /// `None` where the author is in the room no more.
    async fn role_of_author(&self, message: &Message) -> Result<Option<Role>> {
        let Some(author) = message.author else {
            return Ok(None);
        };
        let member = self.rooms.member(message.room_id, author).await?;
        Ok(member.map(|member| member.role))
    }
}
