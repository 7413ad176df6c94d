//! Messages: sending, changing, reading and finding them.

mod change;
mod details;
mod read;
mod send;
mod sync;

use std::sync::Arc;

use async_trait::async_trait;
use domain::message::{Anchor, MessageDetail};
use domain::port::{Broker, Clock, MediaStore, MessageRepository, RoomRepository, UploadRepository};
use domain::room::RoomHead;
use domain::search::{SearchHit, SearchPage};
use domain::{MessageId, RoomId, UserId};
use shaku::{Component, Interface};

use crate::decide::until_decided;
use crate::limits::{Limit, Limits};
use crate::sequencer::Sequencer;
use crate::{Actor, Policy, Result};

pub use details::{Details, MessageDetails, Surroundings};

/// What somebody wants to say.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Whom they mention; people who are no members are left out.
        mention: Vec<UserId>,
    },
    /// A file that the sender uploaded. Everything else about it is known from the upload.
    Media {
        /// Its URL, as the upload answered it.
        url: String,
        /// A name for it instead of the uploaded one.
        name: Option<String>,
        /// Seconds, as its sender measured.
        duration: Option<f64>,
        /// A caption.
        text: Option<String>,
        /// The waveform of a voice message, as its sender measured.
        peaks: Option<Vec<i64>>,
    },
}

/// A message that somebody sends.
#[derive(Debug, Clone)]
pub struct SendMessage {
    /// The room.
    pub room_id: RoomId,
    /// What they say.
    pub body: Outgoing,
    /// The message of the same room that it answers.
    pub reply_id: Option<MessageId>,
    /// Their own id for it.
    pub client_msg_id: Option<String>,
}

/// What happened in one room since a client was last up to date.
#[derive(Debug, Clone)]
pub struct SyncedRoom {
    /// Where the caller stands there now.
    pub head: RoomHead,
    /// Messages that are new or changed, by rising rev; with `reset` the newest page by rising seq.
    pub messages: Vec<Arc<MessageDetail>>,
    /// True when there are more: ask again with the rev of the last one.
    pub more: bool,
    /// True when the asked rev cannot be: forget the room and start from this page.
    pub reset: bool,
}

/// The answer to a client that wants to be up to date.
#[derive(Debug, Clone, Default)]
pub struct Synced {
    /// Rooms in which something happened.
    pub rooms: Vec<SyncedRoom>,
    /// Asked rooms that the caller is no member of (any more).
    pub gone: Vec<RoomId>,
}

/// Messages of the caller's rooms.
#[async_trait]
pub trait MessageService: Interface {
    /// Stores a message. When it answers, the message is durable and its push is under way.
    ///
    /// A text without mentions reaches the sequencer on the first poll of the future: nothing is
    /// awaited before. Callers rely on it to keep the order of messages that they start one after
    /// the other without waiting for each.
    async fn send(&self, actor: &Actor, message: SendMessage) -> Result<Arc<MessageDetail>>;

    /// Gives one of the caller's text messages new words.
    async fn edit(
        &self,
        actor: &Actor,
        id: MessageId,
        text: String,
        mention: Vec<UserId>,
    ) -> Result<Arc<MessageDetail>>;

    /// Takes a message back: one's own, or as creator or admin that of a weaker role.
    async fn recall(&self, actor: &Actor, id: MessageId) -> Result<Arc<MessageDetail>>;

    /// Sets (`on`) or takes away a reaction of the caller.
    async fn react(&self, actor: &Actor, id: MessageId, emoji: &str, on: bool) -> Result<Arc<MessageDetail>>;

    /// Moves the caller's read mark forward and gives it as it stands.
    async fn mark_read(&self, actor: &Actor, room_id: RoomId, seq: i64) -> Result<i64>;

    /// A page of a room's messages, by rising seq.
    async fn history(
        &self,
        actor: &Actor,
        room_id: RoomId,
        anchor: Anchor,
        limit: u32,
    ) -> Result<Vec<Arc<MessageDetail>>>;

    /// All that a client missed, given the rev that it has of each room (at most 500).
    async fn sync(&self, actor: &Actor, rooms: &[(RoomId, i64)]) -> Result<Synced>;

    /// Messages of the caller's rooms that hold a text and that a filter admits, newest first.
    async fn search(&self, actor: &Actor, page: SearchPage) -> Result<Vec<SearchHit>>;

    /// Tells the other members that the caller types or stops.
    async fn typing(&self, actor: &Actor, room_id: RoomId, on: bool) -> Result<()>;
}

/// The use cases of messages.
#[derive(Component)]
#[shaku(interface = MessageService)]
pub struct Messages {
    #[shaku(inject)]
    messages: Arc<dyn MessageRepository>,
    #[shaku(inject)]
    rooms: Arc<dyn RoomRepository>,
    #[shaku(inject)]
    uploads: Arc<dyn UploadRepository>,
    #[shaku(inject)]
    store: Arc<dyn MediaStore>,
    #[shaku(inject)]
    sequencer: Arc<dyn Sequencer>,
    #[shaku(inject)]
    details: Arc<dyn MessageDetails>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
    /// The operator's choices.
    policy: Arc<Policy>,
}

#[async_trait]
impl MessageService for Messages {
    async fn send(&self, actor: &Actor, message: SendMessage) -> Result<Arc<MessageDetail>> {
        self.limits.take(Limit::Message, actor.user_id)?;
        self.send_message(actor, message).await
    }

    async fn edit(
        &self,
        actor: &Actor,
        id: MessageId,
        text: String,
        mention: Vec<UserId>,
    ) -> Result<Arc<MessageDetail>> {
        self.limits.take(Limit::Message, actor.user_id)?;
        until_decided(|| self.edit_message(actor, id, &text, &mention)).await
    }

    async fn recall(&self, actor: &Actor, id: MessageId) -> Result<Arc<MessageDetail>> {
        until_decided(|| self.recall_message(actor, id)).await
    }

    async fn react(&self, actor: &Actor, id: MessageId, emoji: &str, on: bool) -> Result<Arc<MessageDetail>> {
        self.limits.take(Limit::Change, actor.user_id)?;
        self.react_to_message(actor, id, emoji, on).await
    }

    async fn mark_read(&self, actor: &Actor, room_id: RoomId, seq: i64) -> Result<i64> {
        self.move_read_mark(actor, room_id, seq).await
    }

    async fn history(
        &self,
        actor: &Actor,
        room_id: RoomId,
        anchor: Anchor,
        limit: u32,
    ) -> Result<Vec<Arc<MessageDetail>>> {
        self.read_history(actor, room_id, anchor, limit).await
    }

    async fn sync(&self, actor: &Actor, rooms: &[(RoomId, i64)]) -> Result<Synced> {
        self.sync_rooms(actor, rooms).await
    }

    async fn search(&self, actor: &Actor, page: SearchPage) -> Result<Vec<SearchHit>> {
        self.limits.take(Limit::Search, actor.user_id)?;
        self.search_messages(actor, page).await
    }

    async fn typing(&self, actor: &Actor, room_id: RoomId, on: bool) -> Result<()> {
        self.tell_typing(actor, room_id, on).await
    }
}
