//! Use cases that answer from memory, and keep what they were asked.
//!
//! `alice`, `bob` and so on are tokens; everybody is in the lobby, room 1.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use broker::InProcessBroker;
use domain::message::{Anchor, ClientMsgId, MessageDetail};
use domain::port::Broker;
use domain::room::RoomHead;
use domain::user::Permission;
use domain::{Event, MessageId, RoomId, SessionId, Timestamp, UserId};
use service::message::{Outgoing, SendMessage};
use service::{Actor, Error, Result};
use tokio::sync::{Notify, Semaphore};

use crate::builders::text;

pub(crate) const LOBBY: RoomId = RoomId(1);

/// What the use cases share, and what tests look at.
pub(crate) struct World {
    pub(crate) broker: InProcessBroker,
    /// What was asked, in the order in which it began.
    asked: Mutex<Vec<String>>,
    news: Notify,
    last_seq: AtomicI64,
    /// One permit for each text with `slow` in it that may be answered.
    pub(crate) slow: Semaphore,
    /// Bytes of text in each message of history.
    pub(crate) history_text: AtomicI64,
}

impl World {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            broker: InProcessBroker::new(),
            asked: Mutex::default(),
            news: Notify::new(),
            last_seq: AtomicI64::new(0),
            slow: Semaphore::new(0),
            history_text: AtomicI64::new(2),
        })
    }

    pub(crate) fn note(&self, what: impl Into<String>) {
        self.asked.lock().unwrap().push(what.into());
        self.news.notify_waiters();
    }

    /// How often something was asked.
    pub(crate) fn count(&self, what: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|asked| asked.as_str() == what).count()
    }

    /// What was asked and starts so, in its order.
    pub(crate) fn asked(&self, prefix: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .filter(|asked| asked.starts_with(prefix))
            .cloned()
            .collect()
    }

    /// Waits until something was asked so often.
    pub(crate) async fn wait_for(&self, what: &str, count: usize) {
        loop {
            let news = self.news.notified();
            if self.count(what) >= count {
                return;
            }
            news.await;
        }
    }

    /// `alice` is a token; `alice/12` one of her session 12, `alice/12/50` one that ends in 50 ms.
    pub(crate) fn authenticate(&self, token: &str) -> Result<Actor> {
        let mut parts = token.split('/');
        let user_id = match parts.next() {
            Some("alice") => UserId(1),
            Some("bob") => UserId(2),
            Some("carol") => UserId(3),
            _ => return Err(Error::Unauthorized),
        };
        let number = |text: Option<&str>, default| text.map_or(default, |text| text.parse().unwrap());
        let session_id = SessionId(number(parts.next(), user_id.0 * 10));
        let ttl = number(parts.next(), 60 * 60 * 1000);
        Ok(Actor {
            user_id,
            session_id,
            permission: Permission::User,
            expires_at: now().plus(Duration::from_millis(ttl.unsigned_abs())),
        })
    }

    pub(crate) async fn send(&self, actor: &Actor, message: SendMessage) -> Result<Arc<MessageDetail>> {
        let Outgoing::Text { text, .. } = message.body else {
            return Err(Error::NotFound);
        };
        self.note(format!("send {} {text}", message.room_id));
        match text.as_str() {
            "panic" => panic!("as the test wishes"),
            "fail" => return Err(Error::internal("as the test wishes")),
            "forbidden" => return Err(Error::Forbidden("as the test wishes")),
            text if text.contains("slow") => self.slow.acquire().await.unwrap().forget(),
            _ => {}
        }
        let seq = self.last_seq.fetch_add(1, Ordering::Relaxed) + 1;
        let detail = message_of(actor.user_id, message.room_id, seq, &text, message.client_msg_id);
        self.broker.publish(Event::MessageStored(Arc::clone(&detail)));
        Ok(detail)
    }

    pub(crate) fn history(&self, room: RoomId, anchor: Anchor, limit: u32) -> Vec<Arc<MessageDetail>> {
        let text = "x".repeat(usize::try_from(self.history_text.load(Ordering::Relaxed)).unwrap());
        let limit = i64::from(limit);
        let seqs = match anchor {
            Anchor::Newest => 1001 - limit..=1000,
            Anchor::Before(seq) => seq - limit..=seq - 1,
            Anchor::After(seq) => seq + 1..=seq + limit,
            Anchor::Around(seq) => seq - limit / 2..=seq + limit / 2,
        };
        seqs.map(|seq| message_of(UserId(1), room, seq, &text, None)).collect()
    }
}

pub(crate) fn now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(now.as_millis()).unwrap())
}

pub(crate) fn head(id: RoomId) -> RoomHead {
    RoomHead {
        id,
        last_seq: 7,
        last_rev: 9,
        read_seq: 5,
        unread_count: 2,
        unread_mentions: 0,
    }
}

fn message_of(author: UserId, room_id: RoomId, seq: i64, words: &str, client_id: Option<String>) -> Arc<MessageDetail> {
    let mut detail = text(room_id, author, words);
    detail.message.id = MessageId(seq);
    detail.message.seq = seq;
    detail.message.rev = seq;
    detail.message.client_msg_id = client_id.map(ClientMsgId::from_stored);
    Arc::new(detail)
}
