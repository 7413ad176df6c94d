//! Messages with everything a reader needs: authors and answered messages.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::MessageId;
use domain::message::{Message, MessageDetail, Person};
use domain::port::MessageRepository;
use shaku::{Component, Interface};

use crate::Result;
use crate::people::People;

/// Completes messages.
#[async_trait]
pub trait MessageDetails: Interface {
    /// Adds authors and answered messages, in the same order. One query for all answered
    /// messages, at most two for people.
    async fn complete(&self, messages: Vec<Message>) -> Result<Vec<MessageDetail>>;
}

/// Completes messages from the repository and the directory.
#[derive(Component)]
#[shaku(interface = MessageDetails)]
pub struct Details {
    #[shaku(inject)]
    messages: Arc<dyn MessageRepository>,
    #[shaku(inject)]
    people: Arc<dyn People>,
}

#[async_trait]
impl MessageDetails for Details {
    async fn complete(&self, messages: Vec<Message>) -> Result<Vec<MessageDetail>> {
        let mut reply_ids: Vec<MessageId> = messages.iter().filter_map(|message| message.reply_id).collect();
        reply_ids.sort_unstable();
        reply_ids.dedup();
        let replies = if reply_ids.is_empty() {
            Vec::new()
        } else {
            self.messages.get_many(&reply_ids).await?
        };

        let mut authors: Vec<_> = messages
            .iter()
            .chain(&replies)
            .filter_map(|message| message.author)
            .collect();
        authors.sort_unstable();
        authors.dedup();
        let people = self.people.by_id(&authors).await?;

        let author = |message: &Message| message.author.and_then(|id| people.get(&id).cloned());
        let replies: HashMap<MessageId, (Message, Option<Person>)> = replies
            .into_iter()
            .map(|reply| (reply.id, (author(&reply), reply)))
            .map(|(id, (a, m))| (id, (m, a)))
            .collect();
        Ok(messages
            .into_iter()
            .map(|message| {
                let reply = message.reply_id.and_then(|id| replies.get(&id)).map(|(reply, author)| {
                    Box::new(MessageDetail {
                        message: reply.clone(),
                        author: author.clone(),
                        reply: None,
                    })
                });
                MessageDetail {
                    author: author(&message),
                    message,
                    reply,
                }
            })
            .collect())
    }
}
