//! Catching up: all that a client missed, in one answer.

use std::sync::Arc;

use domain::message::{Anchor, Message, MessageDetail};
use domain::page::MAX_LIMIT;
use domain::room::RoomHead;
use domain::{Invalid, RoomId};

use super::{Messages, Synced, SyncedRoom};
use crate::{Actor, Result};

/// Most rooms in one call.
const ROOMS_MAX: usize = 500;
/// Most messages in one answer, over all rooms; the rest is announced by `more`.
const MESSAGES_MAX: usize = 1000;

impl Messages {
    pub(super) async fn sync_rooms(&self, actor: &Actor, rooms: &[(RoomId, i64)]) -> Result<Synced> {
        if rooms.len() > ROOMS_MAX {
            return Err(Invalid::new("rooms", format!("must be at most {ROOMS_MAX}")).into());
        }
        let ids: Vec<RoomId> = rooms.iter().map(|(id, _)| *id).collect();
        let heads = self.rooms.heads(actor.user_id, Some(&ids)).await?;
        let mut synced = Synced::default();
        let mut budget = MESSAGES_MAX;
        for (id, rev) in rooms {
            let Some(head) = heads.iter().find(|head| head.id == *id) else {
                synced.gone.push(*id);
                continue;
            };
            if *rev == head.last_rev {
                continue;
            }
            let Some(room) = self.sync_room(actor, *head, *rev, budget).await? else {
                synced.gone.push(*id);
                continue;
            };
            budget = budget.saturating_sub(room.messages.len());
            synced.rooms.push(room);
        }
        Ok(synced)
    }

    /// `None` when the caller is no member any more.
    async fn sync_room(&self, actor: &Actor, head: RoomHead, rev: i64, budget: usize) -> Result<Option<SyncedRoom>> {
        let reset = !(0..=head.last_rev).contains(&rev);
        let most = MAX_LIMIT.min(u32::try_from(budget).unwrap_or(MAX_LIMIT));
        let read = match (reset, most) {
            (_, 0) => Vec::new(),
            (true, _) => self.messages.history(head.id, Anchor::Newest, most).await?,
            (false, _) => self.messages.changed_since(head.id, rev, most + 1).await?,
        };
        // The caller was a member when the head was read. What came later is for the next time,
        // and for somebody who was removed meanwhile there is none.
        let is_theirs = |message: &Message| message.rev <= head.last_rev;
        let mut messages: Vec<Message> = read.into_iter().filter(is_theirs).collect();
        let more = !reset && (most == 0 || messages.len() > most as usize);
        messages.truncate(most as usize);
        let messages = self.details.complete(messages).await?;
        // What they answer is shown as it is now, which may be after somebody's removal, too.
        let mut quotes = messages.iter().filter_map(|detail| detail.reply.as_ref());
        let is_later = |quote: &Arc<MessageDetail>| quote.message.rev > head.last_rev;
        if quotes.any(is_later) && self.rooms.member(head.id, actor.user_id).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(SyncedRoom {
            head,
            messages,
            more,
            reset,
        }))
    }
}
