//! Messages, as they are read.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::message::{Anchor, ClientMsgId, Emoji, Message, Reaction};
use domain::port::MessageRepository;
use domain::search::SearchPage;
use domain::{MessageId, PortError, RoomId, Timestamp, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use shaku::Component;

use crate::entity::{bad_row, message, reaction};
use crate::error::RepositoryError;
use crate::sql::{ids, marks, statement};
use crate::{Database, payload, search};

/// Messages in the database.
#[derive(Component)]
#[shaku(interface = MessageRepository)]
pub struct SqlMessageRepository {
    /// The database.
    db: Database,
}

#[async_trait]
impl MessageRepository for SqlMessageRepository {
    async fn get_many(&self, ids: &[MessageId]) -> Result<Vec<Message>, PortError> {
        Ok(load(self.db.reader(), ids.iter().map(|id| id.0)).await?)
    }

    async fn sent_as(&self, author: UserId, id: &ClientMsgId) -> Result<Option<Message>, PortError> {
        let query = message::Entity::find()
            .filter(message::Column::UserId.eq(author.0))
            .filter(message::Column::ClientMsgId.eq(id.as_str().as_bytes().to_vec()));
        Ok(read(self.db.reader(), query).await?.pop())
    }

    async fn history(&self, room_id: RoomId, anchor: Anchor, limit: u32) -> Result<Vec<Message>, PortError> {
        Ok(self.page(room_id, anchor, u64::from(limit)).await?)
    }

    async fn changed_since(&self, room_id: RoomId, rev: i64, limit: u32) -> Result<Vec<Message>, PortError> {
        let query = message::Entity::find()
            .filter(message::Column::RoomId.eq(room_id.0))
            .filter(message::Column::Rev.gt(rev))
            .order_by_asc(message::Column::Rev)
            .limit(u64::from(limit));
        Ok(read(self.db.reader(), query).await?)
    }

    async fn newest_of(&self, rooms: &[RoomId]) -> Result<Vec<Message>, PortError> {
        Ok(self.newest(rooms).await?)
    }

    async fn search(&self, user_id: UserId, page: &SearchPage) -> Result<Vec<Message>, PortError> {
        let found = search::find(&self.db, user_id, page).await?;
        let mut messages = load(self.db.reader(), found).await?;
        // One may have been recalled since it was found.
        messages.retain(|message| !message.is_recalled());
        messages.sort_unstable_by_key(|message| std::cmp::Reverse(message.id));
        Ok(messages)
    }
}

impl SqlMessageRepository {
    async fn page(&self, room_id: RoomId, anchor: Anchor, limit: u64) -> Result<Vec<Message>, RepositoryError> {
        let query = message::Entity::find().filter(message::Column::RoomId.eq(room_id.0));
        let below = |seq: i64| query.clone().filter(message::Column::Seq.lt(seq));
        let mut rows = match anchor {
            Anchor::Newest => self.backwards(query, limit).await?,
            Anchor::Before(seq) => self.backwards(below(seq), limit).await?,
            Anchor::After(seq) => {
                let above = query.filter(message::Column::Seq.gt(seq));
                self.forwards(above, limit).await?
            }
            Anchor::Around(seq) => {
                let half = limit / 2;
                let mut rows = self.backwards(below(seq), half).await?;
                let from = query.filter(message::Column::Seq.gte(seq));
                rows.extend(self.forwards(from, limit - half).await?);
                rows
            }
        };
        rows.sort_unstable_by_key(|row| row.seq);
        to_messages(self.db.reader(), rows).await
    }

    async fn backwards(
        &self,
        query: Select<message::Entity>,
        limit: u64,
    ) -> Result<Vec<message::Model>, RepositoryError> {
        let query = query.order_by_desc(message::Column::Seq).limit(limit);
        Ok(query.all(self.db.reader()).await?)
    }

    async fn forwards(
        &self,
        query: Select<message::Entity>,
        limit: u64,
    ) -> Result<Vec<message::Model>, RepositoryError> {
        let query = query.order_by_asc(message::Column::Seq).limit(limit);
        Ok(query.all(self.db.reader()).await?)
    }

    async fn newest(&self, rooms: &[RoomId]) -> Result<Vec<Message>, RepositoryError> {
        if rooms.is_empty() {
            return Ok(Vec::new());
        }
        let newest = statement(
            self.db.backend(),
            format!(
                "SELECT m.* FROM rooms r JOIN messages m ON m.room_id = r.id AND m.seq = r.last_seq \
                 WHERE r.id IN ({})",
                marks(rooms.len())
            ),
            ids(rooms.iter().map(|room| room.0)),
        );
        let rows = message::Entity::find()
            .from_raw_sql(newest)
            .all(self.db.reader())
            .await?;
        to_messages(self.db.reader(), rows).await
    }
}

/// The messages of those ids that exist.
pub(crate) async fn load<C: ConnectionTrait>(
    connection: &C,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<Message>, RepositoryError> {
    let ids: Vec<i64> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    read(
        connection,
        message::Entity::find().filter(message::Column::Id.is_in(ids)),
    )
    .await
}

async fn read<C: ConnectionTrait>(
    connection: &C,
    query: Select<message::Entity>,
) -> Result<Vec<Message>, RepositoryError> {
    let rows = query.all(connection).await?;
    to_messages(connection, rows).await
}

/// Makes messages of rows, in their order, with one more query when any has reactions.
pub(crate) async fn to_messages<C: ConnectionTrait>(
    connection: &C,
    rows: Vec<message::Model>,
) -> Result<Vec<Message>, RepositoryError> {
    let reacted: Vec<i64> = rows
        .iter()
        .filter(|row| row.reaction_count > 0)
        .map(|row| row.id)
        .collect();
    let mut reactions = reactions_of(connection, reacted).await?;
    rows.into_iter()
        .map(|row| {
            let reactions = reactions.remove(&row.id).unwrap_or_default();
            to_message(row, reactions)
        })
        .collect()
}

async fn reactions_of<C: ConnectionTrait>(
    connection: &C,
    messages: Vec<i64>,
) -> Result<HashMap<i64, Vec<Reaction>>, RepositoryError> {
    let mut found: HashMap<i64, Vec<Reaction>> = HashMap::new();
    if messages.is_empty() {
        return Ok(found);
    }
    let rows = reaction::Entity::find()
        .filter(reaction::Column::MessageId.is_in(messages))
        .order_by_asc(reaction::Column::Id)
        .all(connection)
        .await?;
    for row in rows {
        let reactions = found.entry(row.message_id).or_default();
        let user = UserId(row.user_id);
        match reactions.iter_mut().find(|one| one.emoji.as_str() == row.emoji) {
            Some(reaction) => reaction.users.push(user),
            None => reactions.push(Reaction {
                emoji: Emoji::from_stored(row.emoji),
                users: vec![user],
            }),
        }
    }
    Ok(found)
}

fn to_message(mut row: message::Model, reactions: Vec<Reaction>) -> Result<Message, RepositoryError> {
    let content = payload::content(&mut row)?;
    let client_msg_id = row
        .client_msg_id
        .map(String::from_utf8)
        .transpose()
        .map_err(|error| bad_row("messages", "client_msg_id", row.id, error))?;
    Ok(Message {
        id: MessageId(row.id),
        room_id: RoomId(row.room_id),
        seq: row.seq,
        rev: row.rev,
        author: row.user_id.map(UserId),
        client_msg_id: client_msg_id.map(ClientMsgId::from_stored),
        content,
        reply_id: row.reply_id.map(MessageId),
        is_edited: row.is_edited,
        reactions,
        created_at: Timestamp(row.created_at),
        updated_at: Timestamp(row.updated_at),
    })
}
