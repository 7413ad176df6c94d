//! Reading: history, read marks, search and typing.

use std::collections::HashSet;
use std::sync::Arc;

use domain::member::Member;
use domain::message::{Anchor, Content, MessageDetail};
use domain::search::{QUERY_MAX, SearchHit, SearchPage, SearchQuery};
use domain::{Event, Invalid, RoomId};

use super::Messages;
use crate::{Actor, Error, Result};

impl Messages {
    pub(super) async fn membership(&self, actor: &Actor, room_id: RoomId) -> Result<Member> {
        self.rooms.member(room_id, actor.user_id).await?.ok_or(Error::NotFound)
    }

    pub(super) async fn read_history(
        &self,
        actor: &Actor,
        room_id: RoomId,
        anchor: Anchor,
        limit: u32,
    ) -> Result<Vec<Arc<MessageDetail>>> {
        self.membership(actor, room_id).await?;
        let messages = self.messages.history(room_id, anchor, limit).await?;
        let messages = self.details.complete(messages).await?;
        // What came after somebody's removal may be among them.
        self.membership(actor, room_id).await?;
        Ok(messages)
    }

    pub(super) async fn move_read_mark(&self, actor: &Actor, room_id: RoomId, seq: i64) -> Result<i64> {
        if seq < 0 {
            return Err(Invalid::new("seq", "must not be negative").into());
        }
        // Each mark is told to the whole room.
        self.broker.caught_up().await;
        let marked = self.rooms.mark_read(room_id, actor.user_id, seq).await?;
        let (read_seq, moved) = marked.ok_or(Error::NotFound)?;
        if moved {
            self.broker.publish(Event::Read {
                room_id,
                user_id: actor.user_id,
                read_seq,
            });
        }
        Ok(read_seq)
    }

    pub(super) async fn search_messages(&self, actor: &Actor, page: SearchPage) -> Result<Vec<SearchHit>> {
        if page.asks_nothing() {
            let problem = format!("must have 1 to {QUERY_MAX} characters where neither a room nor a filter is given");
            return Err(Invalid::new("q", problem).into());
        }
        if let Some(room_id) = page.room_id {
            self.membership(actor, room_id).await?;
        }
        let messages = self.messages.search(actor.user_id, &page).await?;
        if messages.is_empty() {
            return Ok(Vec::new());
        }
        let details = self.details.complete(messages).await?;
        // Words that came after somebody's removal may be among them, as in a page of history.
        let own = self.rooms.ids_of_each(&[actor.user_id]).await?;
        let own: HashSet<RoomId> = own.into_iter().map(|(_, room_id)| room_id).collect();
        Ok(details
            .into_iter()
            .filter(|detail| own.contains(&detail.message.room_id))
            .map(|detail| hit(page.query.as_ref(), detail))
            .collect())
    }

    pub(super) async fn tell_typing(&self, actor: &Actor, room_id: RoomId, on: bool) -> Result<()> {
        self.membership(actor, room_id).await?;
        self.broker.publish(Event::Typing {
            room_id,
            user_id: actor.user_id,
            on,
        });
        Ok(())
    }
}

fn hit(query: Option<&SearchQuery>, detail: Arc<MessageDetail>) -> SearchHit {
    let text = match &detail.message.content {
        Content::Text(text) => Some(text.text.as_str()),
        Content::Media(media) => media.text.as_deref(),
        Content::Notice(_) | Content::Recalled { .. } => None,
    };
    let spans = query.zip(text).map(|(query, text)| query.spans(text));
    let spans = spans.unwrap_or_default();
    SearchHit { detail, spans }
}
