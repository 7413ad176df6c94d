//! Messages in memory, as they are read.

use async_trait::async_trait;
use domain::message::{Anchor, ClientMsgId, Content, Message};
use domain::port::MessageRepository;
use domain::search::{SearchFilter, SearchPage};
use domain::text::search_key;
use domain::{MessageId, PortError, RoomId, UserId};
use shaku::Component;

use super::MemoryDatabase;

/// Messages in memory.
#[derive(Component)]
#[shaku(interface = MessageRepository)]
pub struct MemoryMessageRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl MessageRepository for MemoryMessageRepository {
    async fn get_many(&self, ids: &[MessageId]) -> Result<Vec<Message>, PortError> {
        let state = self.db.lock();
        let messages = state.messages.values();
        Ok(messages.filter(|message| ids.contains(&message.id)).cloned().collect())
    }

    async fn sent_as(&self, author: UserId, id: &ClientMsgId) -> Result<Option<Message>, PortError> {
        let is_it = |message: &&Message| message.author == Some(author) && message.client_msg_id.as_ref() == Some(id);
        Ok(self.db.lock().messages.values().find(is_it).cloned())
    }

    async fn history(&self, room_id: RoomId, anchor: Anchor, limit: u32) -> Result<Vec<Message>, PortError> {
        let mut all: Vec<Message> = self.db.lock().messages_of(room_id).cloned().collect();
        all.sort_by_key(|message| message.seq);
        let limit = limit as usize;
        let below = |seq: i64| all.partition_point(|message| message.seq < seq);
        let (from, to) = match anchor {
            Anchor::Newest => (all.len().saturating_sub(limit), all.len()),
            Anchor::Before(seq) => (below(seq).saturating_sub(limit), below(seq)),
            Anchor::After(seq) => {
                let from = below(seq.saturating_add(1));
                (from, from + limit)
            }
            Anchor::Around(seq) => {
                let half = limit / 2;
                (below(seq).saturating_sub(half), below(seq) + limit - half)
            }
        };
        all.truncate(to);
        Ok(all.split_off(from.min(all.len())))
    }

    async fn changed_since(&self, room_id: RoomId, rev: i64, limit: u32) -> Result<Vec<Message>, PortError> {
        let state = self.db.lock();
        let changed = state.messages_of(room_id).filter(|message| message.rev > rev);
        let mut changed: Vec<Message> = changed.cloned().collect();
        changed.sort_by_key(|message| message.rev);
        changed.truncate(limit as usize);
        Ok(changed)
    }

    async fn newest_of(&self, rooms: &[RoomId]) -> Result<Vec<Message>, PortError> {
        let state = self.db.lock();
        let newest = |room: &RoomId| state.messages_of(*room).max_by_key(|message| message.seq);
        Ok(rooms.iter().filter_map(newest).cloned().collect())
    }

    async fn search(&self, user_id: UserId, page: &SearchPage) -> Result<Vec<Message>, PortError> {
        let state = self.db.lock();
        let newest_first = state.messages.values().rev();
        Ok(newest_first
            .filter(|message| state.is_member(message.room_id, user_id))
            .filter(|message| page.room_id.is_none_or(|room| room == message.room_id))
            .filter(|message| page.before.is_none_or(|before| message.id < before))
            .filter(|message| is_admitted(message, user_id, &page.filter))
            .filter(|message| page.query.as_ref().is_none_or(|query| holds(message, query.folded())))
            .take(page.limit as usize)
            .cloned()
            .collect())
    }
}

fn is_admitted(message: &Message, searcher: UserId, filter: &SearchFilter) -> bool {
    let content = &message.content;
    matches!(content, Content::Text(_) | Content::Media(_))
        && filter.author.is_none_or(|author| message.author == Some(author))
        && filter.since.is_none_or(|since| message.created_at >= since)
        && filter.until.is_none_or(|until| message.created_at < until)
        && filter.has.is_none_or(|has| has.is_in(content))
        && (!filter.mentions_searcher || message.mentioned().any(|user| user == searcher))
}

fn holds(message: &Message, query: &str) -> bool {
    match &message.content {
        Content::Text(text) => search_key(&text.text).contains(query),
        Content::Media(media) => {
            let caption = media.text.as_deref().unwrap_or_default();
            search_key(&media.name).contains(query) || search_key(caption).contains(query)
        }
        Content::Notice(_) | Content::Recalled { .. } => false,
    }
}
