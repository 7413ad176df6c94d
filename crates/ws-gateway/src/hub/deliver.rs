//! From an event to those who hear of it, and to nobody else.

use std::sync::Arc;

use domain::user::Person;
use domain::{Event, RemovalReason, RoomId, UserId};
use wire::push::{OnRead, OnRoomRemoved, OnTyping};
use wire::{User, time};

use super::lookups::{Viewers, Word};
use super::shard::{Command, Whom};
use super::{Hub, Index};
use crate::encode::{self, Push};
use crate::ending::Ending;

impl Hub {
    pub(super) fn deliver(&self, event: &Event) {
        match event {
            Event::MessageStored(detail) => self.deliver_message("onMessage", detail),
            Event::MessageChanged(detail) => self.deliver_message("onMessageUpdated", detail),
            Event::Read {
                room_id,
                user_id,
                read_seq,
            } => {
                let body = OnRead {
                    room_id: room_id.0,
                    user_id: user_id.0,
                    read_seq: *read_seq,
                };
                self.tell(&self.index(), Whom::Members(*room_id), encode::push("onRead", &body));
            }
            Event::Typing { room_id, user_id, on } => {
                let body = OnTyping {
                    room_id: room_id.0,
                    user_id: user_id.0,
                    on: *on,
                };
                let push = encode::droppable_push("onTyping", &body);
                self.tell(&self.index(), Whom::OtherMembers(*room_id, *user_id), push);
            }
            Event::Presence {
                user_id,
                online,
                last_seen_at,
            } => {
                let body = wire::user::Presence {
                    user_id: user_id.0,
                    online: *online,
                    last_seen_at: last_seen_at.map(time::text),
                };
                let push = encode::droppable_push("onPresence", &body);
                self.tell_sharers(*user_id, Word::Presence, push);
            }
            Event::MembersAdded { room_id, people, .. } => self.deliver_members_added(*room_id, people),
            Event::MemberRemoved {
                room_id,
                user_id,
                reason,
                ..
            } => {
                let mut index = self.index();
                index.remove_member(*room_id, *user_id);
                self.command(&index, *user_id, || Command::Leave(*user_id, *room_id));
                self.tell_user(&index, *user_id, room_removed(*room_id, *reason));
            }
            Event::RoomChanged { room_id } => self.lookups.want_room(*room_id, Viewers::Everyone),
            Event::RoomDeleted { room_id } => {
                let mut index = self.index();
                let members = index.remove_room(*room_id);
                self.shards.send_to_all(|| Command::RemoveRoom(*room_id));
                let push = room_removed(*room_id, RemovalReason::Deleted);
                self.tell(&index, Whom::People(members.into()), push);
            }
            Event::UserChanged(person) => {
                let push = encode::push("onUser", &User::from(person));
                self.tell_user(&self.index(), person.user.id, push.clone());
                self.tell_sharers(person.user.id, Word::Profile, push);
            }
            Event::FriendAdded { a, b } => self.tell_each_about_the_other("onFriend", a, b),
            Event::FriendRemoved { a, b } => self.tell_each_about_the_other("onFriendRemoved", a, b),
            Event::PreferencesChanged { user_id, preferences } => {
                let index = self.index();
                for preference in preferences {
                    let body = wire::preference::Preference::from(preference);
                    self.tell_user(&index, *user_id, encode::push("onPreference", &body));
                }
            }
            Event::SessionsRevoked {
                user_id,
                sessions,
                reason,
            } => self.end_sessions(*user_id, sessions, Ending::from(*reason)),
        }
    }

    fn deliver_members_added(&self, room: RoomId, people: &[Person]) {
        let mut index = self.index();
        let is_new = |user: &UserId| people.iter().any(|person| person.user.id == *user);
        let members_so_far: Arc<[UserId]> = index.online_in(room).filter(|user| !is_new(user)).collect();
        for person in people {
            self.add_member(&mut index, room, person.user.id);
        }
        for person in people {
            let body = wire::push::OnNewUser {
                room_id: room.0,
                user: person.into(),
                content: format!("New user: {}", person.user.name.as_str()),
            };
            let push = encode::push("onNewUser", &body);
            self.tell(&index, Whom::People(Arc::clone(&members_so_far)), push);
        }
        let new: Vec<UserId> = people.iter().map(|person| person.user.id).collect();
        self.lookups.want_room(room, Viewers::Only(new.into_iter().collect()));
    }

    fn add_member(&self, index: &mut Index, room: RoomId, user: UserId) {
        if index.add_member(room, user) {
            let rooms: Arc<[RoomId]> = Arc::new([room]);
            self.command(index, user, || Command::Enter(user, Arc::clone(&rooms)));
        }
    }

    /// Tells those who share a room with a person.
    fn tell_sharers(&self, user: UserId, word: Word, push: Option<Push>) {
        let Some(push) = push else { return };
        let index = self.index();
        let rooms: Option<Arc<[RoomId]>> = index.rooms_of(user).map(Iterator::collect);
        match rooms {
            Some(rooms) => self.tell(&index, Whom::Sharers(rooms, user), Some(push)),
            None if index.is_empty() => {}
            None => self.lookups.want_sharers(user, word, push),
        }
    }

    fn tell_each_about_the_other(&self, route: &str, a: &Person, b: &Person) {
        let index = self.index();
        self.tell_user(&index, a.user.id, encode::push(route, &User::from(b)));
        self.tell_user(&index, b.user.id, encode::push(route, &User::from(a)));
    }
}

fn room_removed(room: RoomId, reason: RemovalReason) -> Option<Push> {
    let body = OnRoomRemoved {
        id: room.0,
        reason: reason.as_str(),
    };
    encode::push("onRoomRemoved", &body)
}
