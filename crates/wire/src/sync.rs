//! Catching up on the wire.

use domain::UserId;
use serde::Serialize;
use service::message::{Synced, SyncedRoom};

use crate::Message;

/// All that a client missed.
#[derive(Debug, Clone, Serialize)]
pub struct Sync {
    /// Rooms in which something happened.
    pub rooms: Vec<SyncRoom>,
    /// Asked rooms that the caller is no member of (any more).
    pub gone: Vec<i64>,
}

/// What happened in one room.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncRoom {
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
    /// Messages that are new or changed, by rising rev.
    pub messages: Vec<Message>,
    /// True when there are more.
    pub more: bool,
    /// True when the asked rev cannot be: `messages` is the newest page, by rising seq.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reset: bool,
}

impl Sync {
    /// The answer as `reader` sees it.
    #[must_use]
    pub fn for_reader(synced: &Synced, reader: UserId) -> Self {
        Self {
            rooms: synced
                .rooms
                .iter()
                .map(|room| SyncRoom::for_reader(room, reader))
                .collect(),
            gone: synced.gone.iter().map(|id| id.0).collect(),
        }
    }
}

impl SyncRoom {
    fn for_reader(room: &SyncedRoom, reader: UserId) -> Self {
        Self {
            id: room.head.id.0,
            last_seq: room.head.last_seq,
            last_rev: room.head.last_rev,
            read_seq: room.head.read_seq,
            unread_count: room.head.unread_count,
            messages: Message::page(&room.messages, reader),
            more: room.more,
            reset: room.reset,
        }
    }
}
