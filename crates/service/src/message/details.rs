//! Messages with everything a reader needs: authors and answered messages.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::message::{Message, MessageDetail};
use domain::port::MessageRepository;
use domain::user::Person;
use domain::{MessageId, UserId};
use shaku::{Component, Interface};

use crate::Result;
use crate::people::People;

/// What messages are completed with.
#[derive(Debug, Default)]
pub struct Surroundings {
    people: HashMap<UserId, Person>,
    replies: HashMap<MessageId, Arc<MessageDetail>>,
}

impl Surroundings {
    /// The message with what is known of its author and of the message that it answers.
    #[must_use]
    pub fn complete(&self, message: Message) -> Arc<MessageDetail> {
        let reply = message.reply_id.and_then(|id| self.replies.get(&id).cloned());
        self.with_author(message, reply)
    }

    fn with_author(&self, message: Message, reply: Option<Arc<MessageDetail>>) -> Arc<MessageDetail> {
        let author = message.author.and_then(|id| self.people.get(&id).cloned());
        Arc::new(MessageDetail::new(message, author, reply))
    }
}

/// Completes messages.
#[async_trait]
pub trait MessageDetails: Interface {
    /// Authors and answered messages. One query for all answered messages, at most two for people.
    async fn surroundings(&self, messages: &[&Message]) -> Result<Surroundings>;

    /// Adds authors and answered messages, in the same order.
    async fn complete(&self, messages: Vec<Message>) -> Result<Vec<Arc<MessageDetail>>> {
        let refs: Vec<&Message> = messages.iter().collect();
        let surroundings = self.surroundings(&refs).await?;
        let complete = |message| surroundings.complete(message);
        Ok(messages.into_iter().map(complete).collect())
    }
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
    async fn surroundings(&self, messages: &[&Message]) -> Result<Surroundings> {
        let mut reply_ids: Vec<MessageId> = messages.iter().filter_map(|message| message.reply_id).collect();
        reply_ids.sort_unstable();
        reply_ids.dedup();
        let replies = if reply_ids.is_empty() {
            Vec::new()
        } else {
            self.messages.get_many(&reply_ids).await?
        };

        let all = messages.iter().copied().chain(&replies);
        let mut authors: Vec<UserId> = all.filter_map(|message| message.author).collect();
        authors.sort_unstable();
        authors.dedup();
        let mut surroundings = Surroundings {
            people: self.people.by_id(&authors).await?,
            replies: HashMap::new(),
        };
        let replies = replies
            .into_iter()
            .map(|reply| (reply.id, surroundings.with_author(reply, None)));
        surroundings.replies = replies.collect();
        Ok(surroundings)
    }
}
