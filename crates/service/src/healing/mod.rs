//! Healing: what the people connected to this node should have heard and did not is read from the
//! database and told to them, so that they need not ask.
//!
//! Messages are read before memberships and told after them: whoever was removed by the time of a
//! message does not hear it.

mod memberships;
mod sessions;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::message::{Content, MessageDetail, NoticeKind};
use domain::port::{Audience, Doubt, MessageRepository, NewsRepository, NodeFeed};
use domain::{Event, RoomId};
use futures_util::future::join_all;
use tokio::time::timeout;

use crate::Result;
use crate::message::MessageDetails;
use crate::people::People;
use memberships::Memberships;
pub use sessions::Patrol;

/// Changes of one room that are read at once.
const PAGE: u32 = 200;
/// Rooms that are read side by side.
const ROOMS_AT_ONCE: usize = 8;
/// Between two looks at which rooms must be followed.
const KEEP_EVERY: Duration = Duration::from_secs(30);
/// A look that takes longer is given up: what it has told stays told, and the next one goes on.
const LOOK_MAX: Duration = Duration::from_secs(30);

/// Everything that healing needs.
pub struct Healing {
    /// What this node has told.
    pub feed: Arc<dyn NodeFeed>,
    /// Who is connected to this node.
    pub audience: Arc<dyn Audience>,
    /// What the database knows of news.
    pub news: Arc<dyn NewsRepository>,
    /// What the rooms hold.
    pub messages: Arc<dyn MessageRepository>,
    /// Completes messages.
    pub details: Arc<dyn MessageDetails>,
    /// The directory.
    pub people: Arc<dyn People>,
}

/// Heals this node.
pub struct Healer {
    parts: Healing,
    memberships: Memberships,
    rooms_kept: Instant,
}

impl Healer {
    /// A healer of a node to which nobody is connected yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn new(parts: Healing) -> Result<Self> {
        let newest = parts.news.newest_membership().await?;
        Ok(Self {
            parts,
            memberships: Memberships::after(newest, Instant::now()),
            rooms_kept: Instant::now(),
        })
    }

    /// Looks whenever there is a reason, as long as the process lives.
    pub async fn run(mut self) {
        loop {
            let doubt = self.parts.feed.doubt().await;
            match timeout(LOOK_MAX, self.look(doubt)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::warn!(%error, "could not look for what this node has missed; trying again soon");
                }
                Err(_) => tracing::warn!("looking for what this node has missed takes too long; beginning anew"),
            }
        }
    }

    /// Looks once. What cannot be read keeps nothing else from being told.
    ///
    /// # Errors
    /// The first one, when the database does not answer; what was not told is found the next time.
    pub async fn look(&mut self, doubt: Doubt) -> Result<()> {
        let followed = self.parts.feed.followed();
        match doubt {
            Doubt::Rooms(rooms) => {
                let rooms: HashSet<RoomId> = rooms.into_iter().collect();
                let behind = followed.into_iter().filter(|(room, _)| rooms.contains(room));
                return self.heal(behind.collect()).await;
            }
            Doubt::Memberships => return self.memberships.tell(&self.parts).await,
            Doubt::Anything => self.parts.people.forget_all(),
            Doubt::Routine => {}
        }
        let messages = self.heal_moved(followed).await;
        let memberships = self.memberships.tell(&self.parts).await;
        let rooms = self.keep_rooms().await;
        messages.and(memberships).and(rooms)
    }

    async fn heal_moved(&mut self, followed: Vec<(RoomId, i64)>) -> Result<()> {
        let moved: HashSet<RoomId> = self.parts.news.moved(&followed).await?.into_iter().collect();
        let behind = followed.into_iter().filter(|(room, _)| moved.contains(room));
        self.heal(behind.collect()).await
    }

    async fn heal(&mut self, mut behind: Vec<(RoomId, i64)>) -> Result<()> {
        while !behind.is_empty() {
            let mut unfinished = Vec::new();
            for rooms in behind.chunks(ROOMS_AT_ONCE) {
                self.parts.feed.caught_up().await;
                let parts = &self.parts;
                let pages = join_all(rooms.iter().map(|(room, rev)| read(parts, *room, *rev))).await;
                self.memberships.tell(&self.parts).await?;
                for ((room, _), page) in rooms.iter().zip(pages) {
                    match page {
                        Ok(page) => unfinished.extend(self.tell(*room, page)),
                        Err(error) => {
                            tracing::warn!(%room, %error, "could not read what this node has missed of a room");
                        }
                    }
                }
            }
            behind = unfinished;
        }
        Ok(())
    }

    /// Tells a page of a room; where to read on if there may be more.
    fn tell(&self, room_id: RoomId, page: Vec<Arc<MessageDetail>>) -> Option<(RoomId, i64)> {
        let last = page.last()?.message.rev;
        let is_full = page.len() >= PAGE as usize;
        let has_changed = page.iter().any(|detail| changes_room(&detail.message.content));
        self.parts.feed.heal(room_id, page);
        if has_changed {
            self.parts.feed.tell(Event::RoomChanged { room_id });
        }
        is_full.then_some((room_id, last))
    }

    /// Follows the rooms of those who are connected, and no others for ever.
    async fn keep_rooms(&mut self) -> Result<()> {
        if self.rooms_kept.elapsed() < KEEP_EVERY {
            return Ok(());
        }
        let rooms = self.parts.audience.rooms();
        let followed: HashSet<RoomId> = self.parts.feed.followed().into_iter().map(|(room, _)| room).collect();
        let new: Vec<RoomId> = rooms.difference(&followed).copied().collect();
        let positions = self.parts.news.positions(&new).await?;
        self.parts.feed.follow(&positions);
        self.parts.feed.keep(&rooms);
        self.rooms_kept = Instant::now();
        Ok(())
    }
}

async fn read(parts: &Healing, room_id: RoomId, rev: i64) -> Result<Vec<Arc<MessageDetail>>> {
    let messages = parts.messages.changed_since(room_id, rev, PAGE).await?;
    parts.details.complete(messages).await
}

/// Whether a message tells of a change of its room that has an event of its own.
fn changes_room(content: &Content) -> bool {
    let Content::Notice(notice) = content else {
        return false;
    };
    matches!(
        notice.kind,
        NoticeKind::AdminNamed | NoticeKind::HandedOver | NoticeKind::RoomRenamed
    )
}
