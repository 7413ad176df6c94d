//! Messages, as they are read.

use async_trait::async_trait;
use shaku::Interface;

use crate::message::{Anchor, ClientMsgId, Message};
use crate::search::SearchPage;
use crate::{MessageId, PortError, RoomId, UserId};

/// Reads messages. Who may see them is the caller's business, but for [`search`](Self::search).
#[async_trait]
pub trait MessageRepository: Interface {
    /// Those of the messages that exist, in any order.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get_many(&self, ids: &[MessageId]) -> Result<Vec<Message>, PortError>;

    /// The message that its author gave this id, if there is one.
    ///
    /// # Errors
    /// [`PortError`].
    async fn sent_as(&self, author: UserId, id: &ClientMsgId) -> Result<Option<Message>, PortError>;

    /// A page of a room's messages, by rising seq.
    ///
    /// # Errors
    /// [`PortError`].
    async fn history(&self, room_id: RoomId, anchor: Anchor, limit: u32) -> Result<Vec<Message>, PortError>;

    /// Messages whose rev is above the given one, by rising rev, at most `limit`.
    ///
    /// # Errors
    /// [`PortError`].
    async fn changed_since(&self, room_id: RoomId, rev: i64, limit: u32) -> Result<Vec<Message>, PortError>;

    /// The newest message of each of the rooms that has one. A fixed number of queries.
    ///
    /// # Errors
    /// [`PortError`].
    async fn newest_of(&self, rooms: &[RoomId]) -> Result<Vec<Message>, PortError>;

    /// Messages (texts, captions and file names) that hold the query and that the filter admits,
    /// newest first, only from rooms that the person is a member of now, never recalled ones or
    /// notices.
    ///
    /// # Errors
    /// [`PortError`].
    async fn search(&self, user_id: UserId, page: &SearchPage) -> Result<Vec<Message>, PortError>;
}
