//! Pushes that need the database: a room as each member sees it, and who shares a room with
//! somebody who is not connected here.
//!
//! Events only note what is wanted; one task reads and tells. Wishes for the same room that come
//! while it is busy become one, and of the words on one person the newest is told: what waits is
//! bounded by how many rooms and people there are.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{RoomId, UserId};
use service::room::RoomService;
use tokio::sync::Notify;
use wire::Room;

use super::{Hub, Whom};
use crate::encode::{self, Push};

/// People for whom a room is read at once.
const VIEWS_AT_ONCE: usize = 200;
/// People whose rooms are read at once.
const SHARERS_AT_ONCE: usize = 200;

/// Who is to be told of a room.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Viewers {
    /// Every member.
    Everyone,
    /// These members.
    Only(HashSet<UserId>),
}

/// What is wanted.
#[derive(Default)]
pub(super) struct Lookups {
    wanted: Mutex<Wanted>,
    news: Notify,
}

#[derive(Default)]
struct Wanted {
    rooms: HashMap<RoomId, Viewers>,
    sharers: HashMap<(UserId, Word), Push>,
}

/// What is told of a person: a newer word takes the place of an older one of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Word {
    Presence,
    Profile,
}

impl Lookups {
    /// Wants a room to be told as each of its viewers sees it.
    pub(super) fn want_room(&self, room: RoomId, viewers: Viewers) {
        let mut wanted = self.wanted();
        let known = wanted
            .rooms
            .entry(room)
            .or_insert_with(|| Viewers::Only(HashSet::new()));
        match (known, viewers) {
            (Viewers::Only(known), Viewers::Only(more)) => known.extend(more),
            (known, Viewers::Everyone) => *known = Viewers::Everyone,
            (Viewers::Everyone, _) => {}
        }
        drop(wanted);
        self.news.notify_one();
    }

    /// Wants a push to reach those who share a room with a person.
    pub(super) fn want_sharers(&self, user: UserId, word: Word, push: Push) {
        self.wanted().sharers.insert((user, word), push);
        self.news.notify_one();
    }

    fn take(&self) -> Wanted {
        std::mem::take(&mut *self.wanted())
    }

    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what is wanted, as long as the hub lives.
pub(crate) async fn look_up_for_ever(hub: Arc<Hub>, rooms: Arc<dyn RoomService>) {
    loop {
        hub.lookups.news.notified().await;
        let wanted = hub.lookups.take();
        for (room, viewers) in wanted.rooms {
            hub.tell_views(&*rooms, room, &viewers).await;
        }
        let sharers: Vec<(UserId, Push)> = wanted
            .sharers
            .into_iter()
            .map(|((user, _), push)| (user, push))
            .collect();
        for sharers in sharers.chunks(SHARERS_AT_ONCE) {
            hub.tell_sharers_by_database(&*rooms, sharers).await;
        }
    }
}

impl Hub {
    async fn tell_views(&self, rooms: &dyn RoomService, room: RoomId, viewers: &Viewers) {
        let users: Vec<UserId> = match viewers {
            Viewers::Everyone => self.index().online_in(room).collect(),
            Viewers::Only(users) => {
                let index = self.index();
                users
                    .iter()
                    .copied()
                    .filter(|user| index.is_online_in(room, *user))
                    .collect()
            }
        };
        for users in users.chunks(VIEWS_AT_ONCE) {
            self.shards.caught_up().await;
            let views = match rooms.as_seen_by(room, users).await {
                Ok(views) => views,
                Err(error) => {
                    tracing::warn!(room_id = %room, %error, "could not read a room for its members");
                    return;
                }
            };
            for (user, detail) in views {
                let push = encode::push("onRoom", &Room::for_reader(&detail, user));
                let index = self.index();
                // Who was removed meanwhile hears nothing more of the room.
                if index.is_online_in(room, user) {
                    self.tell_user(&index, user, push);
                }
            }
        }
    }

    async fn tell_sharers_by_database(&self, rooms: &dyn RoomService, pushes: &[(UserId, Push)]) {
        self.shards.caught_up().await;
        let users: HashSet<UserId> = pushes.iter().map(|(user, _)| *user).collect();
        let users: Vec<UserId> = users.into_iter().collect();
        let memberships = match rooms.ids_of_each(&users).await {
            Ok(memberships) => memberships,
            Err(error) => {
                tracing::warn!(%error, "could not read who shares a room");
                return;
            }
        };
        let index = self.index();
        let mut rooms: HashMap<UserId, Vec<RoomId>> = HashMap::new();
        for (user, room) in memberships {
            if index.online_in(room).next().is_some() {
                rooms.entry(user).or_default().push(room);
            }
        }
        let rooms: HashMap<UserId, Arc<[RoomId]>> =
            rooms.into_iter().map(|(user, rooms)| (user, rooms.into())).collect();
        for (user, push) in pushes {
            if let Some(rooms) = rooms.get(user) {
                self.tell(&index, Whom::Sharers(Arc::clone(rooms), *user), Some(push.clone()));
            }
        }
    }
}
